#include "ui/analysis/heard_names.h"

#include <algorithm>
#include <numeric>

namespace chladni::ui {

std::vector<std::string> namesHeardOver(const Prediction& prediction, const TimeRange& span) {
  std::vector<double> sums(prediction.classes.size(), 0.0);
  for (std::size_t w = 0; w < prediction.windows.size() && static_cast<std::int64_t>(w) < prediction.scores.rows; ++w) {
    const double shared = std::min(prediction.windows[w].end, span.end).seconds() - std::max(prediction.windows[w].start, span.start).seconds();
    if (shared <= 0.0 || prediction.isSilent(w)) continue;
    const auto row = prediction.scores.row(static_cast<std::int64_t>(w));
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += shared * static_cast<double>(row[k]);
  }
  std::vector<std::size_t> order(sums.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return sums[a] > sums[b]; });
  std::vector<std::string> names;
  for (const std::size_t k : order)
    if (sums[k] > 0.0) names.push_back(prediction.classes[k]);
  return names;
}

}  // namespace chladni::ui
