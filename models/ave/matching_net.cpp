#include "models/ave/matching_net.h"

#include <cmath>

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/initialise.h"

namespace chladni::models::ave {
namespace {

constexpr double kSmallestSquare = 1e-7;

struct MatchingSize {
  const char* key;
  std::int64_t MatchingConfig::*member;
};
constexpr MatchingSize kMatchingSizes[] = {{"sound_width", &MatchingConfig::soundWidth},
                           {"picture_width", &MatchingConfig::pictureWidth},
                           {"hidden", &MatchingConfig::hidden},
                           {"embedding", &MatchingConfig::embedding}};

Unexpected wrongMatching(const std::string& field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + field + "' " + why + "; correct model.json or import the weights again");
}

}  // namespace

Result<void> check(const MatchingConfig& config) {
  for (const auto& size : kMatchingSizes)
    if (const auto value = config.*size.member; value < 1 || value > (1 << 16))
      return wrongMatching(size.key, "is " + std::to_string(value) + ", expected 1 to 65536");
  if (!(std::isfinite(config.slope) && config.slope >= 0.0 && config.slope <= 1.0))
    return wrongMatching("slope", "is not between 0 and 1");
  return {};
}

Result<MatchingConfig> matchingFromSpec(const inference::ModelSpec& spec) {
  MatchingConfig config;
  for (const auto& size : kMatchingSizes) {
    if (!spec.architecture.contains(size.key)) return wrongMatching(size.key, "is missing");
    const auto number = spec.number(size.key);
    if (!number || !std::isfinite(*number) || *number != std::floor(*number) || std::abs(*number) > 1e9)
      return wrongMatching(size.key, "is not a whole number");
    config.*size.member = static_cast<std::int64_t>(*number);
  }
  if (spec.architecture.contains("slope")) {
    const auto number = spec.number("slope");
    if (!number) return wrongMatching("slope", "is not a number");
    config.slope = *number;
  }
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

std::map<std::string, inference::Attribute> toArchitecture(const MatchingConfig& config) {
  std::map<std::string, inference::Attribute> architecture{{"slope", config.slope}};
  for (const auto& size : kMatchingSizes) architecture[size.key] = static_cast<double>(config.*size.member);
  return architecture;
}

MatchingNet::MatchingNet(const MatchingConfig& config) : config_(config) {
  CHLADNI_ASSERT(check(config));
  const auto add = [&](const std::string& layer, std::int64_t in, std::int64_t out) {
    nn::xavierUniform(register_parameter(layer + "/kernel:0", torch::empty({in, out}, at::kDouble)));
    register_parameter(layer + "/bias:0", torch::zeros({out}, at::kDouble));
  };
  add("dense_1", config.pictureWidth, config.hidden);
  add("dense_2", config.hidden, config.embedding);
  add("dense_3", config.soundWidth, config.hidden);
  add("dense_4", config.hidden, config.embedding);
}

at::Tensor MatchingNet::tower(const at::Tensor& x, const char* first, const char* second) const {
  const auto own = named_parameters();
  const auto dense = [&](const at::Tensor& in, const std::string& layer) {
    return at::addmm(own[layer + "/bias:0"], in, own[layer + "/kernel:0"]);
  };
  return dense(at::leaky_relu(dense(x.to(at::kDouble), first), config_.slope), second);
}

at::Tensor MatchingNet::embedSound(const at::Tensor& sound) const { return tower(sound, "dense_3", "dense_4"); }
at::Tensor MatchingNet::embedPicture(const at::Tensor& picture) const { return tower(picture, "dense_1", "dense_2"); }

at::Tensor pairDistances(const at::Tensor& pictures, const at::Tensor& sounds) {
  return (pictures - sounds).square().sum(-1).clamp_min(kSmallestSquare).sqrt();
}

at::Tensor allDistances(const at::Tensor& pictures, const at::Tensor& sounds) {
  return pairDistances(pictures.unsqueeze(1), sounds.unsqueeze(0));
}

at::Tensor contrastiveLoss(const at::Tensor& distances, const at::Tensor& together, double margin) {
  return (together * distances.square() + (1.0 - together) * (margin - distances).clamp_min(0.0).square()).mean();
}

}  // namespace chladni::models::ave
