// FrequencyAxis: which frequency lies at which height, and which bins a row of pixels shows. Heights are shares from the
// bottom (0) to the top (1). The mel scale is 2595 log10(1 + f / 700) (O'Shaughnessy). Values; any thread.
#pragma once

#include <vector>

namespace chladni::widgets {

enum class FrequencyScale { linear, logarithmic, mel };

struct FrequencyAxis {
  FrequencyScale scale = FrequencyScale::logarithmic;
  double lowHz = 0.0;
  double highHz = 0.0;

  // The axis that shows bins from `first` to `last`; a logarithmic one starts at 30 Hz at the lowest.
  static FrequencyAxis over(FrequencyScale scale, double first, double last);
  [[nodiscard]] bool valid() const { return highHz > lowHz; }
  [[nodiscard]] double hertzAt(double share) const;
  [[nodiscard]] double shareAt(double hertz) const;
  // Round frequencies inside the axis, ascending; thinning them to the space there is left to the painter.
  [[nodiscard]] std::vector<double> marks() const;
};

// One row of pixels: the maximum of bins [first, last], or with mix > 0 a mix of these two neighbours.
struct PixelRow {
  int first = 0;
  int last = 0;
  float mix = 0.0F;
};

// Top row first. Empty without bins or rows.
std::vector<PixelRow> pixelRows(const FrequencyAxis& axis, const std::vector<float>& binHz, int rows);

}  // namespace chladni::widgets
