// LinearHead: the capability of classifiers whose logits are one linear map of features: logits = weight * feature + bias.
// The features are all that such a model need compute, once, when only its head learns. Asked for by linearHeadOf(), so
// that families without such a head need not know of it. Threads, ownership and failures as in model_family.h.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/inference/model_family.h"

namespace chladni::inference {

struct LinearMap {
  Matrix weight;            // [class, width]
  std::vector<float> bias;  // [class]
  std::string weightName;   // what the two are called in the weights file, "mlp_head.1.weight"
  std::string biasName;
};

class LinearHead {
 public:
  virtual ~LinearHead() = default;
  // False for a model of a family with heads that was loaded without one; the rest may then not be called.
  [[nodiscard]] virtual bool hasHead() const { return true; }
  [[nodiscard]] virtual LinearMap head() const = 0;  // a copy
  // What the head is given, [input, width]; the head applied to it gives what Classifier::logitsOf() gives.
  virtual Result<Matrix> headInputs(std::span<const ModelInput> inputs, std::stop_token stop) const = 0;
};

// Null when the model has no such head.
inline const LinearHead* linearHeadOf(const LoadedModel& model) {
  const auto* head = dynamic_cast<const LinearHead*>(&model);
  return head && head->hasHead() ? head : nullptr;
}

}  // namespace chladni::inference
