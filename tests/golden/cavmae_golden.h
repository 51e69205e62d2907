// Shared by the CAV-MAE golden tests: a file whose reads are remembered, its recorded configurations and weights, and
// steps of the recorded optimiser.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <torch/optim/adam.h>

#include "core/nn/weights.h"
#include "core/serial/json_value.h"
#include "models/cavmae/cavmae_detect.h"
#include "models/cavmae/cavmae_forward.h"
#include "tests/golden/ast_compare.h"

namespace chladni::test {

namespace cavmae = models::cavmae;

// Every name that any test case of the program has read, to find those that none has.
inline std::set<std::string>& cavmaeSeen() {
  static std::set<std::string> names;
  return names;
}

class CavmaeFile {
 public:
  explicit CavmaeFile(const std::string& stem) : file_(stem) {}

  [[nodiscard]] at::Tensor take(const std::string& name) const {
    INFO(name);
    REQUIRE(file_.has(name));
    cavmaeSeen().insert(name);
    return recorded(file_, name);
  }
  [[nodiscard]] bool has(const std::string& name) const { return file_.has(name); }
  [[nodiscard]] std::vector<std::string> names(const std::string& prefix) const { return file_.names(prefix); }
  [[nodiscard]] std::vector<std::string> groups() const { return file_.groups(); }
  [[nodiscard]] const std::map<std::string, std::string>& metadata() const { return file_.metadata(); }

  void requireClose(const std::string& name, const at::Tensor& got, double tolerance) const {
    const auto expected = take(name);
    INFO(name << " differs by " << largestDifference(got.detach(), expected) << ", allowed " << tolerance);
    REQUIRE(largestDifference(got.detach(), expected) <= tolerance);
  }
  void requireSame(const std::string& name, const at::Tensor& got) const {
    const auto expected = take(name);
    INFO(name);
    REQUIRE(at::equal(got.to(expected.scalar_type()), expected));
  }
  // The last check of a test: nothing of the file was left out.
  void requireAllTaken() const {
    for (const auto& name : file_.names()) {
      INFO("nobody looked at " << name);
      CHECK(cavmaeSeen().contains(name));
    }
  }

  [[nodiscard]] nn::NamedTensors weights(const std::string& group) const {
    nn::NamedTensors published;
    const auto prefix = group + "/sd/";
    for (const auto& name : file_.names(prefix)) published[name.substr(prefix.size())] = take(name);
    REQUIRE_FALSE(published.empty());
    const auto canonical = cavmae::canonicalise(published);
    REQUIRE(canonical);
    return canonical->tensors;
  }

  // What the metadata says, which also must be what names and shapes say.
  [[nodiscard]] cavmae::CavmaeConfig config(const std::string& group) const {
    const auto json = serial::parseJson(file_.metadata().at(group), group);
    REQUIRE(json);
    const serial::JsonField root(*json);
    const auto whole = [&](const char* name) { return root[name].whole().value(); };
    cavmae::DetectHints hints;
    hints.heads = whole("heads");
    if (root["decoder_heads"].present()) hints.decoderHeads = whole("decoder_heads");
    hints.melBands = take(group + "/audio").size(2);
    auto config = cavmae::detectConfig(weights(group), hints);
    REQUIRE(config);
    REQUIRE(config->audioDepth == whole("modality_depth"));
    REQUIRE(config->imageDepth == whole("modality_depth"));
    REQUIRE(config->unifiedDepth == whole("unified_depth"));
    REQUIRE(config->width == whole("embed_dim"));
    REQUIRE(config->frames == whole("audio_length"));
    REQUIRE(config->imageSize == whole("img"));
    config->normEpsilon = root["ln_eps"].number().value();
    if (root["classes"].present()) REQUIRE(config->classes == whole("classes"));
    if (config->task == cavmae::Task::classify) return *config;
    REQUIRE(config->decoderWidth == whole("decoder_dim"));
    REQUIRE(config->decoderDepth == whole("decoder_depth"));
    config->positions = root["trainable_pos"].boolean().value() ? cavmae::Positions::sincosTrained : cavmae::Positions::sincosFixed;
    config->pixelNorm = root["norm_pix_loss"].boolean().value();
    config->reconstructionWeight = root["mae_loss_weight"].number().value();
    config->contrastiveWeight = root["contrast_loss_weight"].number().value();
    return *config;
  }
  [[nodiscard]] double number(const std::string& group, const char* field) const {
    const auto json = serial::parseJson(file_.metadata().at(group), group);
    REQUIRE(json);
    return serial::JsonField(*json)[field].number().value();
  }
  // A JSON list of names of parameters.
  [[nodiscard]] std::set<std::string> nameList(const std::string& key) const {
    INFO(key);
    REQUIRE(file_.metadata().contains(key));
    const auto json = serial::parseJson(file_.metadata().at(key), key);
    REQUIRE(json);
    const auto list = serial::JsonField(*json).strings();
    REQUIRE(list);
    return {list->begin(), list->end()};
  }

