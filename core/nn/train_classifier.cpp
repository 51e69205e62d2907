#include "core/nn/train_classifier.h"

#include <cmath>

#include <ATen/ATen.h>

#include "core/metrics/classification_report.h"
#include "core/metrics/ranking.h"
#include "core/nn/tensor_exchange.h"

namespace chladni::nn {
namespace {

at::Tensor softmaxLoss(const at::Tensor& table, const at::Tensor& target) {
  return -(target * table.log_softmax(-1)).sum(1).mean();
}

// Both losses are minus the log-likelihood of one example's truth: the sum over the classes, so that neither drowns the other.
at::Tensor lossOfTable(const at::Tensor& logits, const at::Tensor& target, const ClassifierLoss& loss, const at::Tensor& certainty = {}) {
  const auto table = logits.to(at::kFloat);
  const auto binary = [&] { return at::binary_cross_entropy_with_logits(table, target, certainty); };
  // A class of half a certainty competes with half its odds.
  const auto rivals = [&] { return certainty.defined() ? table + certainty.log() : table; };
  if (loss.strongest) {
    const auto shares = target / target.sum(1, true).clamp_min(1.0);
    return binary() * target.size(1) + softmaxLoss(rivals(), shares);
  }
  return loss.binary ? binary() : softmaxLoss(rivals(), target);
}

void append(metrics::ScoreTable& scores, metrics::LabelTable& labels, const at::Tensor& logits, const at::Tensor& target) {
  const auto rows = toMatrix(logits.to(at::kFloat));
  const auto truth = toMatrix(target);
  scores.values.insert(scores.values.end(), rows.values.begin(), rows.values.end());
  for (const float value : truth.values) labels.values.push_back(value > 0.5F ? 1 : 0);
  scores.items += rows.rows;
  labels.items += rows.rows;
}

Result<void> addAccuracy(TrainFigures& figures, const metrics::ScoreTable& scores, const metrics::LabelTable& labels) {
  auto report = metrics::classificationReport(metrics::largest(labels), metrics::largest(scores), labels.classes);
  if (!report) return fail(report.error());
  figures.values.emplace_back("accuracy", report->accuracy);
  figures.values.emplace_back("macro_f1", report->macro.f1);
  figures.mainName = "accuracy";
  figures.main = report->accuracy;
  return {};
}

Result<void> addPrecision(TrainFigures& figures, const metrics::ScoreTable& scores, const metrics::LabelTable& labels) {
  auto report = metrics::rankingReport(scores, labels);
  if (!report) return fail(report.error());
  figures.values.emplace_back("map", report->meanAveragePrecision.value_or(0.0));
  figures.values.emplace_back("roc_area", report->meanRocArea.value_or(0.0));
  figures.mainName = "map";
  figures.main = report->meanAveragePrecision.value_or(0.0);
  return {};
}

}  // namespace

ClassifierLoss classifierLoss(const training::Recipe& recipe, bool multiLabel) {
  return {recipe.loss == "binary" || (recipe.loss == "auto" && multiLabel), recipe.loss == "binary+strongest", recipe.auxiliaryLoss};
}

TrainLosses lossesOf(const std::vector<at::Tensor>& logits, const at::Tensor& target, const ClassifierLoss& loss, const at::Tensor& certainty) {
  TrainLosses losses;
  losses.total = lossOfTable(logits.front(), target, loss, certainty);
  losses.parts.emplace_back("class", losses.total);
  for (std::size_t n = 1; n < logits.size(); ++n) {
    const auto extra = lossOfTable(logits[n], target, loss, certainty);
    losses.total = losses.total + loss.auxiliary * extra;
    losses.parts.emplace_back("auxiliary", extra);
  }
  return losses;
}

Result<TrainFigures> classifierFigures(const BatchStream& batches, const std::function<at::Tensor(const TrainBatch&)>& logits,
                                       const ClassifierLoss& loss, bool multiLabel) {
  at::NoGradGuard guard;
  metrics::ScoreTable scores;
  metrics::LabelTable labels;
  double sum = 0.0;
  for (;;) {
    auto batch = batches();
    if (!batch) return fail(batch.error());
    if (!*batch) break;
    const auto& target = (*batch)->at("target");
    const auto table = logits(**batch);
    scores.classes = labels.classes = table.size(1);
    sum += lossOfTable(table, target, loss).item<double>() * static_cast<double>((*batch)->size());
    append(scores, labels, table, target);
  }
  if (scores.items == 0) return fail(ErrorCode::invalidArgument, "no held-out examples to measure");
  TrainFigures figures;
  figures.values.emplace_back("loss", sum / static_cast<double>(scores.items));
  for (const auto score : scores.values)
    if (!std::isfinite(score)) return fail(ErrorCode::internal, "the model's scores are not numbers any more; lower the rate");
  auto added = multiLabel ? addPrecision(figures, scores, labels) : addAccuracy(figures, scores, labels);
  if (!added) return fail(added.error());
  return figures;
}

}  // namespace chladni::nn
