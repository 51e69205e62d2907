// Contrastive loss of two sets of pooled representations, a [batch, width] and b [batch, width], partners at the same
// index: similarity = cosine / temperature. Throws c10::Error.
// Sources: Gong et al., "Contrastive Audio-Visual Masked Autoencoder", 2023, whose program takes the soft-max over the
// first set; the audio + lyrics thesis takes it over the second.
#pragma once

#include <ATen/core/Tensor.h>

namespace chladni::nn {

enum class ContrastiveReading {
  columns,  // for every b, soft-max over the a
  rows,     // for every a, soft-max over the b
  both      // mean of the two
};

struct ContrastiveResult {
  at::Tensor loss;      // scalar
  at::Tensor accuracy;  // scalar, share of items whose own partner is the most similar; without gradient
};

ContrastiveResult contrastive(const at::Tensor& a, const at::Tensor& b, ContrastiveReading reading,
                              double temperature = 0.05);

}  // namespace chladni::nn
