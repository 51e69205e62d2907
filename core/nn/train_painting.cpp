#include "core/nn/train_painting.h"

#include <ATen/ATen.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::nn {

void PaintingTally::add(const at::Tensor& truth, const at::Tensor& painted, const at::Tensor& mask, std::int64_t columns,
                        std::optional<double> peak) {
  const auto marks = mask.to(at::kCPU).gt(0.5).to(at::kByte).contiguous();
  for (std::int64_t n = 0; n < truth.size(0); ++n) {
    const auto table = toMatrix(truth[n]);
    const std::span hidden(marks[n].data_ptr<std::uint8_t>(), static_cast<std::size_t>(marks.size(1)));
    const auto figures = metrics::paintingFigures(table, toMatrix(painted[n]), hidden, columns, peak.value_or(metrics::valueSpan(table)));
    if (figures.hidden == 0) continue;
    ++examples_;
    model_.add(figures.model);
    meanPatch_.add(figures.meanPatch);
    nearestPatch_.add(figures.nearestPatch);
  }
}

void PaintingTally::report(TrainFigures& figures, const std::string& name) const {
  if (examples_ == 0) return;
  const auto count = static_cast<double>(examples_);
  for (const auto& [kind, sums] : {std::pair(std::string(), &model_), {std::string("_mean_patch"), &meanPatch_}, {std::string("_nearest_patch"), &nearestPatch_}}) {
    figures.values.emplace_back(name + kind + "_error", sums->error / count);
    figures.values.emplace_back(name + kind + "_db", sums->decibels / count);
  }
}

}  // namespace chladni::nn
