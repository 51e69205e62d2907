// Full-size networks with random weights: the modules that learn, forward only ("eager"), against the engines that the program
// looks with, in fp32 and bf16. One clip a round; lower is better.
#include <benchmark/benchmark.h>
#include <torch/types.h>

#include <functional>

#include "core/nn/device.h"
#include "core/nn/mask_modes.h"
#include "models/asit/asit_inference.h"
#include "models/ave/ave_inference.h"
#include "models/cavmae/cavmae_inference.h"
#include "models/lyrics_mae/lyrics_inference.h"

namespace {

using namespace chladni;
using namespace chladni::models;

constexpr double kHidden = 0.75;

nn::Runtime runtimeOf(at::ScalarType type) {
  nn::Runtime runtime;
  runtime.type = type;
  return runtime;
}

// Nothing is prepared, nothing is fused.
void eagerly(benchmark::State& state, const std::function<void()>& work) {
  const at::NoGradGuard guard;
  nn::setThreads(0);
  for (auto _ : state) work();
}

void prepared(benchmark::State& state, const std::function<void()>& work) {
  nn::setThreads(0);
  for (auto _ : state) work();
}

template <typename Net>
const Net& made(Net& net) {
  torch::manual_seed(1);
  const at::NoGradGuard guard;
  net.initialise();
  return net;
}

// CAV-MAE base paints a clip and a frame of which a quarter is shown.
const cavmae::CavmaeNet& cavmaeNet() {
  static cavmae::CavmaeNet net{cavmae::CavmaeConfig()};
  static const auto& ready = made(net);
  return ready;
}

cavmae::MaskedInput maskedInput() {
  const auto& config = cavmaeNet().config();
  const auto generator = nn::seededGenerator(1);
  cavmae::MaskedInput input;
  input.sound = torch::randn({1, config.frames, config.melBands});
  input.picture = torch::randn({1, 3, config.imageSize, config.imageSize});
  input.soundMask = nn::maskByNoise(nn::drawNoise(1, config.soundPatches(), generator), kHidden);
  input.pictureMask = nn::maskByNoise(nn::drawNoise(1, config.picturePatches(), generator), kHidden);
  return input;
}

void cavmaeEager(benchmark::State& state) {
  const auto& net = cavmaeNet();
  const cavmae::NetStacks stacks(net);
  const auto input = maskedInput();
  eagerly(state, [&] { benchmark::DoNotOptimize(cavmae::decode(net, stacks, cavmae::encode(net, stacks, input, false).joint, input)); });
}

void cavmaeEngine(benchmark::State& state, at::ScalarType type) {
  const cavmae::CavmaeInference inference(cavmaeNet(), runtimeOf(type));
  const auto input = maskedInput();
  prepared(state, [&] { benchmark::DoNotOptimize(inference.paint(input, {})); });
}

// ASiT base, the representation of 6 s.
const asit::AsitNet& asitNet() {
  static asit::AsitNet net{asit::AsitConfig()};
  static const auto& ready = made(net);
  return ready;
}

at::Tensor asitInput() { return torch::randn({1, asitNet().config().frames, asitNet().config().bins}); }

void asitEager(benchmark::State& state) {
  const auto input = asitInput();
  eagerly(state, [&] { benchmark::DoNotOptimize(asitNet().backbone->forward(input)); });
}

void asitEngine(benchmark::State& state, at::ScalarType type) {
  const asit::AsitInference inference(asitNet(), runtimeOf(type));
  const auto input = asitInput();
  prepared(state, [&] { benchmark::DoNotOptimize(inference.tokens(input, false, {})); });
}

// Audio and lyrics, genres from both.
const lyrics_mae::LyricsNet& lyricsNet() {
  static lyrics_mae::LyricsNet net([] {
    lyrics_mae::LyricsConfig config;
    config.decoder = false;
    config.classes = 20;
    return config;
  }());
  static const auto& ready = made(net);
  return ready;
}

at::Tensor lyricsSound() { return torch::randn({1, lyricsNet().config().frames, lyricsNet().config().bins}); }
at::Tensor lyricsWords() { return torch::randint(1000, lyricsNet().config().vocabularySize, {1, lyricsNet().config().tokens}, at::kLong); }

void lyricsEager(benchmark::State& state) {
  const auto sound = lyricsSound(), words = lyricsWords();
  eagerly(state, [&] { benchmark::DoNotOptimize(lyricsNet().logits(sound, words)); });
}

void lyricsEngine(benchmark::State& state, at::ScalarType type) {
  const lyrics_mae::LyricsInference inference(lyricsNet(), runtimeOf(type));
  const auto sound = lyricsSound(), words = lyricsWords();
  prepared(state, [&] { benchmark::DoNotOptimize(inference.logits(sound, words, {})); });
}

// Event localisation over the features of 16 clips of ten seconds.
constexpr std::int64_t kClips = 16;

std::shared_ptr<ave::AveNet> aveNet(ave::AveKind kind) {
  ave::AveConfig config;
  config.kind = kind;
  auto net = std::make_shared<ave::AveNet>(config);
  made(*net);
  return net;
}

at::Tensor aveSound() { return torch::randn({kClips, 10, 128}); }
at::Tensor avePicture() { return torch::randn({kClips, 10, 49, 512}).relu(); }

void aveEager(benchmark::State& state, ave::AveKind kind) {
  const auto net = aveNet(kind);
  const auto sound = aveSound(), picture = avePicture();
  eagerly(state, [&] { benchmark::DoNotOptimize(net->forward(sound, picture)); });
}

void aveEngine(benchmark::State& state, ave::AveKind kind, at::ScalarType type) {
  const ave::AveInference inference(aveNet(kind), runtimeOf(type));
  const auto sound = aveSound(), picture = avePicture();
  prepared(state, [&] { benchmark::DoNotOptimize(inference.logits(sound, picture, {})); });
}

constexpr auto kInWall = [](benchmark::internal::Benchmark* row) { row->Unit(benchmark::kMillisecond)->UseRealTime(); };

}  // namespace

