#include "models/asit/asit_positions.h"

#include <array>

#include <torch/types.h>

#include "core/base/assert.h"

namespace chladni::models::asit {
namespace {

at::Tensor middle(const at::Tensor& picture, std::int64_t dimension, std::int64_t wanted) {
  const auto have = picture.size(dimension);
  return wanted < have ? picture.narrow(dimension, have / 2 - wanted / 2, wanted) : picture;
}

// picture [1, width, columns, rows].
at::Tensor resized(const at::Tensor& picture, TokenGrid target, PositionResize how) {
  const std::array<std::int64_t, 2> size{target.columns, target.rows};
  if (picture.size(2) == target.columns && picture.size(3) == target.rows) return picture;
  if (how == PositionResize::bilinear) return at::upsample_bilinear2d(picture, size, /*align_corners=*/false);
  if (how != PositionResize::bicubicScale) return at::upsample_bicubic2d(picture, size, /*align_corners=*/false);
  const auto scale = [&](std::int64_t wanted, int dimension) {
    return (static_cast<double>(wanted) + 0.1) / static_cast<double>(picture.size(dimension));
  };
  return at::upsample_bicubic2d(picture, size, /*align_corners=*/false, scale(target.columns, 2), scale(target.rows, 3));
}

}  // namespace

std::optional<PositionResize> positionResizeNamed(std::string_view name) {
  if (name == "bicubic") return PositionResize::bicubic;
  if (name == "bilinear") return PositionResize::bilinear;
  if (name == "bicubic-scale") return PositionResize::bicubicScale;
  if (name == "crop") return PositionResize::cropMiddle;
  return std::nullopt;
}

at::Tensor resizedPositions(const at::Tensor& table, TokenGrid source, TokenGrid target, PositionResize how) {
  CHLADNI_ASSERT(table.dim() == 3 && table.size(1) == 1 + source.count());
  if (source == target) return table;
  at::NoGradGuard guard;
  const auto width = table.size(2);
  auto picture = table.narrow(1, 1, source.count()).to(at::kFloat).reshape({1, source.columns, source.rows, width}).permute({0, 3, 1, 2});
  if (how == PositionResize::cropMiddle) picture = middle(middle(picture, 2, target.columns), 3, target.rows);
  const auto fitted = resized(picture.contiguous(), target, how).permute({0, 2, 3, 1}).reshape({1, target.count(), width});
  return torch::cat({table.narrow(1, 0, 1).to(at::kFloat), fitted}, 1);
}

}  // namespace chladni::models::asit
