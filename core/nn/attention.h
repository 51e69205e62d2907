// Scaled dot-product attention on a fused projection, written as matmul and softmax because the maps are wanted.
// qkv [batch, token, 3 * width], read per token as [3, head, width / heads]: query, key, value. Result
// [batch, token, width]. Differentiable.
#pragma once

#include <cstdint>

#include "core/nn/tap.h"

namespace chladni::nn {

at::Tensor fusedAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t layer, const Tap* tap);

}  // namespace chladni::nn
