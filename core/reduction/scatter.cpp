#include "core/reduction/scatter.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "core/reduction/clones.h"
#include "core/reduction/strips.h"

namespace chladni::reduction {
namespace {

constexpr std::int64_t kTile = 4;  // rows of sums worked on at once; divides kScatterLanes

typedef double Lanes __attribute__((vector_size(64), aligned(8), may_alias));

// sums[i .. i + 3, j] += sum over rows of x[i .. i + 3] x[j], for all j from the diagonal on.
CHLADNI_REDUCTION_CLONES
void addTileRow(const double* block, std::int64_t rows, std::int64_t stride, std::int64_t i, double* sums) {
  for (std::int64_t j = i / kScatterLanes * kScatterLanes; j < stride; j += kScatterLanes) {
    Lanes s0 = {}, s1 = {}, s2 = {}, s3 = {};
    for (std::int64_t r = 0; r < rows; ++r) {
      const double* row = block + r * stride;
      const Lanes x = *reinterpret_cast<const Lanes*>(row + j);
      s0 += row[i] * x;
      s1 += row[i + 1] * x;
      s2 += row[i + 2] * x;
      s3 += row[i + 3] * x;
    }
    double* out = sums + i * stride + j;
    *reinterpret_cast<Lanes*>(out) += s0;
    *reinterpret_cast<Lanes*>(out + stride) += s1;
    *reinterpret_cast<Lanes*>(out + 2 * stride) += s2;
    *reinterpret_cast<Lanes*>(out + 3 * stride) += s3;
  }
}

}  // namespace

void addScatter(const double* block, std::int64_t rows, std::int64_t stride, double* sums, int threads) {
  // So many rows stay in the second cache while every tile passes over them.
  const auto depth = std::clamp<std::int64_t>(65536 / stride, 16, 256);
  std::atomic<std::int64_t> next{0};
  const auto run = [&] {
    for (auto i = kTile * next++; i < stride; i = kTile * next++)
      for (std::int64_t first = 0; first < rows; first += depth)
        addTileRow(block + first * stride, std::min(depth, rows - first), stride, i, sums);
  };
  const auto helpers = std::min<std::int64_t>(threadCount(threads), stride / kTile) - 1;
  std::vector<std::jthread> team;
  for (std::int64_t h = 0; h < helpers; ++h) team.emplace_back(run);
  run();
}

}  // namespace chladni::reduction
