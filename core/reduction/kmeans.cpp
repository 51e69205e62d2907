#include "core/reduction/kmeans.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>
#include <string>

#include "core/reduction/nearest.h"
#include "core/reduction/strips.h"

namespace chladni::reduction {
namespace {

Unexpected refuse(const std::string& what) { return fail(ErrorCode::invalidArgument, "k-means: " + what); }

bool allFinite(const Rows& rows, int threads) {
  std::atomic<bool> finite{true};
  forStrips(rows.count, threads, [&](std::int64_t, std::int64_t first, std::int64_t count) {
    const float* from = rows.row(first);
    if (!std::all_of(from, from + count * rows.width, [](float x) { return std::isfinite(x); })) finite = false;
  });
  return finite;
}

Result<void> checkStart(const Rows& rows, const Table& start, int threads) {
  if (rows.width <= 0 || rows.count <= 0) return refuse("there are no rows to group");
  if (start.columns != rows.width)
    return refuse("the centres are " + std::to_string(start.columns) + " wide, the rows " + std::to_string(rows.width));
  if (start.rows < 1 || start.rows > rows.count)
    return refuse(std::to_string(start.rows) + " centres need at least as many rows, and there are " +
                  std::to_string(rows.count));
  if (!std::all_of(start.values.begin(), start.values.end(), [](double x) { return std::isfinite(x); }))
    return refuse("a centre is not finite; start from other centres");
  if (!allFinite(rows, threads)) return refuse("a row holds a value that is not finite; leave such rows out");
  return {};
}

// What the rows of a strip add to the centres, or the sum over all strips.
struct ClusterSums {
  Table sums;  // [cluster, width]
  std::vector<std::int64_t> members;

  ClusterSums(std::int64_t clusters, std::int64_t width) : sums(clusters, width), members(static_cast<std::size_t>(clusters)) {}
  void add(const float* row, std::int32_t label) {
    double* sum = sums.row(label);
    for (std::int64_t k = 0; k < sums.columns; ++k) sum[k] += static_cast<double>(row[k]);
    ++members[static_cast<std::size_t>(label)];
  }
  void add(const ClusterSums& other) {
    for (std::size_t i = 0; i < sums.values.size(); ++i) sums.values[i] += other.sums.values[i];
    for (std::size_t i = 0; i < members.size(); ++i) members[i] += other.members[i];
  }
};

struct ColumnMoments {
  std::vector<double> mean;
  double meanVariance = 0.0;
};

ColumnMoments columnMoments(const Rows& rows, int threads) {
  const auto width = static_cast<std::size_t>(rows.width);
  const auto strips = static_cast<std::size_t>(stripCount(rows.count));
  std::vector<std::vector<double>> parts(strips, std::vector<double>(width));
  const auto total = [&](const auto& term) {
    forStrips(rows.count, threads, [&](std::int64_t strip, std::int64_t first, std::int64_t count) {
      auto& sum = parts[static_cast<std::size_t>(strip)];
      std::fill(sum.begin(), sum.end(), 0.0);
      for (std::int64_t r = first; r < first + count; ++r)
        for (std::size_t k = 0; k < width; ++k) sum[k] += term(static_cast<double>(rows.row(r)[k]), k);
    });
    std::vector<double> all(width);
    for (const auto& part : parts)
      for (std::size_t k = 0; k < width; ++k) all[k] += part[k] / static_cast<double>(rows.count);
    return all;
  };
  ColumnMoments moments;
  moments.mean = total([](double x, std::size_t) { return x; });
  const auto variance = total([&](double x, std::size_t k) { return (x - moments.mean[k]) * (x - moments.mean[k]); });
  moments.meanVariance = std::accumulate(variance.begin(), variance.end(), 0.0) / static_cast<double>(width);
  return moments;
}

class Lloyd {
 public:
  Lloyd(const Rows& rows, const Table& start, int threads)
      : rows_(rows), threads_(threads), moments_(columnMoments(rows, threads)), centres_(start),
        labels_(static_cast<std::size_t>(rows.count), -1), previous_(labels_),
        parts_(static_cast<std::size_t>(stripCount(rows.count)), ClusterSums(start.rows, start.columns)) {}

