// From pictures to rows of patches and back. Pictures are [batch, bin, frame]; patches [batch, patch, value], values row
// by row with the bin outside, patches row by row of their grid. Any device and floating type; differentiable. Throws
// c10::Error.
// Source of the kernel: Keys 1981; coefficient -0.5 is that of TensorFlow, -0.75 that of PyTorch; no antialiasing.
#pragma once

#include <ATen/core/Tensor.h>

#include "models/bag_of_codes/bag_config.h"

namespace chladni::models::bag {

at::Tensor cutPatches(const at::Tensor& pictures, const PatchShape& shape);
at::Tensor joinPatches(const at::Tensor& patches, const PatchShape& shape);

// Bicubic, half-pixel centres, edges repeated: [batch, rows, columns].
at::Tensor shrink(const at::Tensor& pictures, std::int64_t rows, std::int64_t columns, double coefficient);

// What a kind cuts: the picture itself, or the shrunk one.
at::Tensor pictureFor(PatchKind kind, const at::Tensor& pictures, const BagConfig& config);
at::Tensor patchesOf(PatchKind kind, const at::Tensor& pictures, const BagConfig& config);

}  // namespace chladni::models::bag
