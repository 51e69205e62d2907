// LabelRows: labels of one track stacked in rows, so that those that overlap stand below each other. Plain values; any thread.
#pragma once

#include <vector>

#include "core/data/label.h"

namespace chladni::widgets {

struct LabelRows {
  std::vector<int> row;  // of each label, 0 at the top
  int rows = 1;
  MediaTime longest;     // label
};

// `labels` by ascending start. Each takes the first row that is free; there are six, more share the last.
LabelRows stacked(const std::vector<Label>& labels);

}  // namespace chladni::widgets
