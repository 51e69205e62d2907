// What a viewer may know about patches that the model could not see: means and deviations from visible neighbours.
#include <algorithm>
#include <cmath>
#include <functional>

#include "core/analysis/reconstruction.h"

namespace chladni::analysis {

namespace {

// As the published losses have it: deviation = sqrt(variance + this), variance with n - 1.
constexpr double kVarianceFloor = 1e-6;

struct Statistics {
  double mean = 0.0;
  double deviation = 1.0;
};

// The values of one patch of a plane, wherever they lie.
class PatchWalk {
 public:
  PatchWalk(const PatchGrid& grid, bool sound, std::int64_t rows, std::int64_t columns)
      : grid_(grid), sound_(sound), rows_(rows), columns_(columns) {}

  void visit(int patchRow, int patchColumn, const std::function<void(std::size_t)>& value) const {
    for (int u = 0; u < grid_.patchBins; ++u)
      for (int v = 0; v < grid_.patchColumns; ++v) {
        const std::int64_t up = static_cast<std::int64_t>(patchRow) * grid_.strideBins + u;
        const std::int64_t along = static_cast<std::int64_t>(patchColumn) * grid_.strideColumns + v;
        if (sound_) {
          if (along < rows_ && up < columns_) value(static_cast<std::size_t>(along * columns_ + up));
        } else if (up < rows_ && 3 * along + 2 < columns_) {
          for (int channel = 0; channel < 3; ++channel) value(static_cast<std::size_t>(up * columns_ + 3 * along + channel));
        }
      }
  }

 private:
  const PatchGrid& grid_;
  const bool sound_;
  const std::int64_t rows_;
  const std::int64_t columns_;
};

Statistics statisticsOf(const PatchWalk& walk, const Matrix& table, int row, int column) {
  double sum = 0.0;
  double squares = 0.0;
  double count = 0.0;
  walk.visit(row, column, [&](std::size_t i) {
    sum += table.values[i];
    squares += static_cast<double>(table.values[i]) * table.values[i];
    ++count;
  });
  if (count < 2.0) return {};
  const double mean = sum / count;
  return {mean, std::sqrt(std::max(0.0, (squares - count * mean * mean) / (count - 1.0)) + kVarianceFloor)};
}

bool guessPlane(const ReconstructedPlane& plane, const Matrix& input, Matrix& predicted, bool sound) {
  const PatchGrid& grid = plane.grid;
  const auto patches = static_cast<std::size_t>(grid.patches());
  if (patches == 0 || plane.mask.size() != patches || input.values.size() != predicted.values.size()) return false;
  const PatchWalk walk(grid, sound, input.rows, input.columns);
  std::vector<Statistics> truth(patches);
  for (std::size_t p = 0; p < patches; ++p)
    truth[p] = statisticsOf(walk, input, static_cast<int>(p) / grid.columns, static_cast<int>(p) % grid.columns);
  if (std::find(plane.mask.begin(), plane.mask.end(), 0) == plane.mask.end()) return false;
  for (std::size_t p = 0; p < patches; ++p) {
    if (plane.mask[p] == 0) continue;
    const int row = static_cast<int>(p) / grid.columns;
    const int column = static_cast<int>(p) % grid.columns;
    Statistics guess{0.0, 0.0};
    double total = 0.0;
    for (std::size_t q = 0; q < patches; ++q) {
      if (plane.mask[q] != 0) continue;
      const double up = row - static_cast<int>(q) / grid.columns;
      const double along = column - static_cast<int>(q) % grid.columns;
      const double weight = 1.0 / (up * up + along * along);
      guess.mean += weight * truth[q].mean;
      guess.deviation += weight * truth[q].deviation;
      total += weight;
    }
    guess.mean /= total;
    guess.deviation /= total;
    walk.visit(row, column, [&](std::size_t i) {
      const double raw = (predicted.values[i] - truth[p].mean) / truth[p].deviation;
      predicted.values[i] = static_cast<float>(raw * guess.deviation + guess.mean);
    });
  }
  return true;
}

}  // namespace

bool guessPatchStatistics(Reconstruction& reconstruction) {
  // Shapes finer than a patch have no patch statistics to begin with.
  if (!reconstruction.trueStatistics || !reconstruction.soundPixels.empty()) return false;
  const bool sound = guessPlane(reconstruction.sound, reconstruction.soundInput, reconstruction.soundPredicted, true);
  const bool picture = guessPlane(reconstruction.picture, reconstruction.pictureInput, reconstruction.picturePredicted, false);
  if (sound || picture) reconstruction.trueStatistics = false;
  return sound || picture;
}

}  // namespace chladni::analysis
