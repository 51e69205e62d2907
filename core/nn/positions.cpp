#include "core/nn/positions.h"

#include <torch/types.h>

namespace chladni::nn {
namespace {

// position [patch] times 10000^(-k / count), k = 0 .. count - 1
at::Tensor angles(const at::Tensor& position, std::int64_t count) {
  const auto k = torch::arange(count, at::kDouble) / static_cast<double>(count);
  return position.unsqueeze(1) * torch::pow(torch::full({1}, 10000.0, at::kDouble), -k).unsqueeze(0);
}

at::Tensor sinesThenCosines(const at::Tensor& position, std::int64_t width) {
  const auto turned = angles(position, width / 2);
  return torch::cat({turned.sin(), turned.cos()}, 1);
}

}  // namespace

at::Tensor sinCos2d(std::int64_t width, std::int64_t rows, std::int64_t columns) {
  TORCH_CHECK(width % 4 == 0, "a width of ", width, " is not divisible by 4, as two-dimensional positions need");
  const auto index = torch::arange(rows * columns, at::kDouble);
  const auto row = (index / static_cast<double>(columns)).floor();
  const auto column = index - row * static_cast<double>(columns);
  return torch::cat({sinesThenCosines(column, width / 2), sinesThenCosines(row, width / 2)}, 1).to(at::kFloat);
}

at::Tensor sinCos1d(std::int64_t width, std::int64_t patches) {
  TORCH_CHECK(width % 2 == 0, "a width of ", width, " is not even, as positions need");
  const auto turned = angles(torch::arange(patches, at::kDouble), width / 2);
  return torch::stack({turned.sin(), turned.cos()}, 2).flatten(1).to(at::kFloat);
}

}  // namespace chladni::nn
