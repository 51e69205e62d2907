#include "core/nn/train_optimiser.h"

#include <algorithm>
#include <cmath>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/nn/adam_kernel.h"

namespace chladni::nn {
namespace {

constexpr double kClippingMargin = 1e-6;  // added to a norm before dividing by it, as the studies' code does
constexpr double kMomentum = 0.95;
constexpr std::int64_t kGrain = 1 << 15;  // values a thread takes at once

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

AdamStep adamSettings(const training::Recipe& recipe, bool decays, double rate, double weightDecay,
                      double scale, std::int64_t steps) {
  const auto count = static_cast<double>(steps);
  AdamStep step;
  step.rate = static_cast<float>(rate);
  step.beta1 = static_cast<float>(recipe.beta1);
  step.beta2 = static_cast<float>(recipe.beta2);
  step.epsilon = static_cast<float>(recipe.epsilon);
  step.scale = static_cast<float>(scale);
  step.correction1 = static_cast<float>(1.0 - std::pow(recipe.beta1, count));
  step.correction2 = static_cast<float>(std::sqrt(1.0 - std::pow(recipe.beta2, count)));
  if (decays) (recipe.optimiser == "adam" ? step.penalty : step.decay) = static_cast<float>(weightDecay);
  return step;
}

}  // namespace

Optimiser::Optimiser(Trainable& trainable, const training::Recipe& recipe) : recipe_(recipe) {
  for (const auto& item : trainable.module().named_parameters()) {
    const auto role = trainable.roleOf(item.key(), item.value());
    auto parameter = item.value();
    const bool learns = parameter.requires_grad() && (!recipe.freezeBase || role.head);
    parameter.set_requires_grad(learns);
    if (!learns) continue;
    Slot slot{item.key(), parameter, at::zeros_like(parameter, at::MemoryFormat::Contiguous), {}, 1.0, 0.0, role.decays, false};
    slot.muon = recipe.optimiser == "muon" && role.blockMatrix && parameter.dim() == 2;
    if (!slot.muon) slot.second = at::zeros_like(slot.first);
    slot.factor = std::pow(recipe.layerDecay, static_cast<double>(role.layersAbove)) * (role.head ? recipe.headFactor : 1.0);
    slots_.push_back(std::move(slot));
  }
}

void Optimiser::zeroGradients() {
  for (auto& slot : slots_) slot.parameter.mutable_grad().reset();
}

GradientReport Optimiser::gradients() {
  at::NoGradGuard guard;
  GradientReport report;
  double square = 0.0;
  for (auto& slot : slots_) {
    if (!slot.parameter.grad().defined()) continue;
    const double norm = slot.parameter.grad().norm().item<double>();
    if (!std::isfinite(norm) && report.notFinite.empty()) report.notFinite = slot.name;
    slot.norm = norm;
    square += norm * norm;
  }
  report.norm = norm_ = std::sqrt(square);
  return report;
}

double Optimiser::scaleOf(const Slot& slot) const {
  if (recipe_.clipNorm <= 0.0) return 1.0;
  return std::min(1.0, recipe_.clipNorm / ((recipe_.clipEach ? slot.norm : norm_) + kClippingMargin));
}

void Optimiser::step(double rate, double weightDecay) {
  at::NoGradGuard guard;
  ++steps_;
  for (auto& slot : slots_) {
    if (!slot.parameter.grad().defined()) continue;
    if (slot.muon) {
      muon(slot, rate, weightDecay);
    } else {
      adam(slot, rate * slot.factor, weightDecay);
    }
  }
}

void Optimiser::adam(Slot& slot, double rate, double weightDecay) const {
  const auto settings = adamSettings(recipe_, slot.decays, rate, weightDecay, scaleOf(slot), steps_);
  const auto gradient = slot.parameter.grad().contiguous();
  const bool plain = slot.parameter.device().is_cpu() && slot.parameter.scalar_type() == at::kFloat &&
                     gradient.scalar_type() == at::kFloat && slot.parameter.is_contiguous();
  if (plain) {
    auto* value = slot.parameter.data_ptr<float>();
    const auto* slope = gradient.data_ptr<float>();
    auto* first = slot.first.data_ptr<float>();
    auto* second = slot.second.data_ptr<float>();
    at::parallel_for(0, slot.parameter.numel(), kGrain, [&](std::int64_t from, std::int64_t to) {
      adamStep(settings, value + from, slope + from, first + from, second + from, to - from);
    });
    return;
  }
  auto g = gradient * static_cast<double>(settings.scale);
  if (settings.penalty > 0.0F) g = g + slot.parameter * static_cast<double>(settings.penalty);
  slot.first.mul_(recipe_.beta1).add_(g, 1.0 - recipe_.beta1);
  slot.second.mul_(recipe_.beta2).addcmul_(g, g, 1.0 - recipe_.beta2);
  if (settings.decay > 0.0F) slot.parameter.mul_(1.0 - rate * weightDecay);
  const auto size = (slot.second.sqrt() / static_cast<double>(settings.correction2)).add_(recipe_.epsilon);
  slot.parameter.addcdiv_(slot.first, size, -rate / static_cast<double>(settings.correction1));
}

void Optimiser::muon(Slot& slot, double rate, double weightDecay) const {
  const double own = recipe_.matrixRate * rate / recipe_.rate * slot.factor;
  const auto gradient = slot.parameter.grad() * scaleOf(slot);
  slot.first.mul_(kMomentum).add_(gradient);
  const auto update = orthogonalised(gradient + kMomentum * slot.first);
  const double shape = std::sqrt(std::max(1.0, static_cast<double>(update.size(0)) / static_cast<double>(update.size(1))));
  slot.parameter.mul_(1.0 - own * weightDecay * 0.2);
  slot.parameter.add_(update, -own * shape);
}

NamedTensors Optimiser::state() const {
  NamedTensors state;
  for (const auto& slot : slots_) {
    state["first." + slot.name] = slot.first;
    if (slot.second.defined()) state["second." + slot.name] = slot.second;
  }
  return state;
}

std::int64_t Optimiser::learnedValues() const {
  std::int64_t count = 0;
  for (const auto& slot : slots_) count += slot.parameter.numel();
  return count;
}

}  // namespace chladni::nn
