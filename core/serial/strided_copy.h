// Copies a strided view of a storage to row-major order. Private to core/serial.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace chladni::serial {

// How many elements from its first one a view reaches: 0 for an empty view; nothing when the arithmetic overflows.
std::optional<std::uint64_t> viewExtent(const std::vector<std::int64_t>& shape,
                                        const std::vector<std::int64_t>& strides);

bool isRowMajor(const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides);

// `from` holds at least viewExtent elements, `to` as many as the shape has.
void copyStrided(std::span<const std::byte> from, std::span<std::byte> to, std::size_t elementBytes,
                 const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides);

}  // namespace chladni::serial
