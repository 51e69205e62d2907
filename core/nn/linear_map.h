// The head of a classifier as plain data, for whoever teaches it anew without torch. Copies to the CPU.
#pragma once

#include <string>

#include <torch/types.h>

#include "core/inference/linear_head.h"
#include "core/nn/blocks.h"
#include "core/nn/tensor_exchange.h"

namespace chladni::nn {

// `name`: what the layer is called in the weights file, "mlp_head.1".
inline inference::LinearMap linearMap(const Linear& layer, const std::string& name) {
  at::NoGradGuard guard;
  const auto bias = layer.bias.to(at::kCPU).to(at::kFloat).contiguous();
  const float* first = bias.data_ptr<float>();
  return {toMatrix(layer.weight.to(at::kCPU).to(at::kFloat)), {first, first + bias.numel()}, name + ".weight", name + ".bias"};
}

}  // namespace chladni::nn
