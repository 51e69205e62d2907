// The two networks of musicnn at their published sizes with random weights, three windows of three seconds at once. Their peer
// in eager PyTorch: tests/bench/peers.py musicnn-vgg.
#include <benchmark/benchmark.h>
#include <torch/types.h>

#include "models/backbones/backbone_kind.h"

namespace {

using namespace chladni;
using namespace chladni::models::backbones;

constexpr std::int64_t kWindows = 3, kFrames = 187, kBands = 96;

void musicnn(benchmark::State& state, const char* variant, const Sizes& sizes, at::ScalarType type) {
  nn::setThreads(0);
  torch::manual_seed(1);
  const Kind& kind = *kindOf("musicnn", variant);
  nn::NamedTensors tensors;
  for (const auto& [name, shape] : kind.parameters(sizes, kFrames, kBands)) tensors[name] = torch::rand(shape) * 0.1;
  nn::Runtime runtime;
  runtime.type = type;
  const auto net = kind.make({tensors, sizes, kFrames, kBands, runtime});
  const auto windows = torch::rand({kWindows, kFrames, kBands});
  for (auto _ : state) benchmark::DoNotOptimize(net->run(windows, "scores", {}));
}

const Sizes kMusicnn{{"timbral", 204}, {"temporal", 51}, {"mid", 64}, {"dense", 200}, {"classes", 50}};
const Sizes kVgg{{"width", 128}, {"classes", 50}};

}  // namespace

BENCHMARK_CAPTURE(musicnn, fp32, "musicnn", kMusicnn, at::kFloat)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(musicnn, bf16, "musicnn", kMusicnn, at::kBFloat16)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(musicnn, vgg_fp32, "vgg", kVgg, at::kFloat)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(musicnn, vgg_bf16, "vgg", kVgg, at::kBFloat16)->Unit(benchmark::kMillisecond)->UseRealTime();
