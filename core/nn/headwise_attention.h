// Attention with gradients on the CPU in fp32: every head of every clip is worked through by one core, forward and back,
// with products of that core alone. The batched products of LibTorch without MKL go head by head through all of OpenBLAS's
// threads instead, which spend most of their time waiting for each other. The same sums in another order.
// Any thread. No second derivatives. Throws c10::Error.
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

// Whether headwiseAttention takes it: fp32 on the CPU, not under autocast.
bool suitsHeadwise(const at::Tensor& qkv);

// As fusedAttention (core/nn/attention.h).
at::Tensor headwiseAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries = 0);

}  // namespace chladni::nn
