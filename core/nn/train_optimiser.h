// Optimiser: one step of learning for all parameters of a Trainable, each with the rate of its place: the head's factor,
// layer decay. Adam with the decay inside the gradient, AdamW (Loshchilov, Hutter 2019) with decay on what roleOf()
// says, or Muon for the blocks' matrices: momentum made orthogonal by five Newton-Schulz iterations (Jordan et al.
// 2024), AdamW for the rest. state() are the momenta, borrowed, for checkpoints. One thread. Throws c10::Error.
#pragma once

#include <string>
#include <vector>

#include "core/nn/trainable.h"
#include "core/training/recipe.h"

namespace chladni::nn {

struct GradientReport {
  double norm = 0.0;
  std::string notFinite;  // the first parameter whose gradient is not finite
};

class Optimiser {
 public:
  Optimiser(Trainable& trainable, const training::Recipe& recipe);
  void zeroGradients();
  [[nodiscard]] GradientReport gradients();
  // Gradients are brought down to recipe.clipNorm first, when that is not 0, by the norms that gradients() has found:
  // that of all together, or each tensor's own.
  void step(double rate, double weightDecay);

  [[nodiscard]] NamedTensors state() const;  // "first.<name>", "second.<name>"
  [[nodiscard]] std::int64_t stepsDone() const { return steps_; }
  void setStepsDone(std::int64_t steps) { steps_ = steps; }
  [[nodiscard]] std::int64_t learnedValues() const;

 private:
  struct Slot {
    std::string name;
    at::Tensor parameter, first, second;
    double factor = 1.0;
    double norm = 0.0;  // of the gradient
    bool decays = false;
    bool muon = false;
  };
  [[nodiscard]] double scaleOf(const Slot& slot) const;
  void adam(Slot& slot, double rate, double weightDecay) const;
  void muon(Slot& slot, double rate, double weightDecay) const;

  training::Recipe recipe_;
  std::vector<Slot> slots_;
  double norm_ = 0.0;  // of all gradients
  std::int64_t steps_ = 0;
};

}  // namespace chladni::nn
