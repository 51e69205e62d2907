#include "widgets/time_axis/patch_place.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace chladni::widgets {

QString patchPlace(const PatchGrid& grid, MediaTime start, const std::vector<float>& binHz, int row, int column) {
  const double from = start.seconds() + column * grid.strideColumns * grid.columnSeconds;
  QString text = QCoreApplication::translate("PatchPlace", "patch %1 of %2").arg(row * grid.columns + column + 1).arg(grid.patches());
  text += QCoreApplication::translate("PatchPlace", " · %1–%2 s").arg(from, 0, 'f', 2).arg(from + grid.patchColumns * grid.columnSeconds, 0, 'f', 2);
  const auto low = static_cast<std::size_t>(row * grid.strideBins);
  const auto high = std::min(binHz.size(), low + static_cast<std::size_t>(grid.patchBins));
  if (low < high) text += QCoreApplication::translate("PatchPlace", " · %1–%2 Hz").arg(std::lround(binHz[low])).arg(std::lround(binHz[high - 1]));
  return text;
}

}  // namespace chladni::widgets
