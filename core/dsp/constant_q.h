// ConstantQ: a spectrum whose bins are equally far apart in pitch and equally sharp in pitch: bin k is at lowHz 2^(k / B) Hz,
// its Hann window is Q periods long, Q = 1 / (2^(1 / B) - 1), centred at sample c * hop of column c. Octave after octave is
// taken from the sound at half the rate, so that one short transform serves all of them. Power is 1 for a full-scale
// sine on a bin. Hops are rounded up to a multiple of 2^(octaves - 1); the sound is silent before its start and after
// its end. Immutable, any thread. create() fails with invalidArgument or outOfMemory, power() with outOfMemory.
// Sources: J. Brown, 1991; J. Brown and M. Puckette, 1992 (kernels in the frequency domain); C. Schoerkhuber and
// A. Klapuri, 2010 (octaves by halving the rate). Departure: Hann windows, and kernel coefficients down to 1e-4.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/matrix.h"
#include "core/dsp/stft.h"

namespace chladni::dsp {

struct ConstantQOptions {
  double lowHz = 32.703195662574829;  // C1, of equal temperament with A4 at 440 Hz
  double highHz = 18000.0;            // at most kHighestShare of the rate
  int binsPerOctave = 24;
  std::int64_t hopSamples = 512;
};

class ConstantQ {
 public:
  static constexpr double kHighestShare = 0.42;  // of the sample rate

  static Result<ConstantQ> create(const ConstantQOptions& options, SampleRate rate);

  [[nodiscard]] std::int64_t hopSamples() const { return hop_; }
  [[nodiscard]] std::int64_t bins() const { return static_cast<std::int64_t>(binHz_.size()); }
  [[nodiscard]] const std::vector<float>& binHz() const { return binHz_; }
  [[nodiscard]] std::int64_t columns(std::int64_t samples) const { return columnCount(samples, hop_); }
  // Samples that columns [first, last) look at, before clipping to the sound; may start below zero.
  [[nodiscard]] SampleRange reach(std::int64_t first, std::int64_t last) const;
  // Power [column, bin] of columns [first, last). `part` holds samples [partStart, partStart + size) of a sound of `total`
  // samples; what is missing from it counts as silence.
  [[nodiscard]] Result<Matrix> power(std::span<const float> part, std::int64_t partStart, std::int64_t total, std::int64_t first,
                                     std::int64_t last) const;

 private:
  struct Kernel {  // of one bin: what the spectrum is multiplied by, from index `first` on
    std::size_t first = 0;
    std::vector<float> real, imaginary;
  };
  ConstantQ() = default;
  Result<void> makeKernels(double topHz, double rate);
  // Samples that columns [first, last) need of the sound at rate / 2^octave.
  [[nodiscard]] std::vector<SampleRange> ranges(std::int64_t first, std::int64_t last) const;
  [[nodiscard]] std::vector<float> halved(std::span<const float> sound, const SampleRange& have, const SampleRange& want) const;

  std::int64_t hop_ = 0;
  std::int64_t fftSize_ = 0;
  int octaves_ = 0;
  int binsPerOctave_ = 0;
  std::vector<float> binHz_;
  std::vector<Kernel> kernels_;  // of the top octave; lower ones use them at lower rates
  std::vector<float> halfBand_;  // weights of the samples 1, 3, 5, ... away; the middle one has 1/2
};

}  // namespace chladni::dsp
