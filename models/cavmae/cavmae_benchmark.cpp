#include "models/cavmae/cavmae_benchmark.h"

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/base/best_time.h"
#include "core/nn/bench_steps.h"
#include "core/nn/mask_modes.h"
#include "core/nn/translate.h"
#include "models/cavmae/cavmae_forward.h"
#include "models/cavmae/cavmae_inference.h"

namespace chladni::models::cavmae {
namespace {

constexpr double kHidden = 0.75;
constexpr std::int64_t kBenchBatch = 4;

MaskedInput clips(const CavmaeConfig& config, std::int64_t count, c10::Device device) {
  const auto generator = nn::seededGenerator(1);
  torch::manual_seed(1);
  MaskedInput input;
  input.sound = torch::randn({count, config.frames, config.melBands}).to(device);
  input.picture = torch::randn({count, 3, config.imageSize, config.imageSize}).to(device);
  input.soundMask = nn::maskByNoise(nn::drawNoise(count, config.soundPatches(), generator), kHidden).to(device);
  input.pictureMask = nn::maskByNoise(nn::drawNoise(count, config.picturePatches(), generator), kHidden).to(device);
  return input;
}

// What a pass over one clip multiplies. `alone`: the unified blocks see each modality by itself as well.
double passMs(const CavmaeConfig& config, bool alone, const nn::Runtime& runtime, const std::stop_token& stop) {
  const auto sound = nn::keptCount(config.soundPatches(), kHidden);
  const auto picture = nn::keptCount(config.picturePatches(), kHidden);
  const auto encoder = [&](std::int64_t tokens, std::int64_t depth) {
    return nn::productsMs({tokens, config.width, config.hidden(config.width), depth}, runtime, stop);
  };
  double sum = encoder(sound, config.audioDepth) + encoder(picture, config.imageDepth) + encoder(sound + picture, config.unifiedDepth);
  if (alone) sum += encoder(sound, config.unifiedDepth) + encoder(picture, config.unifiedDepth);
  return sum + nn::productsMs({config.soundPatches() + config.picturePatches(), config.decoderWidth, config.hidden(config.decoderWidth),
                               config.decoderDepth}, runtime, stop);
}

std::string tokensInWords(const CavmaeConfig& config) {
  return "10 s clip and a frame, " + std::to_string(config.soundPatches()) + " + " + std::to_string(config.picturePatches()) + " patches";
}

Result<inference::BenchmarkFigure> measured(const std::string& name, const inference::RuntimeOptions& options, const std::stop_token& stop,
                                            void (*measure)(CavmaeNet&, const nn::Runtime&, const std::stop_token&, inference::BenchmarkFigure&)) {
  return nn::translated("measuring " + name, [&]() -> Result<inference::BenchmarkFigure> {
    auto runtime = nn::resolveRuntime(options);
    if (!runtime) return fail(std::move(runtime).error());
    torch::manual_seed(1);
    CavmaeNet net{CavmaeConfig()};
    net.initialise();
    inference::BenchmarkFigure figure{name, tokensInWords(net.config()), runtime->precisionName(), at::get_num_threads()};
    measure(net, *runtime, stop, figure);
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    return figure;
  });
}

}  // namespace

Result<inference::BenchmarkFigure> benchmarkReconstruct(const inference::RuntimeOptions& options, std::stop_token stop) {
  return measured("reconstruct", options, stop,
                  [](CavmaeNet& net, const nn::Runtime& runtime, const std::stop_token& asked, inference::BenchmarkFigure& figure) {
                    const CavmaeInference inference(net, runtime);
                    const auto input = clips(net.config(), 1, at::kCPU);
                    figure.ms = bestMs([&] { static_cast<void>(inference.paint(input, asked)); }, asked);
                    figure.floorMs = passMs(net.config(), /*alone=*/false, runtime, asked);
                  });
}

Result<inference::BenchmarkFigure> benchmarkTraining(const inference::RuntimeOptions& options, std::stop_token stop) {
  return measured("train-cavmae-b", options, stop,
                  [](CavmaeNet& net, const nn::Runtime& runtime, const std::stop_token& asked, inference::BenchmarkFigure& figure) {
                    const auto input = clips(net.config(), kBenchBatch, runtime.device);
                    figure.ms = nn::trainStepMs(net, [&] { return pretrainLosses(net, NetStacks(net), input).total; }, runtime, asked) / kBenchBatch;
                    figure.floorMs = nn::kLearningPasses * passMs(net.config(), /*alone=*/true, runtime, asked);
                  });
}

}  // namespace chladni::models::cavmae
