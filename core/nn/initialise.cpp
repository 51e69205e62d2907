#include "core/nn/initialise.h"

#include <algorithm>
#include <cmath>

#include <torch/types.h>

#include "core/nn/blocks.h"

namespace chladni::nn {

void truncatedNormal(at::Tensor parameter, double deviation) {
  at::NoGradGuard guard;
  // Inverse of the normal distribution function, applied to uniforms between the values at -2 and +2.
  const auto distribution = [](double x) { return 0.5 * (1.0 + std::erf(x / std::sqrt(2.0))); };
  const double low = distribution(-2.0 / deviation);
  const double high = distribution(2.0 / deviation);
  const double limit = std::min(2.0, 6.0 * deviation);
  parameter.uniform_(2.0 * low - 1.0, 2.0 * high - 1.0);
  parameter.erfinv_().mul_(deviation * std::sqrt(2.0)).clamp_(-limit, limit);
}

void xavierUniform(at::Tensor parameter) {
  at::NoGradGuard guard;
  const auto rows = parameter.size(0);
  const auto bound = std::sqrt(6.0 / static_cast<double>(rows + parameter.numel() / rows));
  parameter.uniform_(-bound, bound);
}

void libraryDefault(at::Tensor weight, at::Tensor bias, std::int64_t fanIn) {
  at::NoGradGuard guard;
  const double bound = 1.0 / std::sqrt(static_cast<double>(fanIn));
  weight.uniform_(-bound, bound);
  bias.uniform_(-bound, bound);
}

namespace {

void resetNorm(LayerNorm& norm) {
  norm.weight.fill_(1.0);
  norm.bias.zero_();
}

}  // namespace

void initialiseTruncatedNormal(torch::nn::Module& module) {
  at::NoGradGuard guard;
  module.apply([](torch::nn::Module& part) {
    if (auto* linear = dynamic_cast<Linear*>(&part)) {
      truncatedNormal(linear->weight);
      linear->bias.zero_();
    } else if (auto* norm = dynamic_cast<LayerNorm*>(&part)) {
      resetNorm(*norm);
    }
  });
}

void initialiseXavier(torch::nn::Module& module) {
  at::NoGradGuard guard;
  module.apply([](torch::nn::Module& part) {
    if (auto* linear = dynamic_cast<Linear*>(&part)) {
      xavierUniform(linear->weight);
      linear->bias.zero_();
    } else if (auto* norm = dynamic_cast<LayerNorm*>(&part)) {
      resetNorm(*norm);
    } else if (auto* kernel = dynamic_cast<PatchKernel*>(&part)) {
      xavierUniform(kernel->weight);
    }
  });
}

}  // namespace chladni::nn
