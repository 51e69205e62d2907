// Matrix: a dense row-major table of floats, values[row * columns + column]. Used for spectrograms
// ([column of time, bin]), probabilities over time ([window, class]) and other small results.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/assert.h"

namespace chladni {

struct Matrix {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::vector<float> values;

  Matrix() = default;
  Matrix(std::int64_t r, std::int64_t c, float fill = 0.0F)
      : rows(r), columns(c), values(static_cast<std::size_t>(r * c), fill) {}

  [[nodiscard]] std::span<float> row(std::int64_t r) {
    CHLADNI_ASSERT(r >= 0 && r < rows);
    return {values.data() + r * columns, static_cast<std::size_t>(columns)};
  }
  [[nodiscard]] std::span<const float> row(std::int64_t r) const {
    CHLADNI_ASSERT(r >= 0 && r < rows);
    return {values.data() + r * columns, static_cast<std::size_t>(columns)};
  }
  [[nodiscard]] float at(std::int64_t r, std::int64_t c) const { return row(r)[static_cast<std::size_t>(c)]; }
};

}  // namespace chladni
