// What every classifier's training shares, whatever the family: the loss of tables of logits [batch, class], the first
// being the model's and the others heads that only help learning, and the figures on held-out examples. Softmax
// cross-entropy against targets that may be mixed, or binary cross-entropy per class. Examples have the field "target" and,
// where a no is not equally sure of every class, "certainty": the weight, above 0 to 1, of that class in the loss.
#pragma once

#include <functional>
#include <vector>

#include "core/nn/trainable.h"
#include "core/training/recipe.h"

namespace chladni::nn {

struct ClassifierLoss {
  bool binary = false;    // of each class by itself
  bool strongest = false;  // and beside it, of which is the strongest
  double auxiliary = 0.0;  // weight of the further tables
};
ClassifierLoss classifierLoss(const training::Recipe& recipe, bool multiLabel);

// `certainty`: [batch, class] or undefined.
TrainLosses lossesOf(const std::vector<at::Tensor>& logits, const at::Tensor& target, const ClassifierLoss& loss, const at::Tensor& certainty = {});

// Loss, accuracy and macro F1, or mean average precision when any number of classes may be right.
Result<TrainFigures> classifierFigures(const BatchStream& batches, const std::function<at::Tensor(const TrainBatch&)>& logits,
                                       const ClassifierLoss& loss, bool multiLabel);

}  // namespace chladni::nn
