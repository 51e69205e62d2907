// Pieces of attention for the matrix unit of x86 (AMX): matrices packed as its tiles want them, and their two products.
// Halves are bf16 as std::uint16_t. Matrices are [row, size] with size 32 or 64; packed ones have rows up to a multiple of
// kDeep, the added ones 0. The thread's tiles are configured between TileScope's construction and its end.
// Included by the kernels only. Intel's "Intrinsics Guide", AMX-TILE and AMX-BF16.
#pragma once

#include "core/nn/cpu_simd.h"

#if CHLADNI_X86_KERNELS && defined(__linux__)
#define CHLADNI_AMX __attribute__((target("amx-tile,amx-bf16,avx512f,avx512bf16")))

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace chladni::nn::kernels {

using Half = std::uint16_t;

constexpr std::int64_t kSide = 16;             // rows of a tile; also its columns of fp32
constexpr std::int64_t kDeep = 2 * kSide;      // what one product of tiles sums over
constexpr std::int64_t kTile = kSide * kDeep;  // halves in a tile
constexpr std::int64_t kRows = 2 * kSide;      // left rows at a time

inline std::int64_t paddedRows(std::int64_t rows) { return (rows + kDeep - 1) / kDeep * kDeep; }

// Rows of a matrix somewhere in memory.
struct HalfRows {
  const Half* first = nullptr;
  std::int64_t count = 0, stride = 0, size = 0;
};

class TileScope {
 public:
  CHLADNI_AMX TileScope() {
    const Shapes shapes;
    _tile_loadconfig(&shapes);
  }
  CHLADNI_AMX ~TileScope() { _tile_release(); }
  TileScope(const TileScope&) = delete;
  TileScope& operator=(const TileScope&) = delete;

 private:
  struct alignas(64) Shapes {
    std::uint8_t palette = 1, start = 0, reserved[14] = {};
    std::uint16_t rowBytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
  };
};

// For products with the transpose: tiles [row / 16, i / 32] of [pair of i, row].
inline void packTransposed(std::vector<Half>& to, const HalfRows& from) {
  to.assign(static_cast<std::size_t>(paddedRows(from.count) * from.size), 0);
  for (std::int64_t row = 0; row < from.count; ++row) {
    const Half* source = from.first + row * from.stride;
    Half* place = to.data() + row / kSide * kSide * from.size + row % kSide * 2;
    for (std::int64_t pair = 0; pair < from.size / 2; ++pair) std::memcpy(place + pair * kDeep, source + 2 * pair, 2 * sizeof(Half));
  }
}

CHLADNI_AMX inline __m512i sixteenOf(const HalfRows& from, std::int64_t row, std::int64_t i) {
  if (row >= from.count) return _mm512_setzero_si512();
  return _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from.first + row * from.stride + i)));
}

// For products with the matrix itself: tiles [row / 32, i / 16] of [pair of rows, i].
CHLADNI_AMX inline void packPlain(std::vector<Half>& to, const HalfRows& from) {
  to.resize(static_cast<std::size_t>(paddedRows(from.count) * from.size));
  for (std::int64_t row = 0; row < paddedRows(from.count); row += 2)
    for (std::int64_t i = 0; i < from.size; i += kSide) {
      Half* place = to.data() + row / kDeep * kDeep * from.size + i / kSide * kTile + row % kDeep / 2 * kDeep;
      _mm512_storeu_si512(place, _mm512_or_si512(sixteenOf(from, row, i), _mm512_slli_epi32(sixteenOf(from, row + 1, i), 16)));
    }
}

// Up to kRows rows from `first` on, side by side; what is missing stays as it is in `to` [kRows, size].
inline void copyRows(Half* to, const HalfRows& from, std::int64_t first) {
  for (std::int64_t row = 0; row < std::min(kRows, from.count - first); ++row)
    std::memcpy(to + row * from.size, from.first + (first + row) * from.stride, static_cast<std::size_t>(from.size) * sizeof(Half));
}

// out [kRows, to - from] = left [kRows, 32 kDepth] times the transpose of rows [from, to) of what packTransposed packed.
template <int kDepth>
CHLADNI_AMX void byTransposed(const Half* left, const std::vector<Half>& packed, std::int64_t from, std::int64_t to, float* out) {
  constexpr std::int64_t kSize = kDeep * kDepth;
  const Half* lower = left + kSide * kSize;
  _tile_loadd(0, left, 2 * kSize);
  _tile_loadd(2, lower, 2 * kSize);
  if constexpr (kDepth > 1) {
    _tile_loadd(1, left + kDeep, 2 * kSize);
    _tile_loadd(3, lower + kDeep, 2 * kSize);
  }
  for (std::int64_t row = from; row < to; row += kSide) {
    const Half* tile = packed.data() + row * kSize;
    _tile_zero(4);
    _tile_zero(5);
    _tile_loadd(6, tile, 64);
    _tile_dpbf16ps(4, 0, 6);
    _tile_dpbf16ps(5, 2, 6);
    if constexpr (kDepth > 1) {
      _tile_loadd(7, tile + kTile, 64);
      _tile_dpbf16ps(4, 1, 7);
      _tile_dpbf16ps(5, 3, 7);
    }
    _tile_stored(4, out + row - from, 4 * (to - from));
    _tile_stored(5, out + kSide * (to - from) + row - from, 4 * (to - from));
  }
}

// out [kSide, 32 kDepth] = weights [kSide, padded] times what packPlain packed.
template <int kDepth>
CHLADNI_AMX void byPlain(const Half* weights, const std::vector<Half>& packed, std::int64_t padded, float* out) {
  constexpr std::int64_t kSize = kDeep * kDepth;
  _tile_zero(0);
  _tile_zero(1);
  if constexpr (kDepth > 1) {
    _tile_zero(2);
    _tile_zero(3);
  }
  for (std::int64_t row = 0; row < padded; row += kDeep) {
    const Half* tile = packed.data() + row * kSize;
    _tile_loadd(4, weights + row, 2 * padded);
    _tile_loadd(5, tile, 64);
    _tile_dpbf16ps(0, 4, 5);
    _tile_loadd(6, tile + kTile, 64);
    _tile_dpbf16ps(1, 4, 6);
    if constexpr (kDepth > 1) {
      _tile_loadd(5, tile + 2 * kTile, 64);
      _tile_dpbf16ps(2, 4, 5);
      _tile_loadd(6, tile + 3 * kTile, 64);
      _tile_dpbf16ps(3, 4, 6);
    }
  }
  _tile_stored(0, out, 4 * kSize);
  _tile_stored(1, out + kSide, 4 * kSize);
  if constexpr (kDepth > 1) {
    _tile_stored(2, out + 2 * kSide, 4 * kSize);
    _tile_stored(3, out + 3 * kSide, 4 * kSize);
  }
}

// Sixteen floats to bf16 by the processor, to nearest.
CHLADNI_AMX inline void storeBf16(Half* to, __m512 x) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x))); }

// One row of a result to bf16.
CHLADNI_AMX inline void storeRow(Half* to, const float* row, std::int64_t size, float factor) {
  for (std::int64_t i = 0; i < size; i += kSide) storeBf16(to + i, _mm512_mul_ps(_mm512_loadu_ps(row + i), _mm512_set1_ps(factor)));
}

// Which of the sixteen from `i` on are there.
inline __mmask16 validFrom(std::int64_t i, std::int64_t count) {
  return static_cast<__mmask16>((1U << std::clamp<std::int64_t>(count - i, 0, 16)) - 1U);
}

}  // namespace chladni::nn::kernels
#endif
