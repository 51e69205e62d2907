#include "widgets/labels/label_rows.h"

#include <algorithm>

namespace chladni::widgets {
namespace {

constexpr std::size_t kMostRows = 6;

}  // namespace

LabelRows stacked(const std::vector<Label>& labels) {
  LabelRows made;
  made.row.reserve(labels.size());
  std::vector<MediaTime> ends;  // of each row
  for (const Label& label : labels) {
    const auto free = std::find_if(ends.begin(), ends.end(), [&](MediaTime end) { return end <= label.span.start; });
    const auto row = std::min(static_cast<std::size_t>(free - ends.begin()), kMostRows - 1);
    if (row == ends.size()) ends.push_back(label.span.end);
    else ends[row] = std::max(ends[row], label.span.end);
    made.row.push_back(static_cast<int>(row));
    made.longest = std::max(made.longest, label.span.length());
  }
  made.rows = std::max<int>(1, static_cast<int>(ends.size()));
  return made;
}

}  // namespace chladni::widgets
