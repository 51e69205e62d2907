// Fitting pre-trained tensors to another input: position tables of other grids, three-channel patch kernels.
// Tables are [1, leading + rows * columns, width], row by row. Source: the AST reference's initialisation from DeiT and
// from its own AudioSet model.
#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace chladni::models::ast {

struct GridSize {
  std::int64_t rows = 0;     // frequency
  std::int64_t columns = 0;  // time
  [[nodiscard]] std::int64_t count() const { return rows * columns; }
  bool operator==(const GridSize&) const = default;
};

// A smaller side is cut from the middle, a larger one resized (bilinear, sample centres, no anti-aliasing), time first.
// Precondition: the table has leading + source.count() rows.
at::Tensor adaptPositions(const at::Tensor& table, std::int64_t leading, GridSize source, GridSize target);

// [width, channels, patch, patch] to [width, 1, patch, patch]: the sum over channels.
at::Tensor sumChannels(const at::Tensor& kernel);

}  // namespace chladni::models::ast
