// A tiny AST package on disk, with weights from a seed, for tests that load, break or import one.
#pragma once

#include <filesystem>

#include <torch/types.h>

#include "core/inference/model_package.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "core/serial/safetensors.h"
#include "models/ast/ast_net.h"
#include "tests/support/catch.h"

namespace chladni::test {

inline models::ast::AstConfig tinyConfig() {
  models::ast::AstConfig config;
  config.depth = 2;
  config.width = 128;
  config.heads = 2;
  config.mlpRatio = 2.0;
  config.strideFrequency = config.strideTime = 16;
  config.frames = 96;
  config.classes = 3;
  return config;
}

inline std::shared_ptr<models::ast::AstNet> tinyNet(const models::ast::AstConfig& config = tinyConfig()) {
  torch::manual_seed(11);
  auto net = std::make_shared<models::ast::AstNet>(config);
  net->initialise(models::ast::AstStart::xavier);
  return net;
}

inline inference::ModelSpec tinySpec(const std::filesystem::path& folder) {
  inference::ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = "ast";
  spec.title = "Tiny";
  spec.licence = "GPL-3.0-or-later";
  spec.source = "made by a test";
  spec.data = "random weights";
  spec.tasks = {"audio-events"};
  spec.frontend.targetFrames = 96;
  spec.architecture = models::ast::toArchitecture(tinyConfig());
  spec.classes = {"a", "b", "c"};
  spec.windowSeconds = spec.hopSeconds = 1.0;
  return spec;
}

inline inference::ModelSpec writePackage(const std::filesystem::path& folder, serial::TensorFile file) {
  std::filesystem::create_directories(folder);
  const auto spec = tinySpec(folder);
  REQUIRE(serial::writeSafetensors(folder / spec.weights.file, file));
  auto written = inference::writeModelManifest(spec, folder);
  if (!written) FAIL(written.error().describe());
  return *written;
}

inline serial::TensorFile tinyWeights() { return {nn::weightsOf(*tinyNet(), DType::f32), {}}; }

}  // namespace chladni::test
