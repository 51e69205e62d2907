// Losses of masked autoencoders and of pairs of modalities. Differentiable; scalars are tensors without dimensions.
// Stateless; any thread. Sources: He et al. 2022 (pixels), Gong et al. 2023 (contrast).
#pragma once

#include <ATen/core/Tensor.h>

namespace chladni::nn {

struct PatchLoss {
  at::Tensor perPatch;  // [batch, patch], mean squared difference
  at::Tensor mean;      // over the hidden patches; 0 when none is hidden
};
// target and predicted [batch, patch, value], hidden [batch, patch] of 0 and 1.
PatchLoss hiddenPatchLoss(const at::Tensor& target, const at::Tensor& predicted, const at::Tensor& hidden);

// For every b the right a (softmax over the first index, columns), for every a the right b, or the mean of the two.
enum class ContrastOver { first, second, both };
struct Contrast {
  at::Tensor loss;
  at::Tensor accuracy;  // share of queries whose largest similarity is the right one
};
// a, b [batch, width], any length: cosine similarity divided by the temperature.
Contrast contrastOf(const at::Tensor& a, const at::Tensor& b, ContrastOver over, double temperature = 0.05);
// Rows scaled to unit length.
at::Tensor unitRows(const at::Tensor& rows);

}  // namespace chladni::nn
