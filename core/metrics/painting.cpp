#include "core/metrics/painting.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "core/base/assert.h"

namespace chladni::metrics {
namespace {

constexpr double kLeastError = 1e-12;  // a perfect copy has 120 dB at peak 1

double squaredError(std::span<const float> truth, std::span<const float> guess) {
  double sum = 0.0;
  for (std::size_t n = 0; n < truth.size(); ++n) {
    const double difference = static_cast<double>(guess[n]) - truth[n];
    sum += difference * difference;
  }
  return sum / static_cast<double>(truth.size());
}

std::vector<float> meanOf(const Matrix& table, std::span<const std::int64_t> rows) {
  std::vector<double> sums(static_cast<std::size_t>(table.columns));
  for (const auto row : rows) {
    const auto values = table.row(row);
    for (std::size_t n = 0; n < sums.size(); ++n) sums[n] += values[n];
  }
  std::vector<float> mean(sums.size());
  std::transform(sums.begin(), sums.end(), mean.begin(), [&](double sum) { return static_cast<float>(sum / static_cast<double>(rows.size())); });
  return mean;
}

std::int64_t nearestOf(std::int64_t patch, std::span<const std::int64_t> visible, std::int64_t columns) {
  std::int64_t best = visible.front(), least = std::numeric_limits<std::int64_t>::max();
  for (const auto candidate : visible) {
    const auto down = candidate / columns - patch / columns, along = candidate % columns - patch % columns;
    const auto distance = down * down + along * along;
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

PaintingError finished(double sum, std::int64_t patches, double peak) {
  const double error = sum / static_cast<double>(patches);
  return {error, 10.0 * std::log10(peak * peak / std::max(error, kLeastError))};
}

}  // namespace

PaintingFigures paintingFigures(const Matrix& truth, const Matrix& painted, std::span<const std::uint8_t> hidden,
                                std::int64_t columns, double peak) {
  CHLADNI_ASSERT(truth.rows == painted.rows && truth.columns == painted.columns && peak > 0.0 && columns > 0);
  CHLADNI_ASSERT(static_cast<std::int64_t>(hidden.size()) == truth.rows && truth.rows % columns == 0);
  std::vector<std::int64_t> visible;
  for (std::int64_t patch = 0; patch < truth.rows; ++patch)
    if (hidden[static_cast<std::size_t>(patch)] == 0) visible.push_back(patch);
  const auto count = truth.rows - static_cast<std::int64_t>(visible.size());
  if (visible.empty() || count == 0) return {};
  const auto mean = meanOf(truth, visible);
  double model = 0.0, ofMean = 0.0, ofNearest = 0.0;
  for (std::int64_t patch = 0; patch < truth.rows; ++patch) {
    if (hidden[static_cast<std::size_t>(patch)] == 0) continue;
    model += squaredError(truth.row(patch), painted.row(patch));
    ofMean += squaredError(truth.row(patch), mean);
    ofNearest += squaredError(truth.row(patch), truth.row(nearestOf(patch, visible, columns)));
  }
  return {count, finished(model, count, peak), finished(ofMean, count, peak), finished(ofNearest, count, peak)};
}

double valueSpan(const Matrix& table) {
  if (table.values.empty()) return 1.0;
  const auto [least, most] = std::minmax_element(table.values.begin(), table.values.end());
  return *most > *least ? static_cast<double>(*most) - *least : 1.0;
}

}  // namespace chladni::metrics
