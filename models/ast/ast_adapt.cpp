#include "models/ast/ast_adapt.h"

#include <torch/types.h>

#include "core/base/assert.h"

namespace chladni::models::ast {
namespace {

// One side of the picture [1, width, rows, columns]: the middle when it shrinks, a resized picture when it grows.
at::Tensor fitSide(const at::Tensor& picture, std::int64_t dimension, std::int64_t wanted) {
  const auto have = picture.size(dimension);
  if (wanted <= have) return picture.narrow(dimension, have / 2 - wanted / 2, wanted);
  const auto rows = dimension == 2 ? wanted : picture.size(2);
  const auto columns = dimension == 3 ? wanted : picture.size(3);
  return at::upsample_bilinear2d(picture.contiguous(), {rows, columns}, /*align_corners=*/false);
}

}  // namespace

at::Tensor adaptPositions(const at::Tensor& table, std::int64_t leading, GridSize source, GridSize target) {
  CHLADNI_ASSERT(table.dim() == 3 && table.size(1) == leading + source.count());
  at::NoGradGuard guard;
  const auto width = table.size(2);
  const auto patches = table.narrow(1, leading, source.count());
  auto picture = patches.transpose(1, 2).reshape({1, width, source.rows, source.columns}).to(at::kFloat);
  picture = fitSide(picture, 3, target.columns);
  picture = fitSide(picture, 2, target.rows);
  const auto flat = picture.reshape({1, width, target.count()}).transpose(1, 2);
  return torch::cat({table.narrow(1, 0, leading).to(at::kFloat), flat}, 1);
}

at::Tensor sumChannels(const at::Tensor& kernel) {
  at::NoGradGuard guard;
  return kernel.to(at::kFloat).sum(1, /*keepdim=*/true);
}

}  // namespace chladni::models::ast
