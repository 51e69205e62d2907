#include "models/bag_of_codes/bag_patches.h"

#include <algorithm>
#include <cmath>

#include <torch/types.h>

namespace chladni::models::bag {
namespace {

double keys(double distance, double a) {
  const double x = std::abs(distance);
  if (x <= 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
  if (x < 2.0) return ((a * x - 5.0 * a) * x + 8.0 * a) * x - 4.0 * a;
  return 0.0;
}

// [to, from]: the shares of the old samples in each new one.
at::Tensor resampling(std::int64_t from, std::int64_t to, double coefficient, const at::TensorOptions& options) {
  auto shares = torch::zeros({to, from}, torch::kDouble);
  auto* table = shares.data_ptr<double>();
  for (std::int64_t t = 0; t < to; ++t) {
    const double centre = (static_cast<double>(t) + 0.5) * static_cast<double>(from) / static_cast<double>(to) - 0.5;
    const auto left = static_cast<std::int64_t>(std::floor(centre));
    for (std::int64_t i = left - 1; i <= left + 2; ++i)
      table[t * from + std::clamp<std::int64_t>(i, 0, from - 1)] += keys(centre - static_cast<double>(i), coefficient);
  }
  return shares.to(options);
}

}  // namespace

at::Tensor cutPatches(const at::Tensor& pictures, const PatchShape& shape) {
  const auto batch = pictures.size(0);
  return pictures.reshape({batch, shape.gridRows, shape.rows, shape.gridColumns, shape.columns})
      .permute({0, 1, 3, 2, 4})
      .reshape({batch, shape.count(), shape.values()});
}

at::Tensor joinPatches(const at::Tensor& patches, const PatchShape& shape) {
  const auto batch = patches.size(0);
  return patches.reshape({batch, shape.gridRows, shape.gridColumns, shape.rows, shape.columns})
      .permute({0, 1, 3, 2, 4})
      .reshape({batch, shape.gridRows * shape.rows, shape.gridColumns * shape.columns});
}

at::Tensor shrink(const at::Tensor& pictures, std::int64_t rows, std::int64_t columns, double coefficient) {
  const auto down = resampling(pictures.size(1), rows, coefficient, pictures.options());
  const auto across = resampling(pictures.size(2), columns, coefficient, pictures.options());
  return at::matmul(at::matmul(down, pictures), across.t());
}

at::Tensor pictureFor(PatchKind kind, const at::Tensor& pictures, const BagConfig& config) {
  if (kind != PatchKind::whole) return pictures;
  return shrink(pictures, config.patchBins, config.patchFrames, config.bicubic);
}

at::Tensor patchesOf(PatchKind kind, const at::Tensor& pictures, const BagConfig& config) {
  return cutPatches(pictureFor(kind, pictures, config), config.shape(kind));
}

}  // namespace chladni::models::bag