  [[nodiscard]] double absoluteTolerance(double relative) const { return relative * moments_.meanVariance; }

  // Labels of the centres as they are; true when none changed.
  bool assign() {
    std::swap(labels_, previous_);
    const NearestCentre nearest(centres_, moments_.mean);
    forStrips(rows_.count, threads_, [&](std::int64_t, std::int64_t first, std::int64_t count) {
      nearest.find(rows_.part(first, count), labels_.data() + first, nullptr);
    });
    return labels_ == previous_;
  }

  // Moves every centre to the mean of its rows; returns the sum of the squared steps.
  double average() {
    ClusterSums all = sumClusters();
    fillEmptyClusters(all);
    double moved = 0.0;
    for (std::int64_t c = 0; c < centres_.rows; ++c) {
      const auto members = all.members[static_cast<std::size_t>(c)];
      if (members == 0) continue;
      for (std::int64_t k = 0; k < centres_.columns; ++k) {
        const double next = all.sums.row(c)[k] / static_cast<double>(members);
        moved += (next - centres_.row(c)[k]) * (next - centres_.row(c)[k]);
        centres_.row(c)[k] = next;
      }
    }
    return moved;
  }

  KMeansFit take(int iterations, bool converged) {
    const auto distances = ownDistances();
    KMeansFit fit;
    fit.inertia = std::accumulate(distances.begin(), distances.end(), 0.0);
    fit.centres = std::move(centres_);
    fit.labels = std::move(labels_);
    fit.iterations = iterations;
    fit.converged = converged;
    return fit;
  }

 private:
  ClusterSums sumClusters() {
    forStrips(rows_.count, threads_, [&](std::int64_t strip, std::int64_t first, std::int64_t count) {
      auto& part = parts_[static_cast<std::size_t>(strip)];
      part = ClusterSums(centres_.rows, centres_.columns);
      for (std::int64_t r = first; r < first + count; ++r) part.add(rows_.row(r), labels_[static_cast<std::size_t>(r)]);
    });
    ClusterSums all = parts_.front();
    for (std::size_t i = 1; i < parts_.size(); ++i) all.add(parts_[i]);
    return all;
  }

  [[nodiscard]] std::vector<double> ownDistances() const {
    std::vector<double> distances(labels_.size());
    forStrips(rows_.count, threads_, [&](std::int64_t, std::int64_t first, std::int64_t count) {
      for (std::int64_t r = first; r < first + count; ++r)
        distances[static_cast<std::size_t>(r)] =
            squaredDistance(rows_.row(r), centres_.row(labels_[static_cast<std::size_t>(r)]), rows_.width);
    });
    return distances;
  }

  // Each empty cluster, by index, takes the row that lies farthest from its centre among those not yet taken. A row that
  // is alone in its cluster stays: taking it would only move the hole.
  void fillEmptyClusters(ClusterSums& all) const {
    std::vector<std::size_t> empty;
    for (std::size_t c = 0; c < all.members.size(); ++c)
      if (all.members[c] == 0) empty.push_back(c);
    if (empty.empty()) return;
    const auto distances = ownDistances();
    std::vector<std::int64_t> order(labels_.size());
    std::iota(order.begin(), order.end(), std::int64_t{0});
    const auto farther = [&](std::int64_t a, std::int64_t b) {
      const double da = distances[static_cast<std::size_t>(a)], db = distances[static_cast<std::size_t>(b)];
      return da != db ? da > db : a < b;
    };
    const auto candidates = std::min(order.size(), empty.size() + all.members.size());
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(candidates), order.end(), farther);
    auto taken = order.begin();
    for (const auto cluster : empty) {
      while (taken != order.end() && all.members[static_cast<std::size_t>(labels_[static_cast<std::size_t>(*taken)])] < 2) ++taken;
      if (taken == order.end() || distances[static_cast<std::size_t>(*taken)] == 0.0) return;
      moveRow(*taken++, cluster, all);
    }
  }

