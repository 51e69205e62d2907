// BackboneModel: a loaded backbone. A row of features is the mean over all examples that its window of sound holds, or
// over all its pictures; logits likewise, of pictures, and of the first example of a sound. Immutable; run state is local
// to each call. Foreign exceptions end here.
#pragma once

#include "core/inference/feature_extractor.h"
#include "core/inference/model_family.h"
#include "models/backbones/backbone_input.h"

namespace chladni::models::backbones {

class BackboneModel final : public inference::LoadedModel,
                            public inference::FeatureExtractor,
                            public inference::Classifier {
 public:
  BackboneModel(inference::ModelSpec spec, const Kind& kind, BackboneInput input, std::unique_ptr<FeatureNet> net,
                std::int64_t parameters);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return net_->runtime().deviceName(); }
  [[nodiscard]] std::string precision() const override { return net_->runtime().precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return parameters_; }
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }
  [[nodiscard]] const inference::Classifier* classifier() const override;

  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override { return net_->taps(); }
  [[nodiscard]] double hopSeconds() const override { return spec_.hopSeconds > 0.0 ? spec_.hopSeconds : 1.0; }
  [[nodiscard]] double windowSeconds() const override { return spec_.windowSeconds > 0.0 ? spec_.windowSeconds : 1.0; }
  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                           std::stop_token stop) const override;
  Result<Matrix> logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

 private:
  // [input, ...shape of the tap]
  [[nodiscard]] Result<std::vector<at::Tensor>> rows(std::span<const inference::ModelInput> inputs, const std::string& tap,
                                                     std::size_t mostExamples, std::stop_token stop) const;

  inference::ModelSpec spec_;
  bool sound_;
  BackboneInput input_;
  std::unique_ptr<FeatureNet> net_;
  std::int64_t parameters_;
};

}  // namespace chladni::models::backbones