  // Gradients under prefix "…/grad/": to 1e-4 of the largest entry.
  void requireGradients(const torch::nn::Module& net, const std::string& prefix) const {
    const auto parameters = net.named_parameters();
    REQUIRE_FALSE(names(prefix).empty());
    for (const auto& name : names(prefix)) {
      INFO(name);
      const auto* parameter = parameters.find(name.substr(prefix.size()));
      REQUIRE(parameter != nullptr);
      REQUIRE(parameter->grad().defined());
      requireClose(name, parameter->grad(), 1e-4 * take(name).abs().max().item<double>());
    }
  }
  void requireParameters(const torch::nn::Module& net, const std::string& prefix) const {
    const auto parameters = net.named_parameters();
    REQUIRE_FALSE(names(prefix).empty());
    for (const auto& name : names(prefix)) {
      INFO(name);
      const auto* parameter = parameters.find(name.substr(prefix.size()));
      REQUIRE(parameter != nullptr);
      requireClose(name, *parameter, 2e-5);
    }
  }
  void requireWithoutGradient(const torch::nn::Module& net, const std::string& key) const {
    const auto idle = nameList(key);
    for (const auto& item : net.named_parameters()) {
      INFO(item.key());
      CHECK(item.value().grad().defined() != idle.contains(item.key()));
    }
  }

 private:
  GoldenFile file_;
};

inline std::unique_ptr<cavmae::CavmaeNet> recordedNet(const CavmaeFile& file, const std::string& group,
                                                      const cavmae::CavmaeConfig& config) {
  auto net = std::make_unique<cavmae::CavmaeNet>(config);
  const auto loaded = nn::loadWeights(*net, file.weights(group));
  INFO((loaded ? std::string() : loaded.error().message));
  REQUIRE(loaded);
  return net;
}

// Adam as recorded: betas 0.95 and 0.999, weight decay 5e-7 added to the gradient; the head may have its own rate.
inline std::unique_ptr<torch::optim::Adam> recordedAdam(const torch::nn::Module& net, double rate, double headRate) {
  std::vector<at::Tensor> base, head;
  for (const auto& item : net.named_parameters())
    if (item.value().requires_grad()) (item.key().starts_with("mlp_head.") ? head : base).push_back(item.value());
  const auto options = [](double value) {
    auto made = std::make_unique<torch::optim::AdamOptions>(value);
    made->betas({0.95, 0.999}).weight_decay(5e-7).eps(1e-8);
    return made;
  };
  std::vector<torch::optim::OptimizerParamGroup> groups{{base, options(rate)}};
  if (!head.empty()) groups.emplace_back(head, options(headRate));
  return std::make_unique<torch::optim::Adam>(std::move(groups), torch::optim::AdamOptions(rate));
}

}  // namespace chladni::test
