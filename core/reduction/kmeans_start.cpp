#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>

#include "core/reduction/kmeans.h"
#include "core/reduction/nearest.h"
#include "core/reduction/strips.h"

namespace chladni::reduction {
namespace {

// The standard library's distributions differ between implementations; its generator does not.
double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1p-53; }

std::int64_t below(std::mt19937_64& random, std::int64_t count) {
  return std::min(count - 1, static_cast<std::int64_t>(uniform(random) * static_cast<double>(count)));
}

// `wanted` different row numbers, in order.
std::vector<std::int64_t> drawRows(std::int64_t count, std::int64_t wanted, std::mt19937_64& random) {
  std::vector<std::int64_t> rows;
  if (wanted <= 0 || wanted >= count) {
    rows.resize(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), std::int64_t{0});
    return rows;
  }
  rows.reserve(static_cast<std::size_t>(wanted));
  for (std::int64_t r = 0, left = wanted; left > 0; ++r) {
    if (below(random, count - r) >= left) continue;
    rows.push_back(r);
    --left;
  }
  return rows;
}

class PlusPlus {
 public:
  PlusPlus(const Rows& rows, std::vector<std::int64_t> pool, int threads)
      : rows_(rows), pool_(std::move(pool)), threads_(threads), closest_(pool_.size(), std::numeric_limits<double>::max()) {}

  [[nodiscard]] const float* row(std::int64_t candidate) const { return rows_.row(pool_[static_cast<std::size_t>(candidate)]); }

  // Squared distance of every row to its closest centre, were the candidate a centre too; their sum is returned.
  double distancesWith(std::int64_t candidate, std::vector<double>& distances) const {
    std::vector<double> centre(row(candidate), row(candidate) + rows_.width);
    const auto count = static_cast<std::int64_t>(pool_.size());
    distances.resize(pool_.size());
    forStrips(count, threads_, [&](std::int64_t, std::int64_t first, std::int64_t some) {
      for (std::int64_t r = first; r < first + some; ++r)
        distances[static_cast<std::size_t>(r)] =
            std::min(closest_[static_cast<std::size_t>(r)], squaredDistance(row(r), centre.data(), rows_.width));
    });
    return std::accumulate(distances.begin(), distances.end(), 0.0);
  }

  // A row drawn in proportion to its squared distance from the centres; any row when all lie on centres.
  [[nodiscard]] std::int64_t draw(std::mt19937_64& random) const {
    if (!(potential_ > 0.0)) return below(random, static_cast<std::int64_t>(pool_.size()));
    double left = uniform(random) * potential_;
    for (std::size_t r = 0; r < closest_.size(); ++r) {
      left -= closest_[r];
      if (left < 0.0) return static_cast<std::int64_t>(r);
    }
    return static_cast<std::int64_t>(closest_.size()) - 1;
  }

  void take(std::vector<double> distances, double potential) {
    closest_ = std::move(distances);
    potential_ = potential;
  }

 private:
  Rows rows_;
  std::vector<std::int64_t> pool_;
  int threads_;
  std::vector<double> closest_;
  double potential_ = 0.0;
};

}  // namespace

Result<Table> kMeansPlusPlus(const Rows& rows, const KMeansOptions& options, std::stop_token stop) {
  if (options.clusters < 1 || options.clusters > rows.count || rows.width < 1)
    return fail(ErrorCode::invalidArgument, "k-means: " + std::to_string(options.clusters) +
                                                " centres need at least as many rows, and there are " +
                                                std::to_string(rows.count));
  std::mt19937_64 random(options.seed);
  const auto poolSize = options.startRows > 0 ? std::max(options.startRows, options.clusters) : 0;
  auto pool = drawRows(rows.count, poolSize, random);
  const auto poolRows = static_cast<std::int64_t>(pool.size());
  PlusPlus chooser(rows, std::move(pool), options.threads);
  const int trials = 2 + static_cast<int>(std::log(static_cast<double>(options.clusters)));
  Table centres(options.clusters, rows.width);
  for (std::int64_t c = 0; c < options.clusters; ++c) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    std::int64_t best = -1;
    double bestPotential = 0.0;
    std::vector<double> bestDistances, distances;
    for (int trial = 0; trial < (c == 0 ? 1 : trials); ++trial) {
      const auto candidate = c == 0 ? below(random, poolRows) : chooser.draw(random);
      const double potential = chooser.distancesWith(candidate, distances);
      if (best >= 0 && potential >= bestPotential) continue;
      best = candidate;
      bestPotential = potential;
      std::swap(bestDistances, distances);
    }
    chooser.take(std::move(bestDistances), bestPotential);
    std::copy_n(chooser.row(best), rows.width, centres.row(c));
  }
  return centres;
}

}  // namespace chladni::reduction
