#include "core/metrics/score_table.h"

#include <algorithm>
#include <cmath>

namespace chladni::metrics {

namespace {

template <class Value>
std::vector<std::int64_t> largestOf(const Table<Value>& table) {
  std::vector<std::int64_t> found(static_cast<std::size_t>(table.items));
  for (std::int64_t item = 0; item < table.items; ++item) {
    const auto row = table.row(item);
    found[static_cast<std::size_t>(item)] = std::max_element(row.begin(), row.end()) - row.begin();
  }
  return found;
}

template <class Value>
bool complete(const Table<Value>& table) {
  return table.items > 0 && table.classes > 0 &&
         table.values.size() == static_cast<std::size_t>(table.items) * static_cast<std::size_t>(table.classes);
}

// Place of a class among the scores of an item, 0 the best; equal scores keep index order.
std::int64_t placeOf(std::span<const double> row, std::int64_t wanted) {
  const double own = row[static_cast<std::size_t>(wanted)];
  std::int64_t place = 0;
  for (std::size_t k = 0; k < row.size(); ++k)
    if (row[k] > own || (row[k] == own && static_cast<std::int64_t>(k) < wanted)) ++place;
  return place;
}

}  // namespace

ScoreTable scoreTable(const Matrix& scores) {
  ScoreTable table(scores.rows, scores.columns);
  std::copy(scores.values.begin(), scores.values.end(), table.values.begin());
  return table;
}

LabelTable oneHot(std::span<const std::int64_t> classOfItem, std::int64_t classes) {
  LabelTable table(static_cast<std::int64_t>(classOfItem.size()), classes);
  for (std::int64_t item = 0; item < table.items; ++item) {
    const auto own = classOfItem[static_cast<std::size_t>(item)];
    CHLADNI_ASSERT(own >= 0 && own < classes);
    table.row(item)[static_cast<std::size_t>(own)] = 1;
  }
  return table;
}

Result<void> check(const ScoreTable& scores) {
  if (!complete(scores)) return fail(ErrorCode::invalidArgument, "a table of scores needs items, classes and all values");
  if (!std::all_of(scores.values.begin(), scores.values.end(), [](double s) { return std::isfinite(s); }))
    return fail(ErrorCode::invalidArgument, "scores must be finite numbers; the model that made them has diverged");
  return {};
}

Result<void> check(const ScoreTable& scores, const LabelTable& labels) {
  auto fine = check(scores);
  if (!fine) return fine;
  if (!complete(labels) || labels.items != scores.items || labels.classes != scores.classes)
    return fail(ErrorCode::invalidArgument, "labels of " + std::to_string(labels.items) + " items and " +
                                                std::to_string(labels.classes) + " classes do not fit scores of " +
                                                std::to_string(scores.items) + " and " + std::to_string(scores.classes));
  return {};
}

std::vector<std::int64_t> largest(const ScoreTable& scores) { return largestOf(scores); }
std::vector<std::int64_t> largest(const LabelTable& labels) { return largestOf(labels); }

Result<double> accuracy(const ScoreTable& scores, const LabelTable& labels) {
  auto fine = check(scores, labels);
  if (!fine) return fail(fine.error());
  const auto truth = largest(labels);
  const auto predicted = largest(scores);
  std::int64_t equal = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) equal += truth[i] == predicted[i];
  return static_cast<double>(equal) / static_cast<double>(truth.size());
}

Result<double> topAccuracy(const ScoreTable& scores, std::span<const std::int64_t> truth, std::int64_t k) {
  auto fine = check(scores);
  if (!fine) return fail(fine.error());
  if (static_cast<std::int64_t>(truth.size()) != scores.items || k < 1)
    return fail(ErrorCode::invalidArgument, "top-k accuracy needs one class an item and k of 1 or more");
  std::int64_t hits = 0;
  for (std::int64_t item = 0; item < scores.items; ++item) {
    const auto own = truth[static_cast<std::size_t>(item)];
    if (own < 0 || own >= scores.classes)
      return fail(ErrorCode::invalidArgument, "item " + std::to_string(item) + " has class " + std::to_string(own) +
                                                  ", but there are " + std::to_string(scores.classes));
    hits += placeOf(scores.row(item), own) < k;
  }
  return static_cast<double>(hits) / static_cast<double>(scores.items);
}

}  // namespace chladni::metrics
