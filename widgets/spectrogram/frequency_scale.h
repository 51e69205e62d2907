// FrequencyScale: how the bins of a spectrogram stand above each other: by their frequency, by its logarithm, or all of one
// height (mel bands of a model's input, coefficients, pitch classes). Shares run from 0 (bottom) to 1 (top).
// Plain value; any thread.
#pragma once

#include <vector>

namespace chladni::widgets {

class FrequencyScale {
 public:
  enum class Kind { linear, logarithmic, rows };
  // One pixel row: bins [first, last] whose maximum it shows, or, with mix > 0, a mix of the two.
  struct Row {
    int first = 0;
    int last = 0;
    float mix = 0.0F;
  };

  FrequencyScale() = default;  // of nothing
  FrequencyScale(Kind kind, std::vector<float> bins);

  [[nodiscard]] bool empty() const { return bins_.empty() || high_ <= low_; }
  [[nodiscard]] double low() const { return low_; }
  [[nodiscard]] double high() const { return high_; }
  [[nodiscard]] double valueAt(double share) const;   // Hz, or the number of a row
  [[nodiscard]] double shareOf(double value) const;
  [[nodiscard]] int binAt(double share) const;        // the nearest
  // Of so many pixel rows, the top one first.
  [[nodiscard]] std::vector<Row> rows(int count) const;

 private:
  Kind kind_ = Kind::linear;
  std::vector<float> bins_;  // ascending
  double low_ = 0.0;
  double high_ = 0.0;
};

}  // namespace chladni::widgets
