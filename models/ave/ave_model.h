// AveModel and MatchingModel: loaded packages, what the program sees. Immutable; run state is local to each call. Foreign
// exceptions end here.
#pragma once

#include <memory>

#include "core/inference/localiser.h"
#include "core/inference/matcher.h"
#include "core/inference/model_family.h"
#include "models/ave/ave_inference.h"
#include "models/ave/matching_net.h"

namespace chladni::models::ave {

// Names of backbone packages in `architecture`; without them the published ones.
inline constexpr char kSoundBackbone[] = "sound_backbone";
inline constexpr char kPictureBackbone[] = "picture_backbone";
inline constexpr char kUsualSoundBackbone[] = "vggish";
inline constexpr char kUsualPictureBackbone[] = "vgg19";

class AveModel final : public inference::LoadedModel, public inference::Localiser {
 public:
  AveModel(inference::ModelSpec spec, AveInference inference);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return inference_.runtime().deviceName(); }
  [[nodiscard]] std::string precision() const override { return inference_.runtime().precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return inference_.parameters(); }
  [[nodiscard]] const inference::Localiser* localiser() const override { return this; }

  [[nodiscard]] inference::LocaliserNeeds needs() const override;
  Result<inference::Localisation> localise(const inference::FeatureBlock* sound, const inference::FeatureBlock* picture,
                                           std::stop_token stop) const override;

 private:
  inference::ModelSpec spec_;
  AveInference inference_;
};

class MatchingModel final : public inference::LoadedModel, public inference::Matcher {
 public:
  MatchingModel(inference::ModelSpec spec, std::shared_ptr<const MatchingNet> net);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::string precision() const override { return "fp64"; }
  [[nodiscard]] std::int64_t parameters() const override;
  [[nodiscard]] const inference::Matcher* matcher() const override { return this; }

  [[nodiscard]] inference::MatcherNeeds needs() const override;
  Result<inference::Distances> distances(const inference::FeatureBlock& sound, const inference::FeatureBlock& picture,
                                         std::stop_token stop) const override;

 private:
  inference::ModelSpec spec_;
  std::shared_ptr<const MatchingNet> net_;
};

}  // namespace chladni::models::ave
