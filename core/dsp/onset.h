// Onsets of notes and events: spectral flux with an adaptive threshold, after S. Dixon, "Onset Detection Revisited",
// DAFx 2006: the rise of every bin's magnitude between columns, added up, normalised, and picked where it is the largest
// around, lies above the mean around by a margin and above a decaying maximum. Departure: magnitudes are compressed,
// log(1 + c |X|), so that a quiet onset counts beside loud sound; and nothing is picked in what is nearly silence.
// Sound comes in pieces of any size, mono; memory is one number a column. An object belongs to one thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/dsp/stft.h"

namespace chladni::dsp {

struct OnsetOptions {
  double windowSeconds = 0.046;  // rounded up to a power of two of samples
  double hopSeconds = 0.010;
  double margin = 0.35;  // above the mean around, in standard deviations of the whole flux
  double decay = 0.84;   // of the maximum, per column; 0: none
};

class OnsetDetector {
 public:
  // Fails with invalidArgument on a rate or options that make no sense.
  static Result<OnsetDetector> create(SampleRate rate, const OnsetOptions& options = {});

  void push(std::span<const float> sound);
  // The onsets of everything that was pushed, in order. Ends the sound.
  [[nodiscard]] std::vector<MediaTime> finish();

 private:
  OnsetDetector(SampleRate rate, const OnsetOptions& options, Stft stft);
  void consume(std::int64_t totalSamples);

  SampleRate rate_;
  OnsetOptions options_;
  Stft stft_;
  std::vector<float> pending_;     // samples from pendingStart_
  std::int64_t pendingStart_ = 0;
  std::int64_t pushed_ = 0;
  std::vector<float> before_;      // compressed magnitudes of the column before
  std::vector<float> flux_;        // one a column
};

}  // namespace chladni::dsp