  void moveRow(std::int64_t row, std::size_t cluster, ClusterSums& all) const {
    const auto from = labels_[static_cast<std::size_t>(row)];
    const auto to = static_cast<std::int64_t>(cluster);
    for (std::int64_t k = 0; k < rows_.width; ++k) {
      const auto x = static_cast<double>(rows_.row(row)[k]);
      all.sums.row(from)[k] -= x;
      all.sums.row(to)[k] = x;
    }
    --all.members[static_cast<std::size_t>(from)];
    all.members[cluster] = 1;
  }

  Rows rows_;
  int threads_;
  ColumnMoments moments_;
  Table centres_;
  std::vector<std::int32_t> labels_, previous_;
  std::vector<ClusterSums> parts_;
};

}  // namespace

Result<KMeansFit> fitKMeansFrom(const Rows& rows, const Table& start, const KMeansOptions& options,
                                std::stop_token stop) {
  if (auto checked = checkStart(rows, start, options.threads); !checked) return fail(std::move(checked).error());
  if (options.maxIterations < 1 || !(options.tolerance >= 0.0))
    return refuse("maxIterations must be at least 1 and the tolerance not negative");
  Lloyd lloyd(rows, start, options.threads);
  const double tolerance = lloyd.absoluteTolerance(options.tolerance);
  for (int iteration = 1;; ++iteration) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const bool settled = lloyd.assign();
    // The last averages follow even when no label changed, as the published rule has it.
    const bool still = lloyd.average() <= tolerance;
    if (settled) return lloyd.take(iteration, true);
    if (!still && iteration < options.maxIterations) continue;
    lloyd.assign();
    return lloyd.take(iteration, still);
  }
}

Result<KMeansFit> fitKMeans(const Rows& rows, const KMeansOptions& options, std::stop_token stop) {
  auto start = kMeansPlusPlus(rows, options, stop);
  if (!start) return fail(std::move(start).error());
  return fitKMeansFrom(rows, *start, options, stop);
}

Result<std::vector<std::int32_t>> nearestCentres(const Rows& rows, const Table& centres, int threads) {
  if (centres.rows < 1 || centres.columns != rows.width)
    return refuse("the centres are " + std::to_string(centres.columns) + " wide, the rows " + std::to_string(rows.width));
  std::vector<double> origin(static_cast<std::size_t>(centres.columns));
  for (std::int64_t c = 0; c < centres.rows; ++c)
    for (std::int64_t k = 0; k < centres.columns; ++k)
      origin[static_cast<std::size_t>(k)] += centres.row(c)[k] / static_cast<double>(centres.rows);
  std::vector<std::int32_t> labels(static_cast<std::size_t>(rows.count));
  const NearestCentre nearest(centres, origin);
  forStrips(rows.count, threads, [&](std::int64_t, std::int64_t first, std::int64_t count) {
    nearest.find(rows.part(first, count), labels.data() + first, nullptr);
  });
  return labels;
}

Result<Table> centreDistances(const Rows& rows, const Table& centres) {
  if (centres.columns != rows.width)
    return refuse("the centres are " + std::to_string(centres.columns) + " wide, the rows " + std::to_string(rows.width));
  Table distances(rows.count, centres.rows);
  for (std::int64_t r = 0; r < rows.count; ++r)
    for (std::int64_t c = 0; c < centres.rows; ++c)
      distances.row(r)[c] = std::sqrt(squaredDistance(rows.row(r), centres.row(c), rows.width));
  return distances;
}

}  // namespace chladni::reduction
