#include "models/ast/ast_benchmark.h"

#include <ATen/Parallel.h>
#include <torch/types.h>

#include <algorithm>
#include <chrono>
#include <functional>

#include "core/nn/translate.h"
#include "models/ast/ast_inference.h"

namespace chladni::models::ast {
namespace {

constexpr int kRepetitions = 4;

double bestMs(const std::function<void()>& work, const std::stop_token& stop) {
  double best = 1e30;
  for (int i = 0; i < kRepetitions && !stop.stop_requested(); ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

AstConfig base() {
  AstConfig config;
  config.strideFrequency = config.strideTime = 16;
  return config;
}

// The linear layers of all blocks with one clip, through the same prepared layers: nine tenths of all operations.
double productsMs(const nn::Runtime& runtime, const std::stop_token& stop) {
  const at::NoGradGuard guard;
  const auto config = base();
  const auto width = config.width;
  const auto options = at::TensorOptions(runtime.device).dtype(at::kFloat);
  const auto tokens = torch::randn({config.tokens(), width}, options).to(runtime.type);
  const auto hiddenTokens = torch::randn({config.tokens(), config.hidden()}, options).to(runtime.type);
  const nn::PreparedLinear qkv(nn::Linear(width, 3 * width), runtime);
  const nn::PreparedLinear proj(nn::Linear(width, width), runtime);
  const nn::PreparedLinear up(nn::Linear(width, config.hidden()), runtime);
  const nn::PreparedLinear down(nn::Linear(config.hidden(), width), runtime);
  const auto once = bestMs(
      [&] {
        static_cast<void>(qkv.forward(tokens));
        static_cast<void>(proj.forward(tokens));
        static_cast<void>(up.forward(tokens));
        static_cast<void>(down.forward(hiddenTokens));
      },
      stop);
  return once * static_cast<double>(config.depth);
}

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
  return measured(bf16 ? "vit-b-bf16" : "vit-b-fp32", options, stop, productsMs,
                  [&](const AstInference& inference, const at::Tensor& clip) {
                    static_cast<void>(inference.logits(clip, stop));
                  });
}

Result<inference::BenchmarkFigure> benchmarkFirstLook(const inference::RuntimeOptions& options, std::stop_token stop) {
  auto clip = 0.0;
  return measured("attend-first", options, stop, productsMs, [&](const AstInference& inference, const at::Tensor& same) {
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

}  // namespace chladni::models::ast
