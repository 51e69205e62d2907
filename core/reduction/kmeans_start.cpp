#include <algorithm>
#include <cmath>
#include <limits>
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

// `wanted` different rows, in order, side by side.
std::vector<float> drawRows(const Rows& rows, std::int64_t wanted, std::mt19937_64& random) {
  std::vector<float> drawn;
  drawn.reserve(static_cast<std::size_t>(wanted * rows.width));
  for (std::int64_t r = 0, left = wanted; left > 0; ++r) {
    if (below(random, rows.count - r) >= left) continue;
    drawn.insert(drawn.end(), rows.row(r), rows.row(r) + rows.width);
    --left;
  }
  return drawn;
}

class PlusPlus {
 public:
  PlusPlus(const Rows& rows, int threads)
      : rows_(rows), threads_(threads), closest_(static_cast<std::size_t>(rows.count), std::numeric_limits<double>::max()) {}

  [[nodiscard]] const Rows& rows() const { return rows_; }

  // A row drawn in proportion to its squared distance from the centres; any row when all lie on centres.
  [[nodiscard]] std::int64_t draw(std::mt19937_64& random) const {
    if (!(potential_ > 0.0)) return below(random, rows_.count);
    double left = uniform(random) * potential_;
    for (std::size_t r = 0; r < closest_.size(); ++r) {
      left -= closest_[r];
      if (left < 0.0) return static_cast<std::int64_t>(r);
    }
    return rows_.count - 1;
  }

  // Makes the best of the candidates a centre: that which leaves the smallest sum of squared distances.
  std::int64_t takeBest(const std::vector<std::int64_t>& candidates) {
    const auto distances = distancesWith(candidates);
    std::size_t best = 0;
    double bestPotential = 0.0;
    for (std::size_t c = 0; c < candidates.size(); ++c) {
      const double potential = std::accumulate(distances[c].begin(), distances[c].end(), 0.0);
      if (c > 0 && potential >= bestPotential) continue;
      best = c;
      bestPotential = potential;
    }
    closest_ = distances[best];
    potential_ = bestPotential;
    return candidates[best];
  }

 private:
  // [candidate][row]: squared distance of every row to its closest centre, were the candidate a centre too. All
  // candidates at once, because reading the rows costs more than the sums.
  [[nodiscard]] std::vector<std::vector<double>> distancesWith(const std::vector<std::int64_t>& candidates) const {
    std::vector<std::vector<double>> centres;
    for (const auto candidate : candidates) centres.emplace_back(rows_.row(candidate), rows_.row(candidate) + rows_.width);
    std::vector<std::vector<double>> distances(candidates.size(), std::vector<double>(closest_.size()));
    forStrips(rows_.count, threads_, [&](std::int64_t, std::int64_t first, std::int64_t count) {
      for (auto r = static_cast<std::size_t>(first); r < static_cast<std::size_t>(first + count); ++r)
        for (std::size_t c = 0; c < centres.size(); ++c)
          distances[c][r] = std::min(
              closest_[r], squaredDistance(rows_.row(static_cast<std::int64_t>(r)), centres[c].data(), rows_.width));
    });
    return distances;
  }

  Rows rows_;
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
  const auto wanted = std::max(options.startRows, options.clusters);
  const bool all = options.startRows <= 0 || wanted >= rows.count;
  const auto drawn = all ? std::vector<float>() : drawRows(rows, wanted, random);
  PlusPlus chooser(all ? rows : Rows(drawn, rows.width), options.threads);
  const int trials = 2 + static_cast<int>(std::log(static_cast<double>(options.clusters)));
  Table centres(options.clusters, rows.width);
  for (std::int64_t c = 0; c < options.clusters; ++c) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    std::vector<std::int64_t> candidates;
    for (int trial = 0; trial < (c == 0 ? 1 : trials); ++trial)
      candidates.push_back(c == 0 ? below(random, chooser.rows().count) : chooser.draw(random));
    std::copy_n(chooser.rows().row(chooser.takeBest(candidates)), rows.width, centres.row(c));
  }
  return centres;
}

}  // namespace chladni::reduction
