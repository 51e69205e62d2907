#include "core/nn/bench_steps.h"

#include <torch/types.h>

#include "core/base/best_time.h"
#include "core/nn/blocks.h"
#include "core/nn/freed_memory.h"
#include "core/nn/prepared_linear.h"
#include "core/nn/torch_compat.h"
#include "core/nn/train_optimiser.h"

namespace chladni::nn {
namespace {

// Learns nothing that is kept: only what an optimiser asks of a family.
class StepOnly final : public Trainable {
 public:
  explicit StepOnly(torch::nn::Module& module) : module_(module) {}
  [[nodiscard]] torch::nn::Module& module() override { return module_; }
  [[nodiscard]] ParameterRole roleOf(const std::string&, const at::Tensor&) const override { return {}; }
  TrainLosses losses(const TrainBatch&, const training::TrainPlace&) override { return {}; }
  Result<TrainFigures> evaluate(const BatchStream&) override { return TrainFigures{}; }
  Result<void> writeModel(const std::filesystem::path&, const std::string&) override { return {}; }

 private:
  torch::nn::Module& module_;
};

}  // namespace

double productsMs(const BlockProducts& blocks, const Runtime& runtime, const std::stop_token& stop) {
  const at::NoGradGuard guard;
  const auto options = at::TensorOptions(runtime.device).dtype(at::kFloat);
  const auto tokens = torch::randn({blocks.tokens, blocks.width}, options).to(runtime.type);
  const auto hiddenTokens = torch::randn({blocks.tokens, blocks.hidden}, options).to(runtime.type);
  const PreparedLinear qkv(Linear(blocks.width, 3 * blocks.width), runtime);
  const PreparedLinear proj(Linear(blocks.width, blocks.width), runtime);
  const PreparedLinear up(Linear(blocks.width, blocks.hidden), runtime);
  const PreparedLinear down(Linear(blocks.hidden, blocks.width), runtime);
  const auto once = [&] {
    static_cast<void>(qkv.forward(tokens));
    static_cast<void>(proj.forward(tokens));
    static_cast<void>(up.forward(tokens));
    static_cast<void>(down.forward(hiddenTokens));
  };
  return bestMs(once, stop) * static_cast<double>(blocks.depth);
}

double trainStepMs(torch::nn::Module& module, const std::function<at::Tensor()>& loss, const Runtime& runtime, const std::stop_token& stop) {
  keepFreedMemory();
  takeThreads();
  module.to(runtime.device);
  module.train();
  StepOnly trainable(module);
  Optimiser optimiser(trainable, training::Recipe());
  const bool mixed = runtime.type == at::kBFloat16;
  const auto step = [&] {
    optimiser.zeroGradients();
    at::Tensor value;
    {
      const AutocastGuard guard(runtime.device.type(), mixed);
      value = loss();
    }
    value.backward();
    static_cast<void>(optimiser.gradients());
    optimiser.step(1e-5, 0.05);
  };
  return bestMs(step, stop, 3);
}

}  // namespace chladni::nn
