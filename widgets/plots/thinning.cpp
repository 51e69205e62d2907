#include "widgets/plots/thinning.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chladni::widgets {
namespace {

constexpr std::size_t kPerColumn = 4;

class Column {
 public:
  void take(std::size_t at, const std::vector<double>& y) {
    if (std::isnan(y[at])) {
      gap_ = true;
      gapAt_ = at;
      return;
    }
    if (empty_) {
      first_ = low_ = high_ = last_ = at;
      empty_ = false;
      return;
    }
    last_ = at;
    if (y[at] < y[low_]) low_ = at;
    if (y[at] > y[high_]) high_ = at;
  }

  // In the order of x, each once. A gap is kept where a column holds nothing else.
  void flush(const std::vector<double>& x, const std::vector<double>& y, ThinCurve& out) {
    if (!empty_) {
      const std::array<std::size_t, kPerColumn> points{first_, std::min(low_, high_), std::max(low_, high_), last_};
      for (std::size_t n = 0; n < points.size(); ++n) {
        if (n > 0 && points[n] == points[n - 1]) continue;
        out.x.push_back(x[points[n]]);
        out.y.push_back(y[points[n]]);
      }
    } else if (gap_) {
      out.x.push_back(x[gapAt_]);
      out.y.push_back(y[gapAt_]);
    }
    *this = {};
  }

 private:
  bool empty_ = true, gap_ = false;
  std::size_t first_ = 0, low_ = 0, high_ = 0, last_ = 0, gapAt_ = 0;
};

}  // namespace

ThinCurve thinned(const std::vector<double>& x, const std::vector<double>& y, double from, double to, int columns) {
  const auto count = std::min(x.size(), y.size());
  const auto end = x.begin() + static_cast<std::ptrdiff_t>(count);
  auto first = static_cast<std::size_t>(std::lower_bound(x.begin(), end, from) - x.begin());
  auto last = static_cast<std::size_t>(std::upper_bound(x.begin(), end, to) - x.begin());
  first -= first > 0 ? 1 : 0;
  last += last < count ? 1 : 0;
  ThinCurve out;
  if (last <= first) return out;
  const auto wide = static_cast<std::size_t>(std::max(columns, 1));
  if (last - first <= kPerColumn * wide || !(to > from)) {
    out.x.assign(x.begin() + static_cast<std::ptrdiff_t>(first), x.begin() + static_cast<std::ptrdiff_t>(last));
    out.y.assign(y.begin() + static_cast<std::ptrdiff_t>(first), y.begin() + static_cast<std::ptrdiff_t>(last));
    return out;
  }
  const double width = (to - from) / static_cast<double>(wide);
  Column column;
  double edge = from;
  for (std::size_t at = first; at < last; ++at) {
    if (x[at] >= edge) {
      column.flush(x, y, out);
      edge = from + width * (std::floor((x[at] - from) / width) + 1.0);
    }
    column.take(at, y);
  }
  column.flush(x, y, out);
  return out;
}

}  // namespace chladni::widgets
