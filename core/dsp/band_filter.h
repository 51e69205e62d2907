// BandFilter: lets one band of frequencies through, for playing: Butterworth, eighth order at either edge (48 dB an octave,
// 3 dB down at the edges). Edges beyond the spectrum are left out. Streaming, interleaved samples, in place; one thread at
// a time.
// Reference: R. Bristow-Johnson, cookbook formulae for audio equalizer biquad filter coefficients.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/units.h"

namespace chladni::dsp {

struct FrequencyBand {
  double lowHz = 0.0;
  double highHz = 0.0;  // above lowHz
  bool operator==(const FrequencyBand&) const = default;
};

class BandFilter {
 public:
  BandFilter(SampleRate rate, int channels, const FrequencyBand& band);
  void apply(std::span<float> samples);

 private:
  struct Section {
    std::array<double, 3> forward{};
    std::array<double, 2> back{};
    std::vector<std::array<double, 2>> memory;  // of each channel
  };
  void add(double hertz, bool highPass, double rate);

  const std::size_t channels_;
  std::vector<Section> sections_;
};

}  // namespace chladni::dsp
