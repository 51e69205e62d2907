#include "core/serial/strided_copy.h"

#include <algorithm>
#include <cstring>

namespace chladni::serial {

std::optional<std::uint64_t> viewExtent(const std::vector<std::int64_t>& shape,
                                        const std::vector<std::int64_t>& strides) {
  std::int64_t last = 0;
  if (std::find(shape.begin(), shape.end(), 0) != shape.end()) return 0;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    std::int64_t reach = 0;
    if (__builtin_mul_overflow(shape[d] - 1, strides[d], &reach) || __builtin_add_overflow(last, reach, &last))
      return std::nullopt;
  }
  return static_cast<std::uint64_t>(last) + 1;
}

bool isRowMajor(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides) {
  std::int64_t expected = 1;
  for (std::size_t d = shape.size(); d-- > 0;) {
    if (shape[d] != 1 && strides[d] != expected) return false;
    if (__builtin_mul_overflow(expected, shape[d], &expected)) return false;
  }
  return true;
}

void copyStrided(std::span<const std::byte> from, std::span<std::byte> to, std::size_t elementBytes,
                 const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides) {
  if (to.empty()) return;
  // Dimensions of one element never step, and their strides may be any number.
  std::vector<std::int64_t> sizes, steps;
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (shape[d] != 1) {
      sizes.push_back(shape[d]);
      steps.push_back(strides[d]);
    }
  std::vector<std::int64_t> index(sizes.size(), 0);
  std::int64_t source = 0;
  for (std::size_t at = 0; at < to.size(); at += elementBytes) {
    std::memcpy(to.data() + at, from.data() + static_cast<std::size_t>(source) * elementBytes, elementBytes);
    for (std::size_t d = sizes.size(); d-- > 0;) {
      source += steps[d];
      if (++index[d] < sizes[d]) break;
      source -= steps[d] * sizes[d];
      index[d] = 0;
    }
  }
}

}  // namespace chladni::serial
