// Pictures as tables of patches, fixed position tables, and the error of painted patches. Patches are row by row;
// inside a patch: row, column, then channel. Throws c10::Error.
// Sources: He et al., "Masked Autoencoders", 2022; Gong et al., "Contrastive Audio-Visual Masked Autoencoder", 2023.
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

// [batch, channel, height, width] to [batch, patch, size * size * channel]. Sides are multiples of size.
at::Tensor patchify(const at::Tensor& picture, std::int64_t size);
// The inverse, for a grid of rows x columns patches.
at::Tensor unpatchify(const at::Tensor& patches, std::int64_t rows, std::int64_t columns, std::int64_t channels);

// Mean and deviation of each patch, sqrt(var + 1e-6) with n - 1, [batch, patch, 1].
struct PatchStatistics {
  at::Tensor mean, deviation;
};
PatchStatistics patchStatistics(const at::Tensor& patches);
at::Tensor standardised(const at::Tensor& patches);

// Mean squared difference of each patch, [batch, patch].
at::Tensor patchError(const at::Tensor& predicted, const at::Tensor& target);
// Mean of `perToken` [batch, token] over the tokens that the mask marks.
at::Tensor maskedMean(const at::Tensor& perToken, const at::Tensor& mask);

// [1, rows * columns, width] fp32: the first half of the width encodes the column, the second the row; each half is
// sines, then cosines, of p 10000^(-k / (width / 4)). width is a multiple of 4.
at::Tensor sinCosPositions(std::int64_t width, std::int64_t rows, std::int64_t columns);
// [1, count, width] fp32: one index over all positions, sines and cosines by turns (Vaswani et al. 2017). width is even.
at::Tensor sinCosIndexPositions(std::int64_t width, std::int64_t count);

}  // namespace chladni::nn
