// Resampler: planar float from one rate to another with a long windowed-sinc filter (libswresample's, about 100 dB).
// Output sample m lies exactly at m / outRate, input sample n at n / inRate. Private to core/media. Not thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/media/audio_source.h"

namespace chladni::media {

class Resampler {
 public:
  static Result<Resampler> create(int inHz, int outHz, int channels);

  // Output samples that lie within `inputSamples` of input.
  [[nodiscard]] std::int64_t outputLength(std::int64_t inputSamples) const;

  // Starts anew so that the next output is sample `output`, reading the source from a little before.
  Result<void> start(AudioSource& source, std::int64_t output, std::stop_token stop);
  // Fills up to `count` samples a channel; fewer only at the end.
  Result<std::int64_t> read(AudioSource& source, std::span<float* const> out, std::int64_t count, std::stop_token stop);

 private:
  Resampler(int inHz, int outHz, int channels) : inHz_(inHz), outHz_(outHz), channels_(channels) {}
  Result<void> openContext();
  Result<void> feed(AudioSource& source, std::stop_token stop);

  int inHz_;
  int outHz_;
  int channels_;
  std::int64_t unit_ = 1;    // input samples after which both rates meet again
  std::int64_t margin_ = 0;  // input samples that the filter reaches, doubled
  ResamplerPtr context_;
  std::vector<std::vector<float>> input_;
  std::vector<std::vector<float>> ready_;  // converted, not yet delivered
  std::int64_t readyOffset_ = 0;
  std::int64_t readyCount_ = 0;
  std::int64_t drop_ = 0;      // converted samples before the one asked for
  std::int64_t made_ = 0;      // index of the next sample to be converted
  std::int64_t end_ = -1;      // index after the last sample, once the source has ended
};

}  // namespace chladni::media
