// Rows: a borrowed table of float rows, one observation each, row-major. Table: an owned table of doubles, for results
// that must not lose digits (centres, axes, projections). Plain data; any thread may read.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/assert.h"
#include "core/data/matrix.h"

namespace chladni::reduction {

struct Rows {
  const float* values = nullptr;  // [count, width]
  std::int64_t count = 0;
  std::int64_t width = 0;

  Rows() = default;
  Rows(std::span<const float> all, std::int64_t rowWidth)
      : values(all.data()), count(rowWidth > 0 ? static_cast<std::int64_t>(all.size()) / rowWidth : 0), width(rowWidth) {}
  Rows(const Matrix& matrix) : values(matrix.values.data()), count(matrix.rows), width(matrix.columns) {}

  [[nodiscard]] const float* row(std::int64_t r) const { return values + r * width; }
  [[nodiscard]] Rows part(std::int64_t first, std::int64_t rows) const {
    CHLADNI_ASSERT(first >= 0 && rows >= 0 && first + rows <= count);
    Rows some = *this;
    some.values = row(first);
    some.count = rows;
    return some;
  }
};

struct Table {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::vector<double> values;

  Table() = default;
  Table(std::int64_t r, std::int64_t c) : rows(r), columns(c), values(static_cast<std::size_t>(r * c), 0.0) {}

  [[nodiscard]] double* row(std::int64_t r) { return values.data() + r * columns; }
  [[nodiscard]] const double* row(std::int64_t r) const { return values.data() + r * columns; }
};

}  // namespace chladni::reduction
