#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "core/base/assert.h"
#include "core/nn/cpu_kernels.h"
#include "core/nn/cpu_simd.h"

#if CHLADNI_X86_KERNELS && defined(__linux__)
#include <cpuid.h>
#define CHLADNI_AMX __attribute__((target("amx-tile,amx-bf16,avx512f")))
#endif

namespace chladni::nn::kernels {

#ifdef CHLADNI_AMX
namespace {

using Half = std::uint16_t;

constexpr std::int64_t kSide = 16;           // rows of a tile; also its columns of fp32
constexpr std::int64_t kDeep = 2 * kSide;    // what one product of tiles sums over
constexpr std::int64_t kTile = kSide * kDeep;  // halves in a tile
constexpr std::int64_t kRows = 2 * kSide;    // queries at a time

// One head. Tiles to multiply from the right hold pairs of what is summed over side by side.
struct Workspace {
  std::int64_t padded = 0;                 // keys, a multiple of kDeep
  std::vector<Half> keys;                  // [key / 16, i / 32] tiles of [pair of i, key]
  std::vector<Half> values;                // [key / 32, i / 16] tiles of [pair of keys, i]
  std::vector<Half> queries, weights;      // [kRows, size], [kRows, padded]
  std::vector<float> scores, mixed;        // [kRows, padded], [kSide, size]
};

struct alignas(64) TileShapes {
  std::uint8_t palette = 1, start = 0, reserved[14] = {};
  std::uint16_t rowBytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};

bool systemGivesTiles() {
  constexpr unsigned kAmxBf16 = 1U << 22, kAmxTile = 1U << 24;  // leaf 7.0, edx
  constexpr long kRequestPermission = 0x1023, kTileData = 18;   // arch_prctl(ARCH_REQ_XCOMP_PERM, XTILEDATA)
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (d & kAmxBf16) == 0 || (d & kAmxTile) == 0) return false;
  return ::syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}

// Sixteen keys, transposed by pairs.
void packKeys(Workspace& work, const HalfAttentionJob& job, const Half* first, std::int64_t stride) {
  work.keys.assign(static_cast<std::size_t>(work.padded * job.size), 0);
  for (std::int64_t key = 0; key < job.tokens; ++key) {
    const Half* from = first + key * stride;
    Half* to = work.keys.data() + key / kSide * kSide * job.size + key % kSide * 2;
    for (std::int64_t pair = 0; pair < job.size / 2; ++pair) std::memcpy(to + pair * kDeep, from + 2 * pair, 2 * sizeof(Half));
  }
}

CHLADNI_AMX void packValues(Workspace& work, const HalfAttentionJob& job, const Half* first, std::int64_t stride) {
  work.values.resize(static_cast<std::size_t>(work.padded * job.size));
  const auto sixteen = [&](std::int64_t key, std::int64_t i) CHLADNI_AMX {
    if (key >= job.tokens) return _mm512_setzero_si512();
    return _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(first + key * stride + i)));
  };
  for (std::int64_t key = 0; key < work.padded; key += 2)
    for (std::int64_t i = 0; i < job.size; i += kSide) {
      Half* to = work.values.data() + key / kDeep * kDeep * job.size + i / kSide * kTile + key % kDeep / 2 * kDeep;
      _mm512_storeu_si512(to, _mm512_or_si512(sixteen(key, i), _mm512_slli_epi32(sixteen(key + 1, i), 16)));
    }
}

// Scores of kRows queries and all keys. `kDepth` tiles hold a query.
template <int kDepth>
CHLADNI_AMX void score(Workspace& work, std::int64_t size) {
  const auto queryBytes = static_cast<long>(size * 2), scoreBytes = static_cast<long>(work.padded * 4);
  const Half* lower = work.queries.data() + kSide * size;
  _tile_loadd(0, work.queries.data(), queryBytes);
  _tile_loadd(2, lower, queryBytes);
  if constexpr (kDepth > 1) {
    _tile_loadd(1, work.queries.data() + kDeep, queryBytes);
    _tile_loadd(3, lower + kDeep, queryBytes);
  }
  for (std::int64_t key = 0; key < work.padded; key += kSide) {
    const Half* tile = work.keys.data() + key * size;
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
    _tile_stored(4, work.scores.data() + key, scoreBytes);
    _tile_stored(5, work.scores.data() + kSide * work.padded + key, scoreBytes);
  }
}

// exp(scale (score - largest)) as bf16, 0 for padding; returns their sum.
CHLADNI_AMX float exponentiate(const float* scores, Half* weights, std::int64_t tokens, std::int64_t padded, float scale) {
  const auto valid = [&](std::int64_t i) { return static_cast<__mmask16>((1U << std::clamp<std::int64_t>(tokens - i, 0, 16)) - 1U); };
  __m512 largest = _mm512_set1_ps(scores[0]);
  for (std::int64_t i = 0; i < tokens; i += 16) largest = _mm512_mask_max_ps(largest, valid(i), largest, _mm512_loadu_ps(scores + i));
  const __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(largest)), factor = _mm512_set1_ps(scale);
  __m512 sum = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < padded; i += 16) {
    const __m512 below = _mm512_mul_ps(_mm512_sub_ps(_mm512_loadu_ps(scores + i), top), factor);
    const __m512 power = _mm512_maskz_mov_ps(valid(i), exponential(below));
    storeHalf(weights + i, power);
    sum = _mm512_add_ps(sum, power);
  }
  return _mm512_reduce_add_ps(sum);
}

