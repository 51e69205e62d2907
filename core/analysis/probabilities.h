// Probabilities from logits: sigmoid for models of many labels, else softmax; logits are divided by the temperature of the
// package first. Pure. Preconditions: as many of one as of the other, at least one, temperature > 0.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

namespace chladni::analysis {

inline void probabilities(std::span<const float> logits, double temperature, bool multiLabel, std::span<float> out) {
  const float scale = static_cast<float>(1.0 / temperature);
  if (multiLabel) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = 1.0F / (1.0F + std::exp(-logits[i] * scale));
    return;
  }
  const float largest = *std::max_element(logits.begin(), logits.end());
  double sum = 0.0;
  for (std::size_t i = 0; i < out.size(); ++i) sum += out[i] = std::exp((logits[i] - largest) * scale);
  for (float& p : out) p = static_cast<float>(p / sum);
}

}  // namespace chladni::analysis
