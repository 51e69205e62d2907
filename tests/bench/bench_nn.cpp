// ViT-B on a 10 s clip (514 tokens): the engine in fp32 and bf16 against the same net run operation by operation, and
// the matrix products alone. Counters: GFLOP/s, and how often the top 5 of 527 classes agree with fp32.
#include <benchmark/benchmark.h>
#include <torch/types.h>

#include "core/nn/device.h"
#include "models/ast/ast_inference.h"

namespace {

using namespace chladni;
using namespace chladni::models::ast;

AstConfig baseConfig() {
  AstConfig config;
  config.strideFrequency = config.strideTime = 16;
  return config;
}

const AstNet& baseNet() {
  static const auto net = [] {
    torch::manual_seed(1);
    auto made = std::make_shared<AstNet>(baseConfig());
    made->initialise(AstStart::xavier);
    return made;
  }();
  return *net;
}

// Products of all linear layers and of attention; two operations a multiplication.
double operations() {
  const auto config = baseConfig();
  const auto tokens = static_cast<double>(config.tokens());
  const auto width = static_cast<double>(config.width);
  return static_cast<double>(config.depth) * 2.0 * (12.0 * tokens * width * width + 2.0 * tokens * tokens * width);
}

at::Tensor clips(std::int64_t count) {
  torch::manual_seed(2);
  return torch::randn({count, baseConfig().frames, baseConfig().bins}) * 0.5;
}

void report(benchmark::State& state, double perRound) {
  state.counters["GFLOP/s"] = benchmark::Counter(perRound / 1e9, benchmark::Counter::kIsIterationInvariantRate);
}

void operationByOperation(benchmark::State& state, at::ScalarType type) {
  at::NoGradGuard guard;
  nn::setThreads(0);
  auto net = std::make_shared<AstNet>(baseConfig());
  for (auto& item : net->named_parameters()) item.value().copy_(*baseNet().named_parameters().find(item.key()));
  net->to(type);
  const auto input = clips(1).to(type);
  for (auto _ : state) benchmark::DoNotOptimize(net->forward(input));
  report(state, operations());
}

void engine(benchmark::State& state, at::ScalarType type) {
  nn::Runtime runtime;
  runtime.type = type;
  const AstInference inference(baseNet(), runtime);
  const auto count = state.range(0);
  const auto input = clips(count);
  for (auto _ : state) benchmark::DoNotOptimize(inference.logits(input, {}));
  report(state, operations() * static_cast<double>(count));
  const auto exact = AstInference(baseNet(), nn::Runtime{}).logits(input, {});
  const auto found = inference.logits(input, {});
  const auto best = std::get<1>(exact->topk(5)).unsqueeze(2);
  const auto ours = std::get<1>(found->topk(5)).unsqueeze(1);
  state.counters["top5"] = best.eq(ours).any(2).to(at::kFloat).mean().item<double>();
}

void products(benchmark::State& state, at::ScalarType type) {
  at::NoGradGuard guard;
  nn::setThreads(0);
  const auto config = baseConfig();
  nn::Runtime runtime;
  runtime.type = type;
  const nn::Linear linear(config.width, config.hidden());
  const nn::PreparedLinear prepared(linear, runtime);
  const auto x = torch::randn({config.tokens(), config.width}).to(type);
  for (auto _ : state) benchmark::DoNotOptimize(prepared.forward(x));
  report(state, 2.0 * static_cast<double>(config.tokens() * config.width * config.hidden()));
}

void eagerFp32(benchmark::State& state) { operationByOperation(state, at::kFloat); }
void eagerBf16(benchmark::State& state) { operationByOperation(state, at::kBFloat16); }
void engineFp32(benchmark::State& state) { engine(state, at::kFloat); }
void engineBf16(benchmark::State& state) { engine(state, at::kBFloat16); }
void floorFp32(benchmark::State& state) { products(state, at::kFloat); }
void floorBf16(benchmark::State& state) { products(state, at::kBFloat16); }

}  // namespace

BENCHMARK(floorFp32)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(floorBf16)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(eagerFp32)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(eagerBf16)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(engineFp32)->Arg(1)->Arg(4)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(engineBf16)->Arg(1)->Arg(4)->Unit(benchmark::kMillisecond)->UseRealTime();
