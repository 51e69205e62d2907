#include "core/nn/train_optimiser.h"

#include <cmath>

#include <ATen/ATen.h>
#include <torch/types.h>

namespace chladni::nn {
namespace {

constexpr double kMomentum = 0.95;
constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.98;
constexpr double kEpsilon = 1e-8;

// The nearest orthogonal matrix, roughly: singular values end between 0.7 and 1.2.
at::Tensor orthogonalised(at::Tensor update) {
  const bool tall = update.size(0) > update.size(1);
  if (tall) update = update.t();
  auto x = (update / (update.norm() + 1e-7)).contiguous();
  for (int iteration = 0; iteration < 5; ++iteration) {
    const auto square = x.mm(x.t());
    x = 3.4445 * x + (-4.7750 * square + 2.0315 * square.mm(square)).mm(x);
  }
  return tall ? x.t() : x;
}

}  // namespace

Optimiser::Optimiser(const torch::nn::Module& module, bool useMuon) {
  for (const auto& item : module.named_parameters()) {
    const auto& parameter = item.value();
    Slot slot{item.key(), parameter, at::zeros_like(parameter), {}, false, false};
    slot.muon = useMuon && parameter.dim() == 2 && item.key().find("blocks.") != std::string::npos;
    if (!slot.muon) slot.second = at::zeros_like(parameter);
    slot.decays = parameter.dim() >= 2 && item.key().ends_with("weight");
    slots_.push_back(std::move(slot));
  }
}

void Optimiser::zeroGradients() {
  for (auto& slot : slots_) slot.parameter.mutable_grad().reset();
}

double Optimiser::limitGradients(double limit) {
  at::NoGradGuard guard;
  double square = 0.0;
  for (const auto& slot : slots_)
    if (slot.parameter.grad().defined()) square += std::pow(slot.parameter.grad().norm().item<double>(), 2);
  const double norm = std::sqrt(square);
  if (norm > limit)
    for (auto& slot : slots_)
      if (slot.parameter.grad().defined()) slot.parameter.mutable_grad().mul_(limit / norm);
  return norm;
}

void Optimiser::step(const OptimiserRates& rates) {
  at::NoGradGuard guard;
  ++steps_;
  for (auto& slot : slots_) {
    if (!slot.parameter.grad().defined()) continue;
    if (slot.muon) {
      muon(slot, rates);
    } else {
      adam(slot, rates);
    }
  }
}

void Optimiser::adam(Slot& slot, const OptimiserRates& rates) const {
  const auto& gradient = slot.parameter.grad();
  slot.first.mul_(kBeta1).add_(gradient, 1.0 - kBeta1);
  slot.second.mul_(kBeta2).addcmul_(gradient, gradient, 1.0 - kBeta2);
  const double bias1 = 1.0 - std::pow(kBeta1, static_cast<double>(steps_));
  const double bias2 = 1.0 - std::pow(kBeta2, static_cast<double>(steps_));
  if (slot.decays) slot.parameter.mul_(1.0 - rates.adam * rates.weightDecay);
  slot.parameter.addcdiv_(slot.first, (slot.second / bias2).sqrt_().add_(kEpsilon), -rates.adam / bias1);
}

void Optimiser::muon(Slot& slot, const OptimiserRates& rates) {
  const auto& gradient = slot.parameter.grad();
  slot.first.mul_(kMomentum).add_(gradient);
  const auto update = orthogonalised(gradient + kMomentum * slot.first);
  const double shape = std::sqrt(std::max(1.0, static_cast<double>(update.size(0)) / static_cast<double>(update.size(1))));
  slot.parameter.mul_(1.0 - rates.muon * rates.weightDecay * 0.2);
  slot.parameter.add_(update, -rates.muon * shape);
}

std::map<std::string, at::Tensor> Optimiser::state() const {
  std::map<std::string, at::Tensor> state;
  for (const auto& slot : slots_) {
    state["first." + slot.name] = slot.first;
    if (slot.second.defined()) state["second." + slot.name] = slot.second;
  }
  return state;
}

void Optimiser::restore(const std::map<std::string, at::Tensor>& state, std::int64_t stepsDone) {
  at::NoGradGuard guard;
  steps_ = stepsDone;
  for (auto& slot : slots_) {
    if (const auto found = state.find("first." + slot.name); found != state.end()) slot.first.copy_(found->second);
    if (const auto found = state.find("second." + slot.name); slot.second.defined() && found != state.end())
      slot.second.copy_(found->second);
  }
}

}  // namespace chladni::nn
