#include "models/asit/asit_pretraining.h"

#include <torch/optim/adam.h>
#include <torch/optim/adamw.h>
#include <torch/types.h>

#include "core/base/assert.h"

namespace chladni::models::asit {
namespace {

constexpr double kClippingMargin = 1e-6;  // added to a norm before dividing by it, as the authors' code does

void copyParameters(const AsitNet& from, AsitNet& to) {
  at::NoGradGuard guard;
  auto target = to.named_parameters();
  for (const auto& item : from.named_parameters()) target[item.key()].copy_(item.value());
}

}  // namespace

ViewOutputs lookAtViews(const AsitNet& student, const AsitNet& teacher, const ViewBatch& batch, double dropPath) {
  CHLADNI_ASSERT(student.head_cls && student.head_recons && teacher.head_cls);
  ViewOutputs outputs;
  {
    at::NoGradGuard guard;
    outputs.teacher = teacher.head_cls->forward(teacher.backbone->forward(batch.clean));
  }
  const auto tokens = student.backbone->forward(batch.corrupted, dropPath);
  outputs.student = student.head_cls->forward(tokens);
  outputs.painted = student.head_recons->forward(tokens);
  return outputs;
}

at::Tensor hiddenTokens(const at::Tensor& hiddenPixels, std::int64_t patch) {
  const auto blocks = at::max_pool2d(hiddenPixels.to(at::kFloat).unsqueeze(1), {patch, patch}, {patch, patch});
  return blocks.flatten().gt(0.5);
}

Losses lossesOf(const ViewOutputs& outputs, const ViewBatch& batch, const Centres& centres, double teacherTemperature,
                std::int64_t patch, const LossSettings& settings) {
  const auto classTargets = teacherProbabilities(outputs.teacher.classToken, centres.ofClass, teacherTemperature);
  const auto dataTargets = teacherProbabilities(outputs.teacher.dataTokens, centres.ofData, teacherTemperature);
  return weighted(classLoss(outputs.student.classToken, classTargets, settings),
                  dataLoss(outputs.student.dataTokens, dataTargets, hiddenTokens(batch.hidden, patch), settings),
                  reconstructionLoss(outputs.painted, batch.clean, batch.hidden), settings);
}

void moveCentres(Centres& centres, const ViewOutputs& outputs, double momentum) {
  centres.ofClass = movedCentre(centres.ofClass, outputs.teacher.classToken, momentum);
  centres.ofData = movedCentre(centres.ofData, outputs.teacher.dataTokens, momentum);
}

std::vector<GradientNorm> limitEachGradient(const AsitNet& net, double limit) {
  at::NoGradGuard guard;
  std::vector<GradientNorm> norms;
  for (const auto& item : net.named_parameters()) {
    const auto& gradient = item.value().grad();
    if (!gradient.defined()) continue;
    const double norm = gradient.norm().item<double>();
    norms.push_back({item.key(), norm});
    const double factor = limit / (norm + kClippingMargin);
    if (factor < 1.0) item.value().mutable_grad().mul_(factor);
  }
  return norms;
}

ParameterGroups parameterGroups(const AsitNet& net) {
  ParameterGroups groups;
  for (const auto& item : net.named_parameters()) {
    if (!item.value().requires_grad()) continue;
    const bool free = item.value().dim() < 2 || item.key().ends_with(".bias");
    (free ? groups.free : groups.decayed).push_back(item.value());
  }
  return groups;
}

void followStudent(AsitNet& teacher, const AsitNet& student, double momentum) {
  at::NoGradGuard guard;
  const auto source = student.named_parameters();
  for (auto& item : teacher.named_parameters()) item.value().mul_(momentum).add_(source[item.key()], 1.0 - momentum);
}

std::unique_ptr<torch::optim::Optimizer> makeOptimiser(const AsitNet& net, OptimiserKind kind) {
  const auto groups = parameterGroups(net);
  const std::vector<torch::optim::OptimizerParamGroup> list{groups.decayed, groups.free};
  if (kind == OptimiserKind::adam) return std::make_unique<torch::optim::Adam>(list, torch::optim::AdamOptions());
  return std::make_unique<torch::optim::AdamW>(list, torch::optim::AdamWOptions());
}

namespace {

template <class Options>
void setGroup(torch::optim::OptimizerParamGroup& group, double rate, double decay) {
  static_cast<Options&>(group.options()).lr(rate).weight_decay(decay);
}

}  // namespace

void setRates(torch::optim::Optimizer& optimiser, double rate, double decay) {
  const bool decoupled = dynamic_cast<torch::optim::AdamW*>(&optimiser) != nullptr;
  auto& groups = optimiser.param_groups();
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const double own = i == 0 ? decay : 0.0;
    if (decoupled)
      setGroup<torch::optim::AdamWOptions>(groups[i], rate, own);
    else
      setGroup<torch::optim::AdamOptions>(groups[i], rate, own);
  }
}

AsitPretraining::AsitPretraining(const PretrainSettings& settings, at::Device device)
    : student(std::make_shared<AsitNet>(settings.architecture)),
      teacher(std::make_shared<AsitNet>(settings.architecture)),
      settings_(settings) {
  student->initialise();
  copyParameters(*student, *teacher);
  for (auto& parameter : teacher->parameters()) parameter.set_requires_grad(false);
  student->to(device);
  teacher->to(device);
  const auto options = torch::TensorOptions().device(device);
  centres = {torch::zeros({1, settings.architecture.projection.classOutputs}, options),
             torch::zeros({1, settings.architecture.projection.dataOutputs}, options)};
  optimiser_ = makeOptimiser(*student, settings.optimiser);
}

StepRates AsitPretraining::ratesAt(std::int64_t iteration, std::int64_t iterationsPerEpoch) const {
  return {settings_.rates(iterationsPerEpoch).at(iteration), settings_.decays(iterationsPerEpoch).at(iteration),
          settings_.momenta(iterationsPerEpoch).at(iteration), iteration / iterationsPerEpoch};
}

StepReport AsitPretraining::step(const ViewBatch& batch, const StepRates& rates) {
  const auto outputs = lookAtViews(*student, *teacher, batch, settings_.dropPath);
  const auto losses = lossesOf(outputs, batch, centres, settings_.teacherTemperature.at(rates.epoch),
                               settings_.architecture.patch, settings_.losses);
  moveCentres(centres, outputs, settings_.centreMomentum);
  optimiser_->zero_grad();
  losses.total.backward();
  StepReport report{losses.ofClass.item<double>(), losses.ofData.item<double>(), losses.ofReconstruction.item<double>(),
                    losses.total.item<double>(), limitEachGradient(*student, settings_.gradientLimit)};
  setRates(*optimiser_, rates.rate, rates.decay);
  optimiser_->step();
  followStudent(*teacher, *student, rates.momentum);
  return report;
}

}  // namespace chladni::models::asit
