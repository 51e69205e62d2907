// Attention of bf16 by the matrix unit of x86 (AMX), with gradients: every head of every clip is worked through by one core,
// and no table of token x token is kept, forward or back; the way back computes the weights again from their rows' sums
// (Dao et al. 2022, "FlashAttention"). Any thread. No second derivatives. Throws c10::Error.
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

// Whether tiledAttention takes it: bf16 on a CPU with AMX, heads of 32 or 64.
bool suitsTiled(const at::Tensor& qkv, std::int64_t heads);

// As fusedAttention (core/nn/attention.h).
at::Tensor tiledAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries = 0);

}  // namespace chladni::nn
