#include "core/nn/patches.h"

#include <cmath>

#include <torch/types.h>

namespace chladni::nn {

at::Tensor patchify(const at::Tensor& picture, std::int64_t size) {
  const auto batch = picture.size(0);
  const auto channels = picture.size(1);
  const auto rows = picture.size(2) / size;
  const auto columns = picture.size(3) / size;
  return picture.reshape({batch, channels, rows, size, columns, size})
      .permute({0, 2, 4, 3, 5, 1})
      .reshape({batch, rows * columns, size * size * channels});
}

at::Tensor unpatchify(const at::Tensor& patches, std::int64_t rows, std::int64_t columns, std::int64_t channels) {
  const auto batch = patches.size(0);
  const auto size = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(patches.size(2) / channels))));
  return patches.reshape({batch, rows, columns, size, size, channels})
      .permute({0, 5, 1, 3, 2, 4})
      .reshape({batch, channels, rows * size, columns * size});
}

PatchStatistics patchStatistics(const at::Tensor& patches) {
  const auto variance = patches.var(/*dim=*/at::IntArrayRef{-1}, /*unbiased=*/true, /*keepdim=*/true);
  return {patches.mean(-1, /*keepdim=*/true), (variance + 1e-6).sqrt()};
}

at::Tensor standardised(const at::Tensor& patches) {
  const auto statistics = patchStatistics(patches);
  return (patches - statistics.mean) / statistics.deviation;
}

at::Tensor patchError(const at::Tensor& predicted, const at::Tensor& target) {
  return (predicted - target).square().mean(-1);
}

at::Tensor maskedMean(const at::Tensor& perToken, const at::Tensor& mask) { return (perToken * mask).sum() / mask.sum(); }

namespace {

// [position, k] of p 10000^(-k / count), k = 0 .. count - 1.
at::Tensor angles(const at::Tensor& positions, std::int64_t count) {
  const auto k = at::arange(count, at::kDouble) / static_cast<double>(count);
  return at::outer(positions, at::pow(10000.0, -k));
}

// [position, width / 2] of one axis.
at::Tensor axisTable(const at::Tensor& positions, std::int64_t half) {
  const auto angle = angles(positions, half / 2);
  return at::cat({angle.sin(), angle.cos()}, 1);
}

}  // namespace

at::Tensor sinCosPositions(std::int64_t width, std::int64_t rows, std::int64_t columns) {
  const auto row = at::arange(rows, at::kDouble).repeat_interleave(columns);
  const auto column = at::arange(columns, at::kDouble).repeat(rows);
  const auto table = at::cat({axisTable(column, width / 2), axisTable(row, width / 2)}, 1);
  return table.to(at::kFloat).unsqueeze(0);
}

at::Tensor sinCosIndexPositions(std::int64_t width, std::int64_t count) {
  const auto angle = angles(at::arange(count, at::kDouble), width / 2);
  return at::stack({angle.sin(), angle.cos()}, 2).flatten(1).to(at::kFloat).unsqueeze(0);
}

}  // namespace chladni::nn