// Values of kSide queries from row `first` of the weights on, weighed and added.
template <int kParts>
CHLADNI_AMX void mixValues(Workspace& work, std::int64_t first, std::int64_t size) {
  _tile_zero(0);
  _tile_zero(1);
  if constexpr (kParts > 2) {
    _tile_zero(2);
    _tile_zero(3);
  }
  for (std::int64_t key = 0; key < work.padded; key += kDeep) {
    const Half* tile = work.values.data() + key * size;
    _tile_loadd(4, work.weights.data() + first * work.padded + key, static_cast<long>(work.padded * 2));
    _tile_loadd(5, tile, 64);
    _tile_dpbf16ps(0, 4, 5);
    _tile_loadd(6, tile + kTile, 64);
    _tile_dpbf16ps(1, 4, 6);
    if constexpr (kParts > 2) {
      _tile_loadd(5, tile + 2 * kTile, 64);
      _tile_dpbf16ps(2, 4, 5);
      _tile_loadd(6, tile + 3 * kTile, 64);
      _tile_dpbf16ps(3, 4, 6);
    }
  }
  const auto bytes = static_cast<long>(size * 4);
  _tile_stored(0, work.mixed.data(), bytes);
  _tile_stored(1, work.mixed.data() + kSide, bytes);
  if constexpr (kParts > 2) {
    _tile_stored(2, work.mixed.data() + 2 * kSide, bytes);
    _tile_stored(3, work.mixed.data() + 3 * kSide, bytes);
  }
}

CHLADNI_AMX void write(const Workspace& work, const HalfAttentionJob& job, std::int64_t head, std::int64_t query, std::int64_t row, float sum) {
  Half* out = job.out + (query * job.heads + head) * job.size;
  for (std::int64_t i = 0; i < job.size; i += kSide)
    storeHalf(out + i, _mm512_mul_ps(_mm512_loadu_ps(work.mixed.data() + row * job.size + i), _mm512_set1_ps(1.0F / sum)));
}

template <int kDepth>
CHLADNI_AMX void attendRows(Workspace& work, const HalfAttentionJob& job, std::int64_t head, std::int64_t first) {
  const auto stride = 3 * job.heads * job.size;
  const auto rows = std::min(kRows, job.queries - first);
  for (std::int64_t row = 0; row < rows; ++row)
    std::memcpy(work.queries.data() + row * job.size, job.qkv + (first + row) * stride + head * job.size, static_cast<std::size_t>(job.size) * sizeof(Half));
  score<kDepth>(work, job.size);
  float sums[kRows];
  for (std::int64_t row = 0; row < rows; ++row)
    sums[row] = exponentiate(work.scores.data() + row * work.padded, work.weights.data() + row * work.padded, job.tokens, work.padded,
                             1.0F / std::sqrt(static_cast<float>(job.size)));
  for (std::int64_t upper = 0; upper < rows; upper += kSide) {
    mixValues<2 * kDepth>(work, upper, job.size);
    for (std::int64_t row = upper; row < std::min(rows, upper + kSide); ++row) write(work, job, head, first + row, row - upper, sums[row]);
  }
}

}  // namespace

bool canAttendHalf(std::int64_t headSize) {
  static const bool tiles = systemGivesTiles();
  return tiles && (headSize == kDeep || headSize == 2 * kDeep);
}

CHLADNI_AMX void attendHeadHalf(const HalfAttentionJob& job, std::int64_t head) {
  CHLADNI_ASSERT(canAttendHalf(job.size) && job.queries <= job.tokens);
  static thread_local Workspace work;
  const auto stride = 3 * job.heads * job.size;
  work.padded = (job.tokens + kDeep - 1) / kDeep * kDeep;
  const Half* keys = job.qkv + (job.heads + head) * job.size;
  packKeys(work, job, keys, stride);
  packValues(work, job, keys + job.heads * job.size, stride);
  work.queries.assign(static_cast<std::size_t>(kRows * job.size), 0);
  work.weights.assign(static_cast<std::size_t>(kRows * work.padded), 0);
  work.scores.resize(static_cast<std::size_t>(kRows * work.padded));
  work.mixed.resize(static_cast<std::size_t>(kSide * job.size));
  const TileShapes shapes;
  _tile_loadconfig(&shapes);
  for (std::int64_t first = 0; first < job.queries; first += kRows) {
    if (job.size == kDeep)
      attendRows<1>(work, job, head, first);
    else
      attendRows<2>(work, job, head, first);
  }
  _tile_release();
}

#else

bool canAttendHalf(std::int64_t) { return false; }
void attendHeadHalf(const HalfAttentionJob&, std::int64_t) { CHLADNI_ASSERT(!"no tiles on this processor"); }

#endif

}  // namespace chladni::nn::kernels
