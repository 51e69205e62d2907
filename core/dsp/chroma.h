// Chroma: how much power each of the twelve pitch classes has, C first, octaves folded, equal temperament.
// Every bin between lowHz and highHz gives its power to its two neighbouring classes with a raised-cosine weight in
// semitones. fold() scales each column to a largest value of 1 (silent columns stay 0); sums() leaves the power as it is.
// Immutable, any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni::dsp {

inline constexpr int kPitchClasses = 12;
inline constexpr std::array<std::string_view, kPitchClasses> kPitchClassNames{"C",  "C#", "D",  "D#", "E",  "F",
                                                                              "F#", "G",  "G#", "A",  "A#", "B"};

struct ChromaOptions {
  double tuningHz = 440.0;  // of the A above middle C
  double lowHz = 55.0;
  double highHz = 5000.0;
};

class ChromaBank {
 public:
  static Result<ChromaBank> create(const ChromaOptions& options, SampleRate rate, std::int64_t fftSize);
  // power [column, bin] -> [column, kPitchClasses] in 0..1.
  [[nodiscard]] Matrix fold(const Matrix& power) const;
  void foldColumn(std::span<const float> power, std::span<float> classes) const;
  [[nodiscard]] std::array<double, kPitchClasses> sums(std::span<const float> power) const;

 private:
  struct Share {
    std::int32_t lower = 0;    // pitch class below the bin; the one above is the next
    float lowerWeight = 0.0F;  // 1 - this goes to the one above
  };
  std::int64_t firstBin_ = 0;
  std::int64_t bins_ = 0;
  std::vector<Share> shares_;
};

}  // namespace chladni::dsp
