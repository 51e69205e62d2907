#include "widgets/prediction/prediction_windows.h"

#include <algorithm>

namespace chladni::widgets {
namespace {

double centreOf(const TimeRange& window) { return (window.start.seconds() + window.end.seconds()) / 2.0; }

}  // namespace

std::pair<double, double> stretchOf(const Prediction& prediction, std::size_t index) {
  const auto& windows = prediction.windows;
  const double centre = centreOf(windows[index]);
  const double from = index == 0 ? windows.front().start.seconds() : (centreOf(windows[index - 1]) + centre) / 2.0;
  const double to = index + 1 == windows.size() ? windows.back().end.seconds() : (centre + centreOf(windows[index + 1])) / 2.0;
  return {from, to};
}

int windowAt(const Prediction& prediction, double seconds) {
  const auto& windows = prediction.windows;
  if (windows.empty() || seconds < stretchOf(prediction, 0).first) return -1;
  // Windows come in order of time: the first whose stretch ends after the moment.
  std::size_t low = 0;
  std::size_t high = windows.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (stretchOf(prediction, middle).second > seconds) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  if (low < windows.size()) return static_cast<int>(low);
  return seconds <= stretchOf(prediction, windows.size() - 1).second ? static_cast<int>(windows.size()) - 1 : -1;
}

}  // namespace chladni::widgets
