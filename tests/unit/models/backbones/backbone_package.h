// Small backbones with weights of the integer formula, as published files and as packages on disk.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/inference/model_package.h"
#include "core/nn/tensor_exchange.h"
#include "core/serial/safetensors.h"
#include "models/backbones/backbone_family.h"
#include "models/backbones/backbone_frontend.h"
#include "models/backbones/backbone_input.h"
#include "models/backbones/backbone_kind.h"
#include "tests/support/catch.h"
#include "tests/golden/formula_weights.h"
#include "tests/support/scratch.h"

namespace chladni::test {

using models::backbones::Kind;
using models::backbones::Sizes;

struct SmallBackbone {
  std::string family, variant;
  Sizes sizes;
  std::map<std::string, std::string> settings;
};

inline const std::vector<SmallBackbone>& smallBackbones() {
  static const std::vector<SmallBackbone> all{
      {"vggish", "", {{"width", 4}, {"dense", 24}, {"embedding", 12}, {"postprocess", 1}}, {}},
      {"yamnet", "", {{"width", 4}, {"classes", 5}}, {}},
      {"openl3", "", {{"width", 4}, {"embedding", 512}}, {{"representation", "mel128"}}},
      {"musicnn", "musicnn", {{"timbral", 6}, {"temporal", 5}, {"mid", 4}, {"dense", 8}, {"classes", 3}}, {}},
      {"musicnn", "vgg", {{"width", 4}, {"classes", 3}}, {}},
      {"vgg19", "", {{"width", 4}, {"dense", 16}, {"classes", 6}}, {}},
      {"resnet", "", {{"width", 4}, {"blocks1", 1}, {"blocks2", 2}, {"blocks3", 1}, {"blocks4", 1}, {"keras", 0}, {"classes", 6}}, {}}};
  return all;
}

inline const SmallBackbone& smallBackbone(std::string_view family, std::string_view variant = {}) {
  for (const auto& small : smallBackbones())
    if (small.family == family && (variant.empty() || small.variant == variant)) return small;
  throw std::runtime_error("no small backbone " + std::string(family));
}

inline std::string kindOfTensor(const nn::NamedShape& item) {
  if (item.name.ends_with("running_var")) return "var";
  if (item.name.ends_with("bias") || item.name.ends_with("running_mean") || item.name.ends_with("pca_means")) return "bias";
  return item.shape.size() > 1 ? "weight" : "scale";
}

inline const Kind& kindOf(const SmallBackbone& small) { return *models::backbones::kindOf(small.family, small.variant); }

// The front end as published.
inline inference::ModelSpec publishedSpec(const SmallBackbone& small) {
  inference::ModelSpec spec;
  spec.family = small.family;
  spec.source = "test";
  REQUIRE(models::backbones::settleFrontend(spec, kindOf(small), small.settings, false));
  return spec;
}

inline nn::NamedTensors smallWeights(const SmallBackbone& small, const std::string& model) {
  const auto example = models::backbones::exampleSize(kindOf(small), publishedSpec(small).frontend);
  REQUIRE(example);
  nn::NamedTensors tensors;
  for (const auto& item : kindOf(small).parameters(small.sizes, example->rows, example->columns))
    tensors[item.name] = formulaTensor(model + ":" + item.name, item.shape, kindOfTensor(item));
  return tensors;
}

inline void writeTensors(const std::filesystem::path& path, const nn::NamedTensors& tensors) {
  serial::TensorFile file;
  for (const auto& [name, tensor] : tensors) file.tensors.push_back(nn::toBlob(name, tensor.contiguous()));
  REQUIRE(serial::writeSafetensors(path, file));
}

inline Result<inference::ImportReport> importTensors(const Scratch& scratch, const SmallBackbone& small,
                                                     const nn::NamedTensors& tensors, const std::string& name = "package") {
  writeTensors(scratch / (name + ".safetensors"), tensors);
  inference::ImportOptions options;
  options.source = scratch / (name + ".safetensors");
  options.destination = scratch / name;
  options.settings = small.settings;
  return models::backbones::BackboneFamily(small.family).importCheckpoint(options);
}

inline inference::ModelSpec package(const Scratch& scratch, const SmallBackbone& small) {
  auto report = importTensors(scratch, small, smallWeights(small, small.family));
  if (!report) FAIL(report.error().describe());
  for (const auto& line : report->lines) UNSCOPED_INFO(line);
  REQUIRE(report->accepted);
  return report->spec;
}

inline std::shared_ptr<const inference::LoadedModel> loaded(const inference::ModelSpec& spec,
                                                            inference::Precision precision = inference::Precision::fp32) {
  inference::RuntimeOptions options;
  options.device = "cpu";
  options.precision = precision;
  auto model = models::backbones::BackboneFamily(spec.family).load(spec, options);
  if (!model) FAIL(model.error().describe());
  return *model;
}

// What any backbone can be shown: a second and a half of sound with a rising tone, and three coloured pictures.
struct Shown {
  explicit Shown(std::int64_t rate, double pitch = 300.0) : sound(static_cast<std::size_t>(rate * 3 / 2)) {
    for (std::size_t n = 0; n < sound.size(); ++n) {
      const double t = static_cast<double>(n) / static_cast<double>(rate);
      sound[n] = static_cast<float>(0.4 * std::sin(6.283185307 * (pitch + 400.0 * t) * t));
    }
    for (int i = 0; i < 3; ++i) {
      VideoFrame frame;
      frame.width = 80;
      frame.height = 60;
      for (int p = 0; p < 80 * 60 * 3; ++p) frame.rgb.push_back(static_cast<std::uint8_t>((p * (i + 3) + static_cast<int>(pitch)) % 251));
      frames.push_back(std::move(frame));
    }
  }
  [[nodiscard]] inference::ModelInput input() const {
    inference::ModelInput made;
    made.sound = sound;
    made.frames = frames;
    return made;
  }
  std::vector<float> sound;
  std::vector<VideoFrame> frames;
};

}  // namespace chladni::test
