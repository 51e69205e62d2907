// What learning to localise needs, as the authors' program does it: the loss on probabilities, the pooling of the weakly
// supervised variant, Adam and its schedule. Labels are one-hot, [batch, segment, class] or, for clips, [batch, class].
// Throws c10::Error.
// Source: Tian et al. 2018; the loss is the multi-label soft-margin loss of the softmax output (values lie between about
// 0.7094, uniform, and 0.6800, perfect), where the paper says cross-entropy.
#pragma once

#include <memory>

#include <torch/optim/adam.h>

#include "models/ave/ave_net.h"

namespace chladni::models::ave {

enum class AveLoss {
  softMarginOfSoftmax,  // published
  crossEntropy          // of the logits
};

// Scores of the clip, [batch, class]: softmax of the largest logit over time.
at::Tensor clipScores(const at::Tensor& segmentLogits);

// Means over classes and rows.
at::Tensor segmentLoss(const at::Tensor& segmentLogits, const at::Tensor& labels, AveLoss loss = AveLoss::softMarginOfSoftmax);
at::Tensor clipLoss(const at::Tensor& segmentLogits, const at::Tensor& clipLabels, AveLoss loss = AveLoss::softMarginOfSoftmax);

// Share of segments whose best class is the labelled one.
double segmentAccuracy(const at::Tensor& segmentLogits, const at::Tensor& labels);

// One batch. A modality that the kind does not use may be undefined. Labels as the config's `weak` says.
struct AveBatch {
  at::Tensor sound, picture, labels;
};
at::Tensor lossOf(const AveNet& net, const AveBatch& batch, AveLoss loss = AveLoss::softMarginOfSoftmax);

// Adam over every parameter, library defaults.
std::unique_ptr<torch::optim::Adam> aveOptimiser(AveNet& net, double rate);
void setRate(torch::optim::Adam& optimiser, double rate);
// One step; returns the loss before it.
double learn(AveNet& net, torch::optim::Adam& optimiser, const AveBatch& batch, AveLoss loss = AveLoss::softMarginOfSoftmax);

}  // namespace chladni::models::ave
