#include "models/asit/asit_losses.h"

#include <ATen/ATen.h>

#include "core/nn/process_group.h"

namespace chladni::models::asit {
namespace {

// Cross-entropy of each row, [row].
at::Tensor crossEntropies(const at::Tensor& probabilities, const at::Tensor& student, double temperature) {
  return -(probabilities * at::log_softmax(student / temperature, -1)).sum(-1);
}

}  // namespace

at::Tensor teacherProbabilities(const at::Tensor& raw, const at::Tensor& centre, double temperature) {
  return at::softmax((raw.detach() - centre) / temperature, -1);
}

at::Tensor movedCentre(const at::Tensor& centre, const at::Tensor& raw, double momentum) {
  return centre * momentum + nn::meanOverProcesses(raw.detach().mean(0, /*keepdim=*/true)) * (1.0 - momentum);
}

at::Tensor classLoss(const at::Tensor& student, const at::Tensor& teacher, const LossSettings& settings) {
  const auto views = student.chunk(2);
  const auto targets = teacher.chunk(2);
  const auto crossed = crossEntropies(targets[0], views[1], settings.studentTemperature).mean() +
                       crossEntropies(targets[1], views[0], settings.studentTemperature).mean();
  return settings.sumOfViews ? crossed : crossed / 2.0;
}

at::Tensor dataLoss(const at::Tensor& student, const at::Tensor& teacher, const at::Tensor& hidden,
                    const LossSettings& settings) {
  const auto rows = crossEntropies(teacher, student, settings.studentTemperature);
  if (!settings.maskedTokensOnly) return rows.mean();
  const auto counts = hidden.to(rows.options());
  return (rows * counts).sum() / nn::meanOverProcesses(counts.sum()).clamp_min(1.0);
}

at::Tensor reconstructionLoss(const at::Tensor& painted, const at::Tensor& clean, const at::Tensor& hidden) {
  const auto counts = hidden.to(painted.options());
  return ((painted - clean).abs() * counts).sum() / nn::meanOverProcesses(counts.sum()).clamp_min(1.0);
}

Losses weighted(const at::Tensor& ofClass, const at::Tensor& ofData, const at::Tensor& ofReconstruction,
                const LossSettings& settings) {
  return {ofClass, ofData, ofReconstruction,
          settings.classWeight * ofClass + settings.dataWeight * ofData + settings.reconstructionWeight * ofReconstruction};
}

}  // namespace chladni::models::asit
