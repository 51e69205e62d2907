// ScoreTable and LabelTable: what every measure compares. Scores are one row an item (clip or segment), one column a
// class, higher is surer; logits and probabilities both do. Labels are 0 or 1 in the same layout, any number of ones a
// row. Row-major, plain data: copy freely, share across threads when const. Measures refuse tables that do not fit
// together, and scores that are not numbers, with invalidArgument.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"

namespace chladni::metrics {

template <class Value>
struct Table {
  std::int64_t items = 0;
  std::int64_t classes = 0;
  std::vector<Value> values;  // [item, class]

  Table() = default;
  Table(std::int64_t n, std::int64_t k) : items(n), classes(k), values(static_cast<std::size_t>(n * k)) {}
  [[nodiscard]] std::span<const Value> row(std::int64_t item) const {
    CHLADNI_ASSERT(item >= 0 && item < items);
    return {values.data() + item * classes, static_cast<std::size_t>(classes)};
  }
  [[nodiscard]] std::span<Value> row(std::int64_t item) {
    CHLADNI_ASSERT(item >= 0 && item < items);
    return {values.data() + item * classes, static_cast<std::size_t>(classes)};
  }
  [[nodiscard]] std::vector<Value> column(std::int64_t index) const {
    CHLADNI_ASSERT(index >= 0 && index < classes);
    std::vector<Value> found(static_cast<std::size_t>(items));
    for (std::int64_t item = 0; item < items; ++item)
      found[static_cast<std::size_t>(item)] = values[static_cast<std::size_t>(item * classes + index)];
    return found;
  }
};

using ScoreTable = Table<double>;
using LabelTable = Table<std::uint8_t>;

ScoreTable scoreTable(const Matrix& scores);
LabelTable oneHot(std::span<const std::int64_t> classOfItem, std::int64_t classes);  // classes must be in range

// As many values as items * classes, at least one of each, and every score a number.
Result<void> check(const ScoreTable& scores);
Result<void> check(const ScoreTable& scores, const LabelTable& labels);

// The class with the largest value, the first of equals.
std::vector<std::int64_t> largest(const ScoreTable& scores);
std::vector<std::int64_t> largest(const LabelTable& labels);

// Share of items whose largest score is the class of their largest label.
Result<double> accuracy(const ScoreTable& scores, const LabelTable& labels);
// Share of items with their class among the k largest scores. Classes that tie with the last place count as missed only
// when k classes score strictly higher or tie before them in index order.
Result<double> topAccuracy(const ScoreTable& scores, std::span<const std::int64_t> truth, std::int64_t k);

}  // namespace chladni::metrics
