#include "models/ave/ave_training.h"

#include <torch/types.h>

namespace chladni::models::ave {
namespace {

// Of scores x against labels y, per class: -(y log s(x) + (1 - y) log s(-x)), s the logistic function.
at::Tensor softMargin(const at::Tensor& scores, const at::Tensor& labels) {
  return -(labels * at::log_sigmoid(scores) + (1.0 - labels) * at::log_sigmoid(-scores)).mean();
}

at::Tensor lossOfLogits(const at::Tensor& logits, const at::Tensor& labels, AveLoss loss) {
  if (loss == AveLoss::crossEntropy) return -(labels * at::log_softmax(logits, -1)).sum(-1).mean();
  return softMargin(at::softmax(logits, -1), labels);
}

// The pooled logits, whose softmax are the scores of the clip.
at::Tensor pooled(const at::Tensor& segmentLogits) { return std::get<0>(segmentLogits.max(1)); }

}  // namespace

at::Tensor clipScores(const at::Tensor& segmentLogits) { return at::softmax(pooled(segmentLogits), -1); }

at::Tensor segmentLoss(const at::Tensor& segmentLogits, const at::Tensor& labels, AveLoss loss) {
  return lossOfLogits(segmentLogits, labels, loss);
}

at::Tensor clipLoss(const at::Tensor& segmentLogits, const at::Tensor& clipLabels, AveLoss loss) {
  return lossOfLogits(pooled(segmentLogits), clipLabels, loss);
}

double segmentAccuracy(const at::Tensor& segmentLogits, const at::Tensor& labels) {
  return segmentLogits.argmax(-1).eq(labels.argmax(-1)).to(at::kDouble).mean().item<double>();
}

at::Tensor lossOf(const AveNet& net, const AveBatch& batch, AveLoss loss) {
  const auto logits = net.forward(batch.sound, batch.picture);
  return net.config().weak ? clipLoss(logits, batch.labels, loss) : segmentLoss(logits, batch.labels, loss);
}

std::unique_ptr<torch::optim::Adam> aveOptimiser(AveNet& net, double rate) {
  return std::make_unique<torch::optim::Adam>(net.parameters(), torch::optim::AdamOptions(rate));
}

void setRate(torch::optim::Adam& optimiser, double rate) {
  for (auto& group : optimiser.param_groups()) group.options().set_lr(rate);
}

double learn(AveNet& net, torch::optim::Adam& optimiser, const AveBatch& batch, AveLoss loss) {
  optimiser.zero_grad();
  auto value = lossOf(net, batch, loss);
  value.backward();
  optimiser.step();
  return value.item<double>();
}

}  // namespace chladni::models::ave
