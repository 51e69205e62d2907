// Random masking of patches and tokens as masked autoencoders do it: noise is sorted (stably, lowest index first), the
// first entries are kept, in shuffled order. Shared by every family that masks. Masks [batch, token] fp32, 1 = removed.
// Throws c10::Error. Source: He et al., "Masked Autoencoders Are Scalable Vision Learners", 2022.
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

struct TokenMask {
  at::Tensor shuffle;  // [batch, token] int64, order of the noise
  at::Tensor restore;  // [batch, token] int64, its inverse
  at::Tensor mask;     // [batch, token] fp32, in the tokens' own order
  std::int64_t kept = 0;
  [[nodiscard]] TokenMask to(c10::Device device) const {
    return {shuffle.to(device), restore.to(device), mask.to(device), kept};
  }
};

// floor(tokens (1 - ratio)), in double arithmetic.
std::int64_t keptCount(std::int64_t tokens, double ratio);
// noise [batch, token], any finite numbers.
TokenMask maskByNoise(const at::Tensor& noise, std::int64_t kept);
inline TokenMask maskByNoise(const at::Tensor& noise, double ratio) { return maskByNoise(noise, keptCount(noise.size(1), ratio)); }

// [batch, token, width] to [batch, kept, width], shuffled.
at::Tensor keepTokens(const at::Tensor& tokens, const TokenMask& mask);
// The inverse: [batch, kept, width] to [batch, token, width], filled with maskToken [1, 1, width].
at::Tensor restoreTokens(const at::Tensor& kept, const at::Tensor& maskToken, const TokenMask& mask);

}  // namespace chladni::nn
