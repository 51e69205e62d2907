// One step of ASiT's pre-training: two views, student and teacher, three losses, gradients limited tensor by tensor,
// the optimiser's step, and the teacher's slow pursuit. Batches hold view 1 of all clips, then view 2: [2 * clips, ...].
// The parts are public one by one so that each can be compared and shown. One thread. Throws c10::Error.
// Source: as asit_config.h.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <torch/optim/optimizer.h>

#include "models/asit/asit_losses.h"
#include "models/asit/asit_net.h"
#include "models/asit/asit_presets.h"

namespace chladni::models::asit {

struct ViewBatch {
  at::Tensor clean;      // [2 * clips, frames, bins]
  at::Tensor corrupted;  // the same
  at::Tensor hidden;     // the same, 1 where a pixel was replaced
};

struct ViewOutputs {
  Projections student, teacher;
  at::Tensor painted;  // [2 * clips, frames, bins]
};

// The student sees the corrupted views, the teacher the clean ones, without gradient. Both need both heads.
ViewOutputs lookAtViews(const AsitNet& student, const AsitNet& teacher, const ViewBatch& batch, double dropPath = 0.0);

// [2 * clips * patches]: 1 for tokens with a hidden pixel, in the order of the data tokens.
at::Tensor hiddenTokens(const at::Tensor& hiddenPixels, std::int64_t patch);

struct Centres {
  at::Tensor ofClass, ofData;  // [1, outputs]
};
Losses lossesOf(const ViewOutputs& outputs, const ViewBatch& batch, const Centres& centres, double teacherTemperature,
                std::int64_t patch, const LossSettings& settings);
void moveCentres(Centres& centres, const ViewOutputs& outputs, double momentum);

struct GradientNorm {
  std::string name;
  double norm = 0.0;  // before limiting
};
// Each tensor's gradient by itself is brought down to `limit`.
std::vector<GradientNorm> limitEachGradient(const AsitNet& net, double limit);

// Two groups: matrices, kernels, tokens and positions, which decay, and biases and gains, which do not.
struct ParameterGroups {
  std::vector<at::Tensor> decayed, free;
};
ParameterGroups parameterGroups(const AsitNet& net);

// teacher <- momentum * teacher + (1 - momentum) * student, heads included.
void followStudent(AsitNet& teacher, const AsitNet& student, double momentum);

struct StepRates {
  double rate = 0.0;
  double decay = 0.0;
  double momentum = 0.0;  // of the teacher
  std::int64_t epoch = 0;
};

struct StepReport {
  double ofClass = 0.0, ofData = 0.0, ofReconstruction = 0.0, total = 0.0;
  std::vector<GradientNorm> norms;
};

class AsitPretraining {
 public:
  // A teacher that equals the fresh student, centres at 0. Seed torch's generator first.
  explicit AsitPretraining(const PretrainSettings& settings, at::Device device = at::kCPU);

  StepReport step(const ViewBatch& batch, const StepRates& rates);
  // What the schedules say for one iteration.
  [[nodiscard]] StepRates ratesAt(std::int64_t iteration, std::int64_t iterationsPerEpoch) const;

  std::shared_ptr<AsitNet> student, teacher;
  Centres centres;

 private:
  PretrainSettings settings_;
  std::unique_ptr<torch::optim::Optimizer> optimiser_;
};

// AdamW or Adam over two groups; setRates before each step.
std::unique_ptr<torch::optim::Optimizer> makeOptimiser(const AsitNet& net, OptimiserKind kind);
void setRates(torch::optim::Optimizer& optimiser, double rate, double decay);

}  // namespace chladni::models::asit
