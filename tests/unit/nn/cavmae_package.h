// A tiny CAV-MAE package on disk with weights from a seed, and footage to show it, for tests that load, break or import one.
#pragma once

#include <cmath>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include <torch/types.h>

#include "core/inference/model_package.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "core/serial/safetensors.h"
#include "models/cavmae/cavmae_family.h"
#include "models/cavmae/cavmae_net.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace chladni::test::cavmae {

using namespace inference;
using namespace models::cavmae;

inline const RuntimeOptions kExact{"cpu", Precision::fp32};

inline CavmaeConfig tinyConfig(Task task) {
  CavmaeConfig config;
  config.task = task;
  config.audioDepth = config.imageDepth = 2;
  config.unifiedDepth = 1;
  config.width = 32;
  config.heads = 2;
  config.decoderDepth = 1;
  config.decoderWidth = 16;
  config.decoderHeads = 2;
  config.frames = 64;
  config.imageSize = 48;
  config.pixelNorm = false;
  config.classes = task == Task::classify ? 3 : 0;
  if (task == Task::classify) config.positions = Positions::sincosTrained;
  return config;
}

inline std::shared_ptr<CavmaeNet> tinyNet(const CavmaeConfig& config) {
  torch::manual_seed(5);
  auto net = std::make_shared<CavmaeNet>(config);
  net->initialise();
  at::NoGradGuard guard;
  for (auto& parameter : net->parameters())
    if (parameter.requires_grad()) parameter.add_(torch::randn_like(parameter) * 0.1);
  return net;
}

inline ModelSpec writePackage(const std::filesystem::path& folder, const CavmaeConfig& config, bool multiLabel = false) {
  std::filesystem::create_directories(folder);
  ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = std::string(config.task == Task::pretrain ? kPretrainFamily : kClassifyFamily);
  spec.title = "Tiny";
  spec.licence = "GPL-3.0-or-later";
  spec.source = "made by a test";
  spec.data = "random weights";
  spec.tasks = {"audio-events"};
  spec.multiLabel = multiLabel;
  spec.frontend.targetFrames = config.frames;
  if (config.picture) spec.frontend.picture.emplace().size = static_cast<int>(config.imageSize);
  spec.architecture = toArchitecture(config);
  if (config.classes > 0) spec.classes = {"a", "b", "c"};
  spec.windowSeconds = spec.hopSeconds = 1.0;
  REQUIRE(serial::writeSafetensors(folder / spec.weights.file, {nn::weightsOf(*tinyNet(config), DType::f32), {}}));
  auto written = writeModelManifest(spec, folder);
  if (!written) FAIL(written.error().describe());
  return *written;
}

inline std::shared_ptr<const LoadedModel> loadTiny(const Scratch& scratch, const CavmaeConfig& config, bool multiLabel = false) {
  auto model = CavmaeFamily(config.task).load(writePackage(scratch / "tiny", config, multiLabel), kExact);
  if (!model) FAIL(model.error().describe());
  return *model;
}

inline std::vector<float> noise(std::size_t samples, unsigned seed) {
  std::vector<float> sound(samples);
  for (auto& value : sound) {
    seed = seed * 1664525U + 1013904223U;
    value = static_cast<float>(static_cast<int>(seed >> 16U) - 32768) / 65536.0F;
  }
  return sound;
}

inline VideoFrame frameOf(unsigned seed) {
  VideoFrame frame;
  frame.width = 64;
  frame.height = 50;
  frame.rgb.resize(64 * 50 * 3);
  for (auto& value : frame.rgb) {
    seed = seed * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(seed >> 24U);
  }
  return frame;
}

struct Footage {
  std::vector<float> sound = noise(10000, 1);
  std::vector<VideoFrame> frames{frameOf(1), frameOf(2), frameOf(3)};
  [[nodiscard]] ModelInput both(std::size_t count = 1) const {
    ModelInput input(sound);
    input.frames = {frames.data(), count};
    return input;
  }
  [[nodiscard]] ModelInput heard() const { return ModelInput(sound); }
  [[nodiscard]] ModelInput seen() const {
    ModelInput input;
    input.frames = {frames.data(), 1};
    return input;
  }
};

inline void requireClose(std::span<const float> a, std::span<const float> b, double tolerance = 1e-4) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(std::abs(a[i] - b[i]) < tolerance);
}

inline Matrix logitsOf(const LoadedModel& model, const ModelInput& input) {
  auto logits = model.classifier()->logitsOf({&input, 1}, {});
  if (!logits) FAIL(logits.error().describe());
  return *logits;
}

}  // namespace chladni::test::cavmae
