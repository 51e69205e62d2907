#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "core/base/assert.h"
#include "core/nn/cpu_kernels.h"
#include "core/nn/cpu_simd.h"

namespace chladni::nn::kernels {

#if CHLADNI_X86_KERNELS
namespace {

constexpr std::int64_t kRows = 6;     // queries at a time: 6 rows of 4 registers stay in registers
constexpr std::int64_t kColumns = 64;  // keys at a time

// What one head needs, packed: keys transposed and padded, values side by side, scores of a few queries.
struct Workspace {
  std::int64_t padded = 0;
  std::vector<float> keys, values, queries, scores;  // [size, padded], [token, size], [kRows, size], [kRows, padded]
};

void fill(Workspace& work, const AttentionJob& job, std::int64_t head) {
  const auto stride = 3 * job.heads * job.size;
  work.padded = (job.tokens + kColumns - 1) / kColumns * kColumns;
  work.keys.assign(static_cast<std::size_t>(job.size * work.padded), 0.0F);
  work.values.resize(static_cast<std::size_t>(job.tokens * job.size));
  work.queries.assign(static_cast<std::size_t>(kRows * job.size), 0.0F);
  work.scores.resize(static_cast<std::size_t>(kRows * work.padded));
  for (std::int64_t token = 0; token < job.tokens; ++token) {
    const float* key = job.qkv + token * stride + (job.heads + head) * job.size;
    for (std::int64_t i = 0; i < job.size; ++i) work.keys[static_cast<std::size_t>(i * work.padded + token)] = key[i];
    std::memcpy(&work.values[static_cast<std::size_t>(token * job.size)], key + job.heads * job.size,
                static_cast<std::size_t>(job.size) * sizeof(float));
  }
}

CHLADNI_AVX512 void scoreTile(Workspace& work, std::int64_t size, std::int64_t column) {
  __m512 sums[kRows][4];
#pragma GCC unroll 6
  for (int row = 0; row < kRows; ++row)
#pragma GCC unroll 4
    for (int part = 0; part < 4; ++part) sums[row][part] = _mm512_setzero_ps();
  for (std::int64_t i = 0; i < size; ++i) {
    const float* keys = work.keys.data() + i * work.padded + column;
    const __m512 key[4] = {_mm512_loadu_ps(keys), _mm512_loadu_ps(keys + 16), _mm512_loadu_ps(keys + 32),
                           _mm512_loadu_ps(keys + 48)};
#pragma GCC unroll 6
    for (int row = 0; row < kRows; ++row) {
      const __m512 query = _mm512_set1_ps(work.queries[static_cast<std::size_t>(row * size + i)]);
#pragma GCC unroll 4
      for (int part = 0; part < 4; ++part) sums[row][part] = _mm512_fmadd_ps(query, key[part], sums[row][part]);
    }
  }
#pragma GCC unroll 6
  for (int row = 0; row < kRows; ++row)
#pragma GCC unroll 4
    for (int part = 0; part < 4; ++part)
      _mm512_storeu_ps(work.scores.data() + row * work.padded + column + 16 * part, sums[row][part]);
}

// Scores to exp(score - largest); returns their sum. Padding becomes 0.
CHLADNI_AVX512 float exponentiate(float* scores, std::int64_t tokens, std::int64_t padded) {
  __m512 largest = _mm512_set1_ps(scores[0]);
  std::int64_t i = 0;
  for (; i + 16 <= tokens; i += 16) largest = _mm512_max_ps(largest, _mm512_loadu_ps(scores + i));
  for (float top = _mm512_reduce_max_ps(largest); i < tokens; ++i) {
    top = std::max(top, scores[i]);
    largest = _mm512_set1_ps(top);
  }
  const __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(largest));
  __m512 sum = _mm512_setzero_ps();
  for (i = 0; i < padded; i += 16) {
    const auto left = std::clamp<std::int64_t>(tokens - i, 0, 16);
    const auto valid = static_cast<__mmask16>((1U << left) - 1U);
    const __m512 power = _mm512_maskz_mov_ps(valid, exponential(_mm512_sub_ps(_mm512_loadu_ps(scores + i), top)));
    _mm512_storeu_ps(scores + i, power);
    sum = _mm512_add_ps(sum, power);
  }
  return _mm512_reduce_add_ps(sum);
}

template <int kParts>
CHLADNI_AVX512 void mixValues(const Workspace& work, std::int64_t tokens, __m512 (&sums)[kRows][kParts]) {
#pragma GCC unroll 6
  for (int row = 0; row < kRows; ++row)
#pragma GCC unroll 4
    for (int part = 0; part < kParts; ++part) sums[row][part] = _mm512_setzero_ps();
  for (std::int64_t token = 0; token < tokens; ++token) {
    const float* values = work.values.data() + token * 16 * kParts;
    __m512 value[kParts];
#pragma GCC unroll 4
    for (int part = 0; part < kParts; ++part) value[part] = _mm512_loadu_ps(values + 16 * part);
#pragma GCC unroll 6
    for (int row = 0; row < kRows; ++row) {
      const __m512 weight = _mm512_set1_ps(work.scores[static_cast<std::size_t>(row * work.padded + token)]);
#pragma GCC unroll 4
      for (int part = 0; part < kParts; ++part) sums[row][part] = _mm512_fmadd_ps(weight, value[part], sums[row][part]);
    }
  }
}

template <int kParts>
CHLADNI_AVX512 void attendRows(Workspace& work, const AttentionJob& job, std::int64_t head, std::int64_t first) {
  const auto stride = 3 * job.heads * job.size;
  const float scale = 1.0F / std::sqrt(static_cast<float>(job.size));
  const auto rows = std::min(kRows, job.queries - first);
  for (std::int64_t row = 0; row < rows; ++row)
    for (std::int64_t i = 0; i < job.size; ++i)
      work.queries[static_cast<std::size_t>(row * job.size + i)] =
          job.qkv[(first + row) * stride + head * job.size + i] * scale;
  for (std::int64_t column = 0; column < work.padded; column += kColumns) scoreTile(work, job.size, column);
  float sums[kRows];
  for (std::int64_t row = 0; row < kRows; ++row)
    sums[row] = exponentiate(work.scores.data() + row * work.padded, job.tokens, work.padded);
  __m512 mixed[kRows][kParts];
  mixValues<kParts>(work, job.tokens, mixed);
  for (std::int64_t row = 0; row < rows; ++row)
    for (int part = 0; part < kParts; ++part) {
      const auto place = ((first + row) * job.heads + head) * job.size + 16 * part;
      const __m512 value = _mm512_mul_ps(mixed[row][part], _mm512_set1_ps(1.0F / sums[row]));
      if (job.half != nullptr)
        storeHalf(job.half + place, value);
      else
        _mm512_storeu_ps(job.out + place, value);
    }
}

}  // namespace

bool canAttend(std::int64_t headSize) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") != 0 && (headSize == 16 || headSize == 32 || headSize == 48 || headSize == 64);
}

void attendHead(const AttentionJob& job, std::int64_t head) {
  CHLADNI_ASSERT(canAttend(job.size) && job.queries <= job.tokens);
  static thread_local Workspace work;
  fill(work, job, head);
  for (std::int64_t first = 0; first < job.queries; first += kRows) {
    switch (job.size / 16) {
      case 1: attendRows<1>(work, job, head, first); break;
      case 2: attendRows<2>(work, job, head, first); break;
      case 3: attendRows<3>(work, job, head, first); break;
      default: attendRows<4>(work, job, head, first); break;
    }
  }
}

#else

bool canAttend(std::int64_t) { return false; }
void attendHead(const AttentionJob&, std::int64_t) { CHLADNI_ASSERT(!"no vector kernels on this processor"); }

#endif

}  // namespace chladni::nn::kernels
