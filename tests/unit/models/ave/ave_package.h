// Small localisers with random weights, as published files and as packages on disk.
#pragma once

#include <filesystem>

#include <torch/types.h>

#include "core/inference/localiser.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "core/serial/safetensors.h"
#include "models/ave/ave_family.h"
#include "models/ave/ave_net.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace chladni::test {

using namespace models::ave;

inline AveConfig tinyAve(AveKind kind = AveKind::avAtt) {
  AveConfig config;
  config.kind = kind;
  config.soundWidth = 6;
  config.gridRows = 2;
  config.gridColumns = 3;
  config.pictureWidth = 5;
  config.attentionWidth = 8;
  config.hidden = 4;
  config.headWidth = 7;
  return config;
}

inline nn::NamedTensors tinyWeights(const AveConfig& config, double scale = 3.0) {
  torch::manual_seed(41);
  AveNet net(config);
  nn::NamedTensors tensors;
  for (const auto& item : net.named_parameters()) tensors[item.key()] = (item.value().detach() * scale).clone();
  return tensors;
}

inline void writeAveTensors(const std::filesystem::path& path, const nn::NamedTensors& tensors) {
  serial::TensorFile file;
  for (const auto& [name, tensor] : tensors) file.tensors.push_back(nn::toBlob(name, tensor.contiguous()));
  REQUIRE(serial::writeSafetensors(path, file));
}

inline Result<inference::ImportReport> importTiny(const Scratch& scratch, AveKind kind, const nn::NamedTensors& tensors,
                                                  std::map<std::string, std::string> settings = {{"grid", "2x3"}}) {
  static int packages = 0;
  const auto name = "ave" + std::to_string(packages++);
  writeAveTensors(scratch / (name + ".safetensors"), tensors);
  inference::ImportOptions options;
  options.source = scratch / (name + ".safetensors");
  options.destination = scratch / name;
  options.settings = std::move(settings);
  return AveFamily(kind).importCheckpoint(options);
}

inline std::shared_ptr<const inference::LoadedModel> loadTiny(const Result<inference::ImportReport>& report, AveKind kind,
                                                              inference::Precision precision = inference::Precision::fp32) {
  if (!report) FAIL(report.error().describe());
  for (const auto& line : report->lines) UNSCOPED_INFO(line);
  REQUIRE(report->accepted);
  inference::RuntimeOptions options;
  options.device = "cpu";
  options.precision = precision;
  auto model = AveFamily(kind).load(report->spec, options);
  if (!model) FAIL(model.error().describe());
  REQUIRE((*model)->localiser() != nullptr);
  return *model;
}

inline inference::FeatureBlock randomFeatures(std::int64_t rows, std::vector<std::int64_t> shape, unsigned seed) {
  torch::manual_seed(seed);
  auto sizes = shape;
  sizes.insert(sizes.begin(), rows);
  const auto values = torch::randn(sizes).contiguous();
  return {rows, std::move(shape), {values.data_ptr<float>(), values.data_ptr<float>() + values.numel()}, 1.0, 1.0};
}

inline double largestDifference(const Matrix& a, const Matrix& b) {
  REQUIRE(a.values.size() == b.values.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < a.values.size(); ++i) largest = std::max<double>(largest, std::abs(a.values[i] - b.values[i]));
  return largest;
}

}  // namespace chladni::test
