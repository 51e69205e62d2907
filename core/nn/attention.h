// Scaled dot-product attention on a fused projection, written as matmul and softmax because the maps are wanted.
// qkv [batch, token, 3 * width], read per token as [3, head, width / heads]: query, key, value.
#pragma once

#include <cstdint>

#include "core/nn/tap.h"

namespace chladni::nn {

// [batch, token, width]. Differentiable. `queries` > 0: only the first so many rows.
at::Tensor fusedAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries = 0);
// Gives a tap the softmax rows it wants of this layer, in fp32, computed apart and without gradient.
void showAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t layer, const Tap& tap);

}  // namespace chladni::nn
