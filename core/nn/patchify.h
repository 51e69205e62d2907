// Pictures cut into square patches and put together again: pixels [batch, channel, row, column], patches
// [batch, patch, patchSize * patchSize * channels], patches row by row, inside a patch row, column, then channel (He et
// al. 2022). The two are exact inverses. Sizes that do not divide throw c10::Error. Differentiable; any thread.
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

struct PatchLayout {
  std::int64_t patch = 16;
  std::int64_t rows = 0, columns = 0;  // of patches
  std::int64_t channels = 1;
};

at::Tensor patchify(const at::Tensor& pixels, std::int64_t patch);
at::Tensor unpatchify(const at::Tensor& patches, const PatchLayout& layout);
// [batch, patch] to [batch, row, column] of pixels: every pixel has its patch's value.
at::Tensor spreadOverPixels(const at::Tensor& perPatch, const PatchLayout& layout);
// (x - mean) / sqrt(variance + 1e-6) of every patch by itself, the variance with n - 1.
struct PatchStatistics {
  at::Tensor mean, deviation;  // [batch, patch, 1]
};
PatchStatistics patchStatistics(const at::Tensor& patches);
at::Tensor normalisedPatches(const at::Tensor& patches);

}  // namespace chladni::nn
