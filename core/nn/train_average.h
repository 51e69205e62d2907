// Averages of a module's parameters: the moving average of steps (EMA), and the plain mean of the weights at the ends of
// epochs. Both can change places with the parameters and back, bit for bit. state() is borrowed, for checkpoints.
// One thread. Throws c10::Error.
#pragma once

#include <string>
#include <vector>

#include "core/nn/weights.h"

namespace chladni::nn {

class WeightAverage {
 public:
  // Starts as the present parameters; `prefix` opens the names in state().
  WeightAverage(const torch::nn::Module& module, std::string prefix);
  // mean <- keep * mean + (1 - keep) * parameters; young averages forget faster, so that a random start is soon gone.
  void follow(double keep, std::int64_t step);
  // The mean of the weights added so far; the first one replaces what was there.
  void add(std::int64_t addedBefore);
  // Parameters and averages change places.
  void exchange();
  [[nodiscard]] NamedTensors state() const;

 private:
  std::string prefix_;
  std::vector<std::string> names_;
  std::vector<at::Tensor> parameters_, means_;
};

}  // namespace chladni::nn
