#include "core/nn/patchify.h"

#include <torch/types.h>

namespace chladni::nn {

at::Tensor patchify(const at::Tensor& pixels, std::int64_t patch) {
  TORCH_CHECK(pixels.dim() == 4 && pixels.size(2) % patch == 0 && pixels.size(3) % patch == 0, "a picture of ", pixels.sizes(),
              " does not divide into patches of ", patch);
  const auto rows = pixels.size(2) / patch;
  const auto columns = pixels.size(3) / patch;
  return pixels.reshape({pixels.size(0), pixels.size(1), rows, patch, columns, patch})
      .permute({0, 2, 4, 3, 5, 1})  // [batch, row, column, y, x, channel]
      .reshape({pixels.size(0), rows * columns, patch * patch * pixels.size(1)});
}

at::Tensor unpatchify(const at::Tensor& patches, const PatchLayout& layout) {
  const auto size = layout.patch;
  return patches.reshape({patches.size(0), layout.rows, layout.columns, size, size, layout.channels})
      .permute({0, 5, 1, 3, 2, 4})  // [batch, channel, row, y, column, x]
      .reshape({patches.size(0), layout.channels, layout.rows * size, layout.columns * size});
}

at::Tensor spreadOverPixels(const at::Tensor& perPatch, const PatchLayout& layout) {
  return perPatch.reshape({perPatch.size(0), layout.rows, layout.columns})
      .repeat_interleave(layout.patch, 1)
      .repeat_interleave(layout.patch, 2);
}

PatchStatistics patchStatistics(const at::Tensor& patches) {
  const auto variance = patches.var(std::vector<std::int64_t>{-1}, /*unbiased=*/true, /*keepdim=*/true);
  return {patches.mean(-1, /*keepdim=*/true), (variance + 1e-6).sqrt()};
}

at::Tensor normalisedPatches(const at::Tensor& patches) {
  const auto statistics = patchStatistics(patches);
  return (patches - statistics.mean) / statistics.deviation;
}

}  // namespace chladni::nn
