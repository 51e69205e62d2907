#include <cmath>

#include "core/base/assert.h"
#include "core/nn/amx_tiles.h"
#include "core/nn/cpu_kernels.h"

#ifdef CHLADNI_AMX
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace chladni::nn::kernels {

#ifdef CHLADNI_AMX
namespace {

// The three parts of a head in the fused projection.
struct Parts {
  HalfRows queries, keys, values;
};

Parts partsOf(const HalfAttentionJob& job, std::int64_t head) {
  const auto stride = 3 * job.heads * job.size;
  const auto part = [&](std::int64_t which, std::int64_t count) {
    return HalfRows{job.qkv + (which * job.heads + head) * job.size, count, stride, job.size};
  };
  return {part(0, job.queries), part(1, job.tokens), part(2, job.tokens)};
}

float scaleOf(const HalfAttentionJob& job) { return 1.0F / std::sqrt(static_cast<float>(job.size)); }

bool systemGivesTiles() {
  constexpr unsigned kAmxBf16 = 1U << 22, kAmxTile = 1U << 24;  // leaf 7.0, edx
  constexpr long kRequestPermission = 0x1023, kTileData = 18;   // arch_prctl(ARCH_REQ_XCOMP_PERM, XTILEDATA)
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (d & kAmxBf16) == 0 || (d & kAmxTile) == 0) return false;
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bf16") != 0 && ::syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}

struct RowSum {
  float largest = 0.0F, sum = 0.0F;  // of the scaled scores; of exp(score - largest)
};

// exp(scale score - largest) as bf16, 0 for padding.
CHLADNI_AMX RowSum exponentiate(const float* scores, Half* weights, std::int64_t tokens, std::int64_t padded, float scale) {
  __m512 largest = _mm512_set1_ps(scores[0]);
  for (std::int64_t i = 0; i < tokens; i += 16) largest = _mm512_mask_max_ps(largest, validFrom(i, tokens), largest, _mm512_loadu_ps(scores + i));
  const float top = _mm512_reduce_max_ps(largest) * scale;
  const __m512 factor = _mm512_set1_ps(scale), less = _mm512_set1_ps(top);
  __m512 sum = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < padded; i += 16) {
    const __m512 power = _mm512_maskz_mov_ps(validFrom(i, tokens), exponential(_mm512_fmsub_ps(_mm512_loadu_ps(scores + i), factor, less)));
    storeBf16(weights + i, power);
    sum = _mm512_add_ps(sum, power);
  }
  return {top, _mm512_reduce_add_ps(sum)};
}

struct Forward {
  std::vector<Half> keys, values, queries, weights;  // packed, packed, [kRows, size], [kRows, padded]
  std::vector<float> scores, mixed;                  // [kRows, padded], [kSide, size]
};

template <int kDepth>
CHLADNI_AMX void attendRows(Forward& work, const HalfAttentionJob& job, std::int64_t head, std::int64_t first) {
  const auto padded = paddedRows(job.tokens);
  const auto rows = std::min(kRows, job.queries - first);
  copyRows(work.queries.data(), partsOf(job, head).queries, first);
  byTransposed<kDepth>(work.queries.data(), work.keys, 0, padded, work.scores.data());
  RowSum sums[kRows];
  for (std::int64_t row = 0; row < rows; ++row)
    sums[row] = exponentiate(work.scores.data() + row * padded, work.weights.data() + row * padded, job.tokens, padded, scaleOf(job));
  for (std::int64_t row = 0; row < rows; ++row) {
    if (row % kSide == 0) byPlain<kDepth>(work.weights.data() + row * padded, work.values, padded, work.mixed.data());
    storeRow(job.out + ((first + row) * job.heads + head) * job.size, work.mixed.data() + row % kSide * job.size, job.size, 1.0F / sums[row].sum);
    if (job.logSums != nullptr) job.logSums[head * job.queries + first + row] = sums[row].largest + std::log(sums[row].sum);
  }
}

template <int kDepth>
CHLADNI_AMX void attendAll(const HalfAttentionJob& job, std::int64_t head) {
  static thread_local Forward work;
  const auto padded = paddedRows(job.tokens);
  const auto parts = partsOf(job, head);
  packTransposed(work.keys, parts.keys);
  packPlain(work.values, parts.values);
  work.queries.assign(static_cast<std::size_t>(kRows * job.size), 0);
  work.weights.assign(static_cast<std::size_t>(kRows * padded), 0);
  work.scores.resize(static_cast<std::size_t>(kRows * padded));
  work.mixed.resize(static_cast<std::size_t>(kSide * job.size));
  const TileScope tiles;
  for (std::int64_t first = 0; first < job.queries; first += kRows) attendRows<kDepth>(work, job, head, first);
}

constexpr std::int64_t kColumns = 128;  // at a time, on the way back

struct Backward {
  std::vector<Half> plainQueries, queries, plainKeys, keys, values, plainSlopes, slopes;  // packed; the slopes of the result
  std::vector<Half> left, leftOther;                                                      // [kRows, size]
  std::vector<Half> weights, scoreSlopes;                                                 // [kRows, padded]
  alignas(64) float scores[kRows * kColumns], weightSlopes[kRows * kColumns];             // of some columns, which stay in the first cache
  std::vector<float> mixed;                                                               // [kSide, size]
  std::vector<float> logSums, shares;  // [padded queries]; shares: sum of a query's result times its slope
};

// What the softmax over a query's scores came to: the log of its sum, and how much of the slopes it takes off.
struct RowTerms {
  __m512 logSum, share;
};

// The slopes of sixteen scores, weight (slope of the weight - share) scale, and if wanted the weights.
CHLADNI_AMX void slopesOfScores(const float* scores, const float* weightSlopes, const RowTerms& terms, float scale, __mmask16 valid, Half* slopes, Half* weights) {
  const __m512 factor = _mm512_set1_ps(scale);
  const __m512 weight = _mm512_maskz_mov_ps(valid, exponential(_mm512_fmsub_ps(_mm512_loadu_ps(scores), factor, terms.logSum)));
  storeBf16(slopes, _mm512_mul_ps(_mm512_mul_ps(weight, factor), _mm512_sub_ps(_mm512_loadu_ps(weightSlopes), terms.share)));
  if (weights != nullptr) storeBf16(weights, weight);
}

// Rows of one matrix times a packed one, scaled by nothing, to every `stride`-th place of `to`.
template <int kDepth>
CHLADNI_AMX void writeProduct(Backward& work, const std::vector<Half>& weights, const std::vector<Half>& packed, std::int64_t padded, std::int64_t rows, Half* to, std::int64_t stride) {
  constexpr std::int64_t kSize = kDeep * kDepth;
  for (std::int64_t row = 0; row < rows; ++row) {
    if (row % kSide == 0) byPlain<kDepth>(weights.data() + row * padded, packed, padded, work.mixed.data());
    storeRow(to + row * stride, work.mixed.data() + row % kSide * kSize, kSize, 1.0F);
  }
}

// The slopes of kRows queries.
template <int kDepth>
CHLADNI_AMX void slopesOfQueries(Backward& work, const HalfAttentionJob& job, const HalfRows& resultSlopes, std::int64_t head, std::int64_t first, Half* slopes) {
  const auto padded = paddedRows(job.tokens);
  const auto rows = std::min(kRows, job.queries - first);
  copyRows(work.left.data(), partsOf(job, head).queries, first);
  copyRows(work.leftOther.data(), resultSlopes, first);
  for (std::int64_t from = 0; from < padded; from += kColumns) {
    const auto to = std::min(padded, from + kColumns);
    byTransposed<kDepth>(work.left.data(), work.keys, from, to, work.scores);
    byTransposed<kDepth>(work.leftOther.data(), work.values, from, to, work.weightSlopes);
    for (std::int64_t row = 0; row < rows; ++row) {
      const RowTerms terms{_mm512_set1_ps(work.logSums[static_cast<std::size_t>(first + row)]), _mm512_set1_ps(work.shares[static_cast<std::size_t>(first + row)])};
      for (auto i = from; i < to; i += kSide) {
        const auto place = row * (to - from) + i - from;
        slopesOfScores(work.scores + place, work.weightSlopes + place, terms, scaleOf(job), validFrom(i, job.tokens), work.scoreSlopes.data() + row * padded + i, nullptr);
      }
    }
  }
  const auto stride = 3 * job.heads * job.size;
  writeProduct<kDepth>(work, work.scoreSlopes, work.plainKeys, padded, rows, slopes + first * stride + head * job.size, stride);
}

// The slopes of kRows keys and values.
template <int kDepth>
CHLADNI_AMX void slopesOfKeys(Backward& work, const HalfAttentionJob& job, std::int64_t head, std::int64_t first, Half* slopes) {
  const auto padded = paddedRows(job.queries);
  const auto rows = std::min(kRows, job.tokens - first);
  const auto parts = partsOf(job, head);
  copyRows(work.left.data(), parts.keys, first);
  copyRows(work.leftOther.data(), parts.values, first);
  for (std::int64_t from = 0; from < padded; from += kColumns) {
    const auto to = std::min(padded, from + kColumns);
    byTransposed<kDepth>(work.left.data(), work.queries, from, to, work.scores);
    byTransposed<kDepth>(work.leftOther.data(), work.slopes, from, to, work.weightSlopes);
    for (auto i = from; i < to; i += kSide) {
      const RowTerms terms{_mm512_loadu_ps(work.logSums.data() + i), _mm512_loadu_ps(work.shares.data() + i)};
      for (std::int64_t row = 0; row < rows; ++row) {
        const auto place = row * (to - from) + i - from;
        slopesOfScores(work.scores + place, work.weightSlopes + place, terms, scaleOf(job), validFrom(i, job.queries), work.scoreSlopes.data() + row * padded + i,
                       work.weights.data() + row * padded + i);
      }
    }
  }
  const auto stride = 3 * job.heads * job.size;
  Half* own = slopes + first * stride + (job.heads + head) * job.size;
  writeProduct<kDepth>(work, work.scoreSlopes, work.plainQueries, padded, rows, own, stride);
  writeProduct<kDepth>(work, work.weights, work.plainSlopes, padded, rows, own + job.heads * job.size, stride);
}

float asFloat(Half half) {
  const auto bits = static_cast<std::uint32_t>(half) << 16;
  float value = 0.0F;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

template <int kDepth>
CHLADNI_AMX void slopesOfAll(const HalfAttentionJob& job, const Half* resultSlopes, std::int64_t head, Half* slopes) {
  static thread_local Backward work;
  const auto parts = partsOf(job, head);
  const HalfRows ofResult{resultSlopes + head * job.size, job.queries, job.heads * job.size, job.size};
  packPlain(work.plainQueries, parts.queries);
  packTransposed(work.queries, parts.queries);
  packPlain(work.plainKeys, parts.keys);
  packTransposed(work.keys, parts.keys);
  packTransposed(work.values, parts.values);
  packPlain(work.plainSlopes, ofResult);
  packTransposed(work.slopes, ofResult);
  const auto queries = static_cast<std::size_t>(paddedRows(job.queries)), most = static_cast<std::size_t>(kRows * paddedRows(job.tokens));
  work.logSums.assign(queries, 0.0F);
  work.shares.assign(queries, 0.0F);
  for (std::int64_t query = 0; query < job.queries; ++query) {
    const Half* result = job.out + (query * job.heads + head) * job.size;
    for (std::int64_t i = 0; i < job.size; ++i) work.shares[static_cast<std::size_t>(query)] += asFloat(result[i]) * asFloat(ofResult.first[query * ofResult.stride + i]);
    work.logSums[static_cast<std::size_t>(query)] = job.logSums[head * job.queries + query];
  }
  for (auto* rows : {&work.left, &work.leftOther}) rows->assign(static_cast<std::size_t>(kRows * job.size), 0);
  for (auto* rows : {&work.weights, &work.scoreSlopes}) rows->assign(most, 0);
  work.mixed.resize(static_cast<std::size_t>(kSide * job.size));
  const TileScope tiles;
  for (std::int64_t first = 0; first < job.queries; first += kRows) slopesOfQueries<kDepth>(work, job, ofResult, head, first, slopes);
  for (std::int64_t first = 0; first < job.tokens; first += kRows) slopesOfKeys<kDepth>(work, job, head, first, slopes);
}

}  // namespace

bool canAttendHalf(std::int64_t headSize) {
  static const bool tiles = systemGivesTiles();
  return tiles && (headSize == kDeep || headSize == 2 * kDeep);
}

void attendHeadHalf(const HalfAttentionJob& job, std::int64_t head) {
  CHLADNI_ASSERT(canAttendHalf(job.size) && job.queries <= job.tokens);
  job.size == kDeep ? attendAll<1>(job, head) : attendAll<2>(job, head);
}

void attendHeadHalfBack(const HalfAttentionJob& job, const Half* resultSlopes, std::int64_t head, Half* slopes) {
  CHLADNI_ASSERT(canAttendHalf(job.size) && job.queries <= job.tokens && job.logSums != nullptr);
  job.size == kDeep ? slopesOfAll<1>(job, resultSlopes, head, slopes) : slopesOfAll<2>(job, resultSlopes, head, slopes);
}

#else

bool canAttendHalf(std::int64_t) { return false; }
void attendHeadHalf(const HalfAttentionJob&, std::int64_t) { CHLADNI_ASSERT(!"no tiles on this processor"); }
void attendHeadHalfBack(const HalfAttentionJob&, const std::uint16_t*, std::int64_t, std::uint16_t*) { CHLADNI_ASSERT(!"no tiles on this processor"); }

#endif

}  // namespace chladni::nn::kernels
