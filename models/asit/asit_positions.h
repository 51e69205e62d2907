// Position tables for longer or shorter clips. Tables are [1, 1 + columns * rows, width], the class position first, then
// time by time. Throws c10::Error. Source: the rule is not in the authors' code; bicubic to the wanted size is this
// project's choice, the other two are those of the picture models that ASiT descends from.
#pragma once

#include <optional>
#include <string_view>

#include <ATen/core/Tensor.h>

namespace chladni::models::asit {

enum class PositionResize {
  bicubic,       // to the wanted size, sample centres
  bilinear,
  bicubicScale,  // by the scale factor (wanted + 0.1) / present, which shifts the samples a little
  cropMiddle     // the middle of a longer table, as AST shortens; a longer one is made by `bicubic`
};

std::optional<PositionResize> positionResizeNamed(std::string_view name);  // "bicubic", "bilinear", "bicubic-scale", "crop"

struct TokenGrid {
  std::int64_t columns = 0;  // time
  std::int64_t rows = 0;     // frequency
  [[nodiscard]] std::int64_t count() const { return columns * rows; }
  bool operator==(const TokenGrid&) const = default;
};

// Precondition: the table has 1 + source.count() rows. Unchanged when the grids are equal.
at::Tensor resizedPositions(const at::Tensor& table, TokenGrid source, TokenGrid target, PositionResize how);

}  // namespace chladni::models::asit
