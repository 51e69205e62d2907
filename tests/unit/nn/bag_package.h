// A tiny bag of codes on disk, with weights and centres from a seed, for tests that load, break or import one.
#pragma once

#include <filesystem>

#include <torch/types.h>

#include "core/dsp/frontend_presets.h"
#include "core/inference/model_package.h"
#include "core/nn/weights.h"
#include "core/serial/safetensors.h"
#include "models/bag_of_codes/bag_training.h"
#include "tests/support/catch.h"

namespace chladni::test {

inline models::bag::BagConfig tinyBag() {
  models::bag::BagConfig config;
  config.hidden = 24;
  config.clusters = 5;
  config.headHidden = 16;
  config.classes = 3;
  return config;
}

inline std::shared_ptr<models::bag::BagNet> tinyBagNet() {
  torch::manual_seed(17);
  auto net = std::make_shared<models::bag::BagNet>(tinyBag());
  at::NoGradGuard guard;
  for (auto& parameter : net->parameters()) parameter.mul_(3.0);  // so that counts and scores differ between sounds
  return net;
}

inline models::bag::Codebook tinyCodebook() {
  torch::manual_seed(18);
  reduction::KMeansOptions options;
  auto codebook = models::bag::learnCodebook(*tinyBagNet(), torch::randn({40, 96, 100}) * 3.0 - 8.0, options);
  REQUIRE(codebook);
  return *codebook;
}

inline inference::ModelSpec tinyBagSpec(const std::filesystem::path& folder) {
  inference::ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = "bag-of-codes";
  spec.title = "Tiny bag";
  spec.licence = "GPL-3.0-or-later";
  spec.source = "made by a test";
  spec.data = "random weights";
  spec.tasks = {"audio-events"};
  spec.multiLabel = true;
  spec.frontend = *dsp::frontendPreset("bow");
  spec.architecture = models::bag::toArchitecture(tinyBag());
  spec.classes = {"a", "b", "c"};
  spec.windowSeconds = spec.hopSeconds = 1.0;
  return spec;
}

inline inference::ModelSpec writeBag(const std::filesystem::path& folder, const std::vector<TensorBlob>& weights,
                                     const std::vector<TensorBlob>& centres, inference::ModelSpec spec) {
  std::filesystem::create_directories(folder);
  REQUIRE(serial::writeSafetensors(folder / spec.weights.file, {weights, {}}));
  REQUIRE(serial::writeSafetensors(folder / models::bag::kCodebookFile, {centres, {}}));
  spec.fileSha256[models::bag::kCodebookFile] = "";
  auto written = inference::writeModelManifest(spec, folder);
  if (!written) FAIL(written.error().describe());
  return *written;
}

inline std::vector<TensorBlob> bagWeights() { return nn::weightsOf(*tinyBagNet(), DType::f32); }
inline std::vector<TensorBlob> bagCentres() { return models::bag::toBlobs(tinyCodebook()); }

}  // namespace chladni::test
