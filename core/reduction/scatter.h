// addScatter(): adds X^T X of a block of rows to the upper triangle of a table of sums, several threads, the same result
// for any number of them. X is [rows, stride] of doubles, stride a multiple of kScatterLanes, zero in the padding.
// Private to core/reduction.
#pragma once

#include <cstdint>

namespace chladni::reduction {

constexpr std::int64_t kScatterLanes = 8;

void addScatter(const double* block, std::int64_t rows, std::int64_t stride, double* sums, int threads);

}  // namespace chladni::reduction
