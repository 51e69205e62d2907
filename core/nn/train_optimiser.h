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
  [[nodiscard]] GradientReport gradients() const;
  // Gradients are brought down to recipe.clipNorm first, when that is not 0. `norm` is theirs.
  void step(double rate, double norm);

  [[nodiscard]] NamedTensors state() const;  // "first.<name>", "second.<name>"
  [[nodiscard]] std::int64_t stepsDone() const { return steps_; }
  void setStepsDone(std::int64_t steps) { steps_ = steps; }
  [[nodiscard]] std::int64_t learnedValues() const;

 private:
  struct Slot {
    std::string name;
    at::Tensor parameter, first, second;
    double factor = 1.0;
    bool decays = false;
    bool muon = false;
  };
  void adam(Slot& slot, double rate, double scale) const;
  void muon(Slot& slot, double rate, double scale) const;

  training::Recipe recipe_;
  std::vector<Slot> slots_;
  std::int64_t steps_ = 0;
};

}  // namespace chladni::nn
