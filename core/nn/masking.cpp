#include "core/nn/masking.h"

#include <cmath>

#include <torch/types.h>

namespace chladni::nn {

std::int64_t keptCount(std::int64_t tokens, double ratio) {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(tokens) * (1.0 - ratio)));
}

TokenMask maskByNoise(const at::Tensor& noise, std::int64_t kept) {
  const auto order = [](const at::Tensor& values) {
    return std::get<1>(at::sort(values, /*stable=*/true, /*dim=*/1, /*descending=*/false));
  };
  TokenMask mask;
  mask.kept = kept;
  mask.shuffle = order(noise);
  mask.restore = order(mask.shuffle);
  mask.mask = mask.restore.ge(kept).to(at::kFloat);
  return mask;
}

at::Tensor keepTokens(const at::Tensor& tokens, const TokenMask& mask) {
  const auto kept = mask.shuffle.narrow(1, 0, mask.kept).unsqueeze(-1);
  return tokens.gather(1, kept.expand({-1, -1, tokens.size(2)}));
}

at::Tensor restoreTokens(const at::Tensor& kept, const at::Tensor& maskToken, const TokenMask& mask) {
  const auto batch = kept.size(0);
  const auto removed = mask.restore.size(1) - kept.size(1);
  const auto all = at::cat({kept, maskToken.to(kept.scalar_type()).expand({batch, removed, -1})}, 1);
  return all.gather(1, mask.restore.unsqueeze(-1).expand({-1, -1, kept.size(2)}));
}

}  // namespace chladni::nn
