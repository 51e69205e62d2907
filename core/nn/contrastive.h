// Contrastive loss of two sets of pooled representations, a [batch, width] and b [batch, width], partners at the same
// index: similarity = cosine / temperature. Within a GroupScope the batch is that of all processes: every one gets the
// joined loss, and for its own rows the gradient that makes the mean over the processes' weighted losses the joined one
// (weights: the share of a process's batch that has both). Throws c10::Error, PeerLost.
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

// What a process calls instead when none of its batch has both, so that the others do not wait for it.
void contrastiveWithout(std::int64_t width);

}  // namespace chladni::nn
