// k-means after Lloyd, by scikit-learn's rules: an iteration assigns, then averages; it ends when no label changes, when
// the centres together move less than tolerance x mean variance of the columns (squared), or after maxIterations. A
// centre left without rows moves to the row farthest from its own centre, which leaves its old cluster. Labels and
// inertia belong to the centres returned. Results do not depend on the number of threads. Any thread may call.
// Fails with invalidArgument (fewer rows than centres, widths that differ, values not finite) or cancelled.
// Source: Lloyd 1982; Arthur and Vassilvitskii 2007 for the start; rules of the empty cluster and of the end as
// scikit-learn 1.2 documents them.
#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/reduction/rows.h"

namespace chladni::reduction {

struct KMeansOptions {
  std::int64_t clusters = 256;  // read only when no start is given
  int maxIterations = 300;
  double tolerance = 1e-4;  // relative to the mean variance of the columns
  std::uint64_t seed = 0;
  std::int64_t startRows = 65536;  // k-means++ looks at so many rows, drawn with the seed; 0: at all
  int threads = 0;                 // 0: as many as the machine has
};

struct KMeansFit {
  Table centres;  // [cluster, width]
  std::vector<std::int32_t> labels;  // [row]
  double inertia = 0.0;              // sum of squared distances to the own centre
  int iterations = 0;
  bool converged = false;  // ended before maxIterations
};

Result<KMeansFit> fitKMeans(const Rows& rows, const KMeansOptions& options, std::stop_token stop = {});
Result<KMeansFit> fitKMeansFrom(const Rows& rows, const Table& start, const KMeansOptions& options,
                                std::stop_token stop = {});

// Greedy k-means++: each next centre is the best of 2 + ln(clusters) candidates drawn in proportion to the squared
// distance from the centres chosen so far.
Result<Table> kMeansPlusPlus(const Rows& rows, const KMeansOptions& options, std::stop_token stop = {});

// The index of the nearest centre of each row; the lowest of equal ones.
Result<std::vector<std::int32_t>> nearestCentres(const Rows& rows, const Table& centres, int threads = 0);
// [row, centre], not squared.
Result<Table> centreDistances(const Rows& rows, const Table& centres);

}  // namespace chladni::reduction
