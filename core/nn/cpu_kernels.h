// Attention of one head for processors with AVX-512 or AMX, without ever holding the table of token x token: several times
// faster than two batched products and a softmax between them. Plain memory, single-threaded; callers split the work by
// head. No torch here. bf16 values are std::uint16_t, the upper half of a float.
#pragma once

#include <cstdint>

namespace chladni::nn::kernels {

// Whether attendHead may be called on this processor for heads of this size (16, 32, 48 or 64).
bool canAttend(std::int64_t headSize);

// qkv [token, 3, head, size] fp32 of one clip; one head's rows [0, queries) are written to out [query, head, size],
// which is fp32 or, when `half` is given instead, bf16.
struct AttentionJob {
  const float* qkv = nullptr;
  float* out = nullptr;
  std::uint16_t* half = nullptr;
  std::int64_t tokens = 0, heads = 0, size = 0, queries = 0;
};
void attendHead(const AttentionJob& job, std::int64_t head);

// The same in bf16 on processors with AMX: products of bf16 summed in fp32, the softmax in fp32, its weights rounded to bf16.
// Heads of 32 or 64. The thread's tiles are its own while it lasts.
bool canAttendHalf(std::int64_t headSize);
struct HalfAttentionJob {
  const std::uint16_t* qkv = nullptr;  // [token, 3, head, size]
  std::uint16_t* out = nullptr;        // [query, head, size]
  float* logSums = nullptr;            // [head, query]: log of the sum of exp of a query's scaled scores; null when not wanted
  std::int64_t tokens = 0, heads = 0, size = 0, queries = 0;
};
void attendHeadHalf(const HalfAttentionJob& job, std::int64_t head);
// The way back: `job` as attendHeadHalf left it, logSums included. From the slopes of `out` to the head's places in those of
// `qkv`, both laid out like these; queries beyond `queries` are left as they are.
void attendHeadHalfBack(const HalfAttentionJob& job, const std::uint16_t* resultSlopes, std::int64_t head, std::uint16_t* slopes);

}  // namespace chladni::nn::kernels
