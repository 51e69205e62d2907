// A small ASiT with random weights, as published files and as a package on disk.
#pragma once

#include <cmath>
#include <filesystem>

#include "core/inference/model_package.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "core/serial/safetensors.h"
#include "models/asit/asit_family.h"
#include "models/asit/asit_net.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace chladni::test {

using models::asit::AsitConfig;
using models::asit::AsitNet;

// 4 x 8 patches of 8 x 8; all heads.
inline AsitConfig smallAsit() {
  AsitConfig config;
  config.depth = 2;
  config.width = 16;
  config.heads = 2;
  config.patch = 8;
  config.bins = 32;
  config.frames = 64;
  config.classes = 3;
  config.projection = {12, 6, 20, 10};
  config.reconstruction = {14, 6, true};
  return config;
}

// What no tensor of the small one tells.
inline std::map<std::string, std::string> smallAsitSettings() { return {{"heads", "2"}, {"bins", "32"}, {"sample_rate", "16000"}}; }

// Under the names without wrappers.
inline nn::NamedTensors asitWeights(const AsitConfig& config, std::uint64_t seed = 3) {
  torch::manual_seed(seed);
  AsitNet net(config);
  net.initialise();
  at::NoGradGuard guard;
  nn::NamedTensors tensors;
  for (const auto& item : net.named_parameters()) {
    // Deviation 0.02 leaves every class with the same logit to five digits: too little to tell two models apart.
    tensors[item.key()] = item.value().detach().clone() + torch::randn_like(item.value()) * 0.1;
  }
  return tensors;
}

inline void writeTensors(const std::filesystem::path& path, const nn::NamedTensors& tensors) {
  serial::TensorFile file;
  for (const auto& [name, tensor] : tensors) file.tensors.push_back(nn::toBlob(name, tensor.contiguous()));
  REQUIRE(serial::writeSafetensors(path, file));
}

inline Result<inference::ImportReport> importAsitTensors(const Scratch& scratch, const nn::NamedTensors& tensors,
                                                         const std::map<std::string, std::string>& settings = smallAsitSettings(),
                                                         const std::string& name = "package") {
  writeTensors(scratch / (name + ".safetensors"), tensors);
  inference::ImportOptions options;
  options.source = scratch / (name + ".safetensors");
  options.destination = scratch / name;
  options.settings = settings;
  return models::asit::AsitFamily().importCheckpoint(options);
}

inline inference::ModelSpec asitPackage(const Scratch& scratch, const AsitConfig& config, const std::string& name = "package") {
  auto report = importAsitTensors(scratch, asitWeights(config), smallAsitSettings(), name);
  if (!report) FAIL(report.error().describe());
  for (const auto& line : report->lines) UNSCOPED_INFO(line);
  REQUIRE(report->accepted);
  return report->spec;
}

inline std::shared_ptr<const inference::LoadedModel> loadedAsit(const inference::ModelSpec& spec,
                                                                inference::Precision precision = inference::Precision::fp32) {
  inference::RuntimeOptions options;
  options.device = "cpu";
  options.precision = precision;
  auto model = models::asit::AsitFamily().load(spec, options);
  if (!model) FAIL(model.error().describe());
  return *model;
}

// Seven tenths of a second of a rising tone.
inline std::vector<float> risingTone(double pitch) {
  std::vector<float> sound(11200);
  for (std::size_t n = 0; n < sound.size(); ++n) {
    const double t = static_cast<double>(n) / 16000.0;
    sound[n] = static_cast<float>(0.4 * std::sin(6.283185307 * (pitch + 900.0 * t) * t));
  }
  return sound;
}

inline bool sayIn(const inference::ImportReport& report, const std::string& text) {
  return std::any_of(report.lines.begin(), report.lines.end(),
                     [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

}  // namespace chladni::test
