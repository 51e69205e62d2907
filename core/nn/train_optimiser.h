// Optimiser: one step of learning for all parameters of a module. Matrices inside transformer blocks (names with
// "blocks.", two dimensions) follow Muon, momentum made orthogonal by five Newton-Schulz iterations (Jordan et al.
// 2024); everything else follows AdamW (Loshchilov, Hutter 2019), with weight decay on matrices and kernels only.
// state() and restore() carry momenta across a checkpoint. One thread. Throws c10::Error.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <torch/nn/module.h>

namespace chladni::nn {

struct OptimiserRates {
  double adam = 1e-3;
  double muon = 0.02;  // 0: blocks follow AdamW too
  double weightDecay = 0.05;
};

class Optimiser {
 public:
  Optimiser(const torch::nn::Module& module, bool useMuon);
  void zeroGradients();
  // Scales the gradients down to `limit` when their norm exceeds it; returns the norm before.
  double limitGradients(double limit);
  void step(const OptimiserRates& rates);

  [[nodiscard]] std::map<std::string, at::Tensor> state() const;
  void restore(const std::map<std::string, at::Tensor>& state, std::int64_t stepsDone);

 private:
  struct Slot {
    std::string name;
    at::Tensor parameter, first, second;
    bool muon = false;
    bool decays = false;
  };
  void adam(Slot& slot, const OptimiserRates& rates) const;
  static void muon(Slot& slot, const OptimiserRates& rates);

  std::vector<Slot> slots_;
  std::int64_t steps_ = 0;
};

}  // namespace chladni::nn