BENCHMARK(cavmaeEager)->Apply(kInWall);
BENCHMARK_CAPTURE(cavmaeEngine, fp32, at::kFloat)->Apply(kInWall);
BENCHMARK_CAPTURE(cavmaeEngine, bf16, at::kBFloat16)->Apply(kInWall);
BENCHMARK(asitEager)->Apply(kInWall);
BENCHMARK_CAPTURE(asitEngine, fp32, at::kFloat)->Apply(kInWall);
BENCHMARK_CAPTURE(asitEngine, bf16, at::kBFloat16)->Apply(kInWall);
BENCHMARK(lyricsEager)->Apply(kInWall);
BENCHMARK_CAPTURE(lyricsEngine, fp32, at::kFloat)->Apply(kInWall);
BENCHMARK_CAPTURE(lyricsEngine, bf16, at::kBFloat16)->Apply(kInWall);
BENCHMARK_CAPTURE(aveEager, av_att, ave::AveKind::avAtt)->Apply(kInWall);
BENCHMARK_CAPTURE(aveEngine, av_att_fp32, ave::AveKind::avAtt, at::kFloat)->Apply(kInWall);
BENCHMARK_CAPTURE(aveEngine, av_att_bf16, ave::AveKind::avAtt, at::kBFloat16)->Apply(kInWall);
BENCHMARK_CAPTURE(aveEager, dmrn, ave::AveKind::dmrn)->Apply(kInWall);
BENCHMARK_CAPTURE(aveEngine, dmrn_fp32, ave::AveKind::dmrn, at::kFloat)->Apply(kInWall);
BENCHMARK_CAPTURE(aveEngine, dmrn_bf16, ave::AveKind::dmrn, at::kBFloat16)->Apply(kInWall);
