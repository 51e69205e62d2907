#include "models/ast/ast_benchmark.h"

#include <ATen/Parallel.h>
#include <torch/types.h>

#include <functional>

#include "core/base/best_time.h"
#include "core/nn/bench_steps.h"
#include "core/nn/translate.h"
#include "models/ast/ast_inference.h"

namespace chladni::models::ast {
namespace {

AstConfig base() {
  AstConfig config;
  config.strideFrequency = config.strideTime = 16;
  return config;
}

nn::BlockProducts blocksOf(const AstConfig& config) {
  return {config.tokens(), config.width, config.hidden(), config.depth};
}

double blocksMs(const nn::Runtime& runtime, const std::stop_token& stop) { return nn::productsMs(blocksOf(base()), runtime, stop); }

// One query against the keys of every layer and head, read from memory.
double keysMs(const nn::Runtime& runtime, const std::stop_token& stop) {
  const at::NoGradGuard guard;
  const auto config = base();
  const auto size = config.width / config.heads;
  const auto options = at::TensorOptions(runtime.device).dtype(at::kFloat);
  const auto keys = torch::randn({config.depth * config.heads, size, config.tokens()}, options).to(runtime.type);
  const auto query = torch::randn({config.depth * config.heads, 1, size}, options).to(runtime.type);
  return bestMs([&] { static_cast<void>(at::bmm(query, keys)); }, stop);
}

using Floor = double (*)(const nn::Runtime&, const std::stop_token&);

Result<inference::BenchmarkFigure> measured(const std::string& name, const inference::RuntimeOptions& options,
                                 const std::stop_token& stop, Floor floor,
                                 const std::function<void(const AstInference&, const at::Tensor&)>& work) {
  return nn::translated("measuring " + name, [&]() -> Result<inference::BenchmarkFigure> {
    auto runtime = nn::resolveRuntime(options);
    if (!runtime) return fail(std::move(runtime).error());
    torch::manual_seed(1);
    AstNet net(base());
    net.initialise(AstStart::xavier);
    const AstInference inference(net, *runtime);
    const auto clip = torch::randn({1, base().frames, base().bins}) * 0.5;
    inference::BenchmarkFigure figure{name, "10 s clip, " + std::to_string(base().tokens()) + " tokens", runtime->precisionName(),
                           at::get_num_threads()};
    figure.ms = bestMs([&] { work(inference, clip); }, stop);
    figure.floorMs = floor(*runtime, stop);
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    return figure;
  });
}

// The mean of heads of one patch's row, in every layer.
nn::Tap onePatch(const AstInference& inference) {
  nn::Tap tap;
  tap.queries = {inference.config().leadingTokens() + 7};
  tap.meanOfHeads = true;
  tap.attention = [](std::int64_t, const at::Tensor&) {};
  return tap;
}

}  // namespace

Result<inference::BenchmarkFigure> benchmarkClassify(const inference::RuntimeOptions& options, std::stop_token stop) {
  const bool bf16 = options.precision == inference::Precision::bf16;
  return measured(bf16 ? "vit-b-bf16" : "vit-b-fp32", options, stop, blocksMs,
                  [&](const AstInference& inference, const at::Tensor& clip) {
                    static_cast<void>(inference.logits(clip, stop));
                  });
}

Result<inference::BenchmarkFigure> benchmarkFirstLook(const inference::RuntimeOptions& options, std::stop_token stop) {
  auto clip = 0.0;
  return measured("attend-first", options, stop, blocksMs, [&](const AstInference& inference, const at::Tensor& same) {
    clip += 0.01;
    static_cast<void>(inference.look(same + clip, onePatch(inference), stop));
  });
}

// The best of several is never the first look.
Result<inference::BenchmarkFigure> benchmarkAttend(const inference::RuntimeOptions& options, std::stop_token stop) {
  return measured("attend", options, stop, keysMs, [&](const AstInference& inference, const at::Tensor& clip) {
    static_cast<void>(inference.look(clip, onePatch(inference), stop));
  });
}

// The study's strides: 1214 tokens.
Result<inference::BenchmarkFigure> benchmarkTraining(const inference::RuntimeOptions& options, std::stop_token stop) {
  return nn::translated("measuring train-ast-b", [&]() -> Result<inference::BenchmarkFigure> {
    auto runtime = nn::resolveRuntime(options);
    if (!runtime) return fail(std::move(runtime).error());
    torch::manual_seed(1);
    const AstConfig config;
    AstNet net(config);
    net.initialise(AstStart::xavier);
    const auto device = at::TensorOptions(runtime->device);
    const auto clip = torch::randn({1, config.frames, config.bins}, device) * 0.5;
    const auto target = torch::zeros({1, config.classes}, device);
    inference::BenchmarkFigure figure{"train-ast-b", "10 s clip, " + std::to_string(config.tokens()) + " tokens", runtime->precisionName(), at::get_num_threads()};
    figure.ms = nn::trainStepMs(net, [&] { return at::binary_cross_entropy_with_logits(net.forward(clip), target); }, *runtime, stop);
    figure.floorMs = nn::kLearningPasses * nn::productsMs(blocksOf(config), *runtime, stop);
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    return figure;
  });
}

}  // namespace chladni::models::ast
