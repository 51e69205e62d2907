// The layers that only these networks use, under the names of the published weights. Trainable; no run state.
// Throws c10::Error.
#pragma once

#include <cstdint>
#include <memory>

#include "core/nn/blocks.h"

#include "models/ave/ave_config.h"

namespace chladni::models::ave {

// y = x W^T, weight [out, in]: a linear layer without bias.
class Projection : public torch::nn::Module {
 public:
  Projection(std::int64_t in, std::int64_t out);
  at::Tensor forward(const at::Tensor& x) const;
  at::Tensor weight;
};

// Two linear layers of one width with tanh between, parts "0" and "2".
class FusionTransform : public torch::nn::Module {
 public:
  explicit FusionTransform(std::int64_t width);
  at::Tensor forward(const at::Tensor& x) const;
  std::shared_ptr<nn::Linear> first, second;
};

// One recurrent layer read in both directions from zero states, parameters as in PyTorch: weight_ih_l0 [gates * hidden, in],
// weight_hh_l0, bias_ih_l0, bias_hh_l0 and the same with _reverse. Gates of an LSTM: i, f, g, o; of a GRU: r, z, n.
class Recurrent : public torch::nn::Module {
 public:
  Recurrent(Cell cell, std::int64_t in, std::int64_t hidden);
  at::Tensor forward(const at::Tensor& x) const;  // [batch, segment, in] -> [batch, segment, 2 * hidden]

 private:
  Cell cell_;
  std::int64_t hidden_;
};

}  // namespace chladni::models::ave
