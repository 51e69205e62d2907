// NearestCentre: finds, for each row, the closest of a fixed set of centres. Distances are first estimated in single
// precision, sixteen centres at a time; wherever rounding could have changed the winner, the rivals are compared again
// in double. So the answer is that of exact arithmetic in double, ties going to the lowest index, at the speed of float.
// Immutable once made; any thread may call. Private to core/reduction.
#pragma once

#include <cstdint>
#include <vector>

#include "core/reduction/rows.h"

namespace chladni::reduction {

class NearestCentre {
 public:
  // Rows and centres are moved by `origin` [width] before the estimate, which keeps the rounding small when all of them
  // lie far from zero.
  NearestCentre(const Table& centres, const std::vector<double>& origin);

  // labels[rows.count]. With squaredDistances (or null) the distance to the winner, in double.
  void find(const Rows& rows, std::int32_t* labels, double* squaredDistances) const;

 private:
  void settle(const float* row, const float* scores, double bound, std::int32_t* label) const;

  const Table& centres_;
  std::vector<float> origin_;
  std::vector<float> packed_;     // [group of 16 centres, width, 16], moved to the origin
  std::vector<float> halfNorms_;  // [group, 16], half the squared length; infinite in the padding
  double longest_ = 0.0;          // length of the longest centre
  std::int64_t groups_ = 0;
};

// Squared distance in double.
double squaredDistance(const float* row, const double* centre, std::int64_t width);

}  // namespace chladni::reduction
