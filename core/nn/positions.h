// Fixed tables of positions for patches, [patch, width] fp32, computed in double.
// sinCos2d: row-major patches; the first half of the width encodes the column (time), the second the row, each half as
// sines then cosines of position * 10000^(-k / (width / 4)) (He et al. 2022). width must be divisible by 4.
// sinCos1d: one index over all patches, sines and cosines interleaved (Vaswani et al. 2017). width must be even.
// Other widths throw c10::Error. Stateless; any thread.
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace chladni::nn {

at::Tensor sinCos2d(std::int64_t width, std::int64_t rows, std::int64_t columns);
at::Tensor sinCos1d(std::int64_t width, std::int64_t patches);

}  // namespace chladni::nn
