#include "core/reduction/nearest.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/reduction/clones.h"

namespace chladni::reduction {
namespace {

constexpr std::int64_t kLanes = 16;  // centres of a group
constexpr std::int64_t kTile = 6;    // rows worked on at once: six sums of sixteen fill the registers of AVX2

typedef float Lanes __attribute__((vector_size(64), aligned(4), may_alias));
typedef float HalfLanes __attribute__((vector_size(32), aligned(4), may_alias));
typedef double DoubleLanes __attribute__((vector_size(64), aligned(8), may_alias));

// scores[row, group * 16 + lane] = half the squared length of the centre minus its product with the row: half the squared
// distance, less what is common to all centres.
CHLADNI_REDUCTION_CLONES
void scoreTile(const float* tile, std::int64_t width, const float* packed, const float* halfNorms, std::int64_t groups,
               float* scores) {
  const std::int64_t stride = groups * kLanes;
  for (std::int64_t g = 0; g < groups; ++g) {
    const Lanes* centre = reinterpret_cast<const Lanes*>(packed + g * width * kLanes);
    const Lanes start = *reinterpret_cast<const Lanes*>(halfNorms + g * kLanes);
    Lanes s0 = start, s1 = start, s2 = start, s3 = start, s4 = start, s5 = start;
    for (std::int64_t k = 0; k < width; ++k) {
      const Lanes c = centre[k];
      const float* x = tile + k * kTile;
      s0 -= x[0] * c;
      s1 -= x[1] * c;
      s2 -= x[2] * c;
      s3 -= x[3] * c;
      s4 -= x[4] * c;
      s5 -= x[5] * c;
    }
    float* out = scores + g * kLanes;
    *reinterpret_cast<Lanes*>(out) = s0;
    *reinterpret_cast<Lanes*>(out + stride) = s1;
    *reinterpret_cast<Lanes*>(out + 2 * stride) = s2;
    *reinterpret_cast<Lanes*>(out + 3 * stride) = s3;
    *reinterpret_cast<Lanes*>(out + 4 * stride) = s4;
    *reinterpret_cast<Lanes*>(out + 5 * stride) = s5;
  }
}

CHLADNI_REDUCTION_CLONES
float smallest(const float* values, std::int64_t count) {
  float least = std::numeric_limits<float>::infinity();
  for (std::int64_t i = 0; i < count; ++i) least = values[i] < least ? values[i] : least;
  return least;
}

CHLADNI_REDUCTION_CLONES
std::int64_t countUpTo(const float* values, std::int64_t count, float limit) {
  int below = 0;
  for (std::int64_t i = 0; i < count; ++i) below += values[i] <= limit ? 1 : 0;
  return below;
}

// Rows to columns of a tile, moved to the origin; missing rows are zero. Lengths of the rows are written beside.
void packTile(const Rows& rows, std::int64_t first, const std::vector<float>& origin, float* tile, double* lengths) {
  for (std::int64_t r = 0; r < kTile; ++r) {
    double sum = 0.0;
    if (first + r < rows.count) {
      const float* row = rows.row(first + r);
      for (std::int64_t k = 0; k < rows.width; ++k) {
        const float x = row[k] - origin[static_cast<std::size_t>(k)];
        tile[k * kTile + r] = x;
        sum += static_cast<double>(x) * x;
      }
    } else {
      for (std::int64_t k = 0; k < rows.width; ++k) tile[k * kTile + r] = 0.0F;
    }
    lengths[r] = std::sqrt(sum);
  }
}

}  // namespace

// Eight sums side by side, as wide as the widest registers.
CHLADNI_REDUCTION_CLONES
double squaredDistance(const float* row, const double* centre, std::int64_t width) {
  DoubleLanes sums = {};
  std::int64_t k = 0;
  for (; k + 8 <= width; k += 8) {
    const DoubleLanes x = __builtin_convertvector(*reinterpret_cast<const HalfLanes*>(row + k), DoubleLanes);
    const DoubleLanes difference = x - *reinterpret_cast<const DoubleLanes*>(centre + k);
    sums += difference * difference;
  }
  double sum = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  for (; k < width; ++k) {
    const double difference = static_cast<double>(row[k]) - centre[k];
    sum += difference * difference;
  }
  return sum;
}

NearestCentre::NearestCentre(const Table& centres, const std::vector<double>& origin)
    : centres_(centres), origin_(origin.begin(), origin.end()), groups_((centres.rows + kLanes - 1) / kLanes) {
  packed_.assign(static_cast<std::size_t>(groups_ * centres.columns * kLanes), 0.0F);
  halfNorms_.assign(static_cast<std::size_t>(groups_ * kLanes), std::numeric_limits<float>::infinity());
  for (std::int64_t c = 0; c < centres.rows; ++c) {
    float* group = packed_.data() + (c / kLanes) * centres.columns * kLanes + c % kLanes;
    double sum = 0.0;
    for (std::int64_t k = 0; k < centres.columns; ++k) {
      const double moved = centres.row(c)[k] - static_cast<double>(origin_[static_cast<std::size_t>(k)]);
      group[k * kLanes] = static_cast<float>(moved);
      sum += moved * moved;
    }
    halfNorms_[static_cast<std::size_t>(c)] = static_cast<float>(sum / 2.0);
    longest_ = std::max(longest_, std::sqrt(sum));
  }
}

// Every centre whose estimate lies within the bound of the best one is measured again.
void NearestCentre::settle(const float* row, const float* scores, double bound, std::int32_t* label) const {
  const std::int64_t width = centres_.columns;
  const float limit = static_cast<float>(static_cast<double>(smallest(scores, groups_ * kLanes)) + bound);
  const bool clear = countUpTo(scores, groups_ * kLanes, limit) == 1;
  double best = std::numeric_limits<double>::infinity();
  *label = 0;
  for (std::int64_t c = 0; c < centres_.rows; ++c) {
    if (!(scores[c] <= limit)) continue;
    const double exact = clear ? 0.0 : squaredDistance(row, centres_.row(c), width);
    if (exact < best) {
      best = exact;
      *label = static_cast<std::int32_t>(c);
    }
    if (clear) return;
  }
}

void NearestCentre::find(const Rows& rows, std::int32_t* labels, double* squaredDistances) const {
  const std::int64_t width = centres_.columns;
  const std::int64_t stride = groups_ * kLanes;
  std::vector<float> tile(static_cast<std::size_t>(width * kTile));
  std::vector<float> scores(static_cast<std::size_t>(stride * kTile));
  // Twice the greatest error of an estimate: one unit in the last place for each term of the sum and each input.
  const double unit = (static_cast<double>(width) + 8.0) * static_cast<double>(std::numeric_limits<float>::epsilon());
  for (std::int64_t first = 0; first < rows.count; first += kTile) {
    double lengths[kTile];
    packTile(rows, first, origin_, tile.data(), lengths);
    scoreTile(tile.data(), width, packed_.data(), halfNorms_.data(), groups_, scores.data());
    for (std::int64_t r = 0; r < std::min(kTile, rows.count - first); ++r) {
      const double bound = 2.0 * unit * longest_ * (lengths[r] + longest_);
      settle(rows.row(first + r), scores.data() + r * stride, bound, labels + first + r);
    }
  }
  if (squaredDistances == nullptr) return;
  for (std::int64_t r = 0; r < rows.count; ++r)
    squaredDistances[r] = squaredDistance(rows.row(r), centres_.row(labels[r]), width);
}

}  // namespace chladni::reduction
