#include "core/metrics/multi_label.h"

#include <cmath>

namespace chladni::metrics {

namespace {

struct Overlap {
  std::int64_t both = 0;
  std::int64_t truth = 0;
  std::int64_t predicted = 0;
};

Overlap overlapOf(std::span<const std::uint8_t> truth, std::span<const std::uint8_t> predicted) {
  Overlap found;
  for (std::size_t k = 0; k < truth.size(); ++k) {
    found.both += truth[k] != 0 && predicted[k] != 0;
    found.truth += truth[k] != 0;
    found.predicted += predicted[k] != 0;
  }
  return found;
}

Result<void> checkAlike(const LabelTable& a, const LabelTable& b) {
  if (a.items < 1 || a.classes < 1 || a.items != b.items || a.classes != b.classes || a.values.size() != b.values.size())
    return fail(ErrorCode::invalidArgument, "true and predicted labels must be tables of one size with at least one item");
  return {};
}

void addShare(ClassScores& sum, const ClassScores& part, double share) {
  sum.precision += part.precision * share;
  sum.recall += part.recall * share;
  sum.f1 += part.f1 * share;
}

}  // namespace

double lyricsThreshold() { return 1.0 / (1.0 + std::exp(1.5)); }

LabelTable above(const ScoreTable& scores, double threshold) {
  LabelTable labels(scores.items, scores.classes);
  for (std::size_t i = 0; i < labels.values.size(); ++i) labels.values[i] = scores.values[i] > threshold ? 1 : 0;
  return labels;
}

Result<ItemwiseScores> itemwiseScores(const LabelTable& truth, const LabelTable& predicted, EmptySet empty) {
  auto alike = checkAlike(truth, predicted);
  if (!alike) return fail(alike.error());
  const double ofNothing = empty == EmptySet::one ? 1.0 : 0.0;
  const auto quotient = [ofNothing](std::int64_t part, std::int64_t whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : ofNothing;
  };
  ItemwiseScores sum;
  for (std::int64_t item = 0; item < truth.items; ++item) {
    const Overlap own = overlapOf(truth.row(item), predicted.row(item));
    sum.accuracy += quotient(own.both, own.truth + own.predicted - own.both);
    sum.precision += quotient(own.both, own.predicted);
    sum.recall += quotient(own.both, own.truth);
    sum.f1 += quotient(2 * own.both, own.truth + own.predicted);
  }
  const auto items = static_cast<double>(truth.items);
  return ItemwiseScores{sum.accuracy / items, sum.precision / items, sum.recall / items, sum.f1 / items};
}

Result<LabelwiseReport> labelwiseReport(const LabelTable& truth, const LabelTable& predicted) {
  auto alike = checkAlike(truth, predicted);
  if (!alike) return fail(alike.error());
  LabelwiseReport report;
  std::int64_t carried = 0;
  for (std::int64_t k = 0; k < truth.classes; ++k) {
    const Overlap own = overlapOf(truth.column(k), predicted.column(k));
    report.perClass.push_back(scoresOf(own.both, own.predicted - own.both, own.truth - own.both));
    report.support.push_back(own.truth);
    carried += own.truth;
  }
  for (std::size_t k = 0; k < report.perClass.size(); ++k) {
    addShare(report.macro, report.perClass[k], 1.0 / static_cast<double>(truth.classes));
    if (carried > 0)
      addShare(report.weighted, report.perClass[k], static_cast<double>(report.support[k]) / static_cast<double>(carried));
  }
  const Overlap all = overlapOf(truth.values, predicted.values);
  report.micro = scoresOf(all.both, all.predicted - all.both, all.truth - all.both);
  return report;
}

}  // namespace chladni::metrics
