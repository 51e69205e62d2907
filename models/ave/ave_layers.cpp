#include "models/ave/ave_layers.h"

#include <cmath>
#include <string>

#include <torch/types.h>

namespace chladni::models::ave {

Projection::Projection(std::int64_t in, std::int64_t out) : weight(register_parameter("weight", torch::empty({out, in}))) {
  at::NoGradGuard guard;
  const double bound = 1.0 / std::sqrt(static_cast<double>(in));
  weight.uniform_(-bound, bound);
}

at::Tensor Projection::forward(const at::Tensor& x) const { return at::linear(x, weight); }

FusionTransform::FusionTransform(std::int64_t width)
    : first(register_module("0", std::make_shared<nn::Linear>(width, width))),
      second(register_module("2", std::make_shared<nn::Linear>(width, width))) {}

at::Tensor FusionTransform::forward(const at::Tensor& x) const { return second->forward(first->forward(x).tanh()); }

Recurrent::Recurrent(Cell cell, std::int64_t in, std::int64_t hidden) : cell_(cell), hidden_(hidden) {
  at::NoGradGuard guard;
  const auto gates = (cell == Cell::lstm ? 4 : 3) * hidden;
  const double bound = 1.0 / std::sqrt(static_cast<double>(hidden));
  const auto add = [&](const std::string& name, at::IntArrayRef shape) {
    register_parameter(name, torch::empty(shape).uniform_(-bound, bound));
  };
  for (const std::string direction : {"", "_reverse"}) {
    add("weight_ih_l0" + direction, {gates, in});
    add("weight_hh_l0" + direction, {gates, hidden});
    add("bias_ih_l0" + direction, {gates});
    add("bias_hh_l0" + direction, {gates});
  }
}

at::Tensor Recurrent::forward(const at::Tensor& x) const {
  const auto weights = parameters(/*recurse=*/false);  // in the order in which they were registered, which is PyTorch's
  const auto start = torch::zeros({2, x.size(0), hidden_}, x.options());
  const bool learning = at::GradMode::is_enabled();
  constexpr bool biases = true, bidirectional = true, batchFirst = true;
  constexpr double dropout = 0.0;
  if (cell_ == Cell::gru)
    return std::get<0>(at::gru(x, start, weights, biases, 1, dropout, learning, bidirectional, batchFirst));
  return std::get<0>(at::lstm(x, {start, start}, weights, biases, 1, dropout, learning, bidirectional, batchFirst));
}

}  // namespace chladni::models::ave
