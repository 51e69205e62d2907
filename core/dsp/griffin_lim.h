// Griffin-Lim: a sound whose short-time spectrum has given magnitudes, when the phases are lost. The fast variant with
// momentum. Frame f covers samples [f * hop, f * hop + window); magnitudes are [frame, bin] of spectra of fftSize / 2 + 1
// bins. The result has (frames - 1) * hop + window samples and the same bits in every run. Pure function, any thread;
// fails with invalidArgument (shapes that do not fit), cancelled (between iterations), outOfMemory.
// References: D. Griffin and J. Lim, 1984; N. Perraudin, P. Balazs, P. Sondergaard, "A fast Griffin-Lim algorithm", 2013.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"

namespace chladni::dsp {

struct PhaseOptions {
  std::vector<float> window;  // of analysis; the same is used for synthesis
  std::int64_t hopSamples = 160;
  std::int64_t fftSize = 512;  // not below the window
  int iterations = 48;
  double momentum = 0.99;  // 0: the original algorithm
  std::uint64_t seed = 1;  // of the phases it starts from
};

struct PhasedSound {
  std::vector<float> samples;
  // || |spectrum of the result| - wanted || / || wanted ||: 0 is exact, and silence is 1.
  double convergence = 0.0;
};

Result<PhasedSound> griffinLim(const Matrix& magnitudes, const PhaseOptions& options, std::stop_token stop = {});

}  // namespace chladni::dsp
