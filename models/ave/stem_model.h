// StemModel: a loaded ear ("ave-ear") or eye ("ave-eye"), the small backbones inside the packages of localisers that were
// trained on media: one row of features a second. Immutable; run state is local to each call.
#pragma once

#include <memory>
#include <optional>

#include "core/dsp/frontend.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_family.h"
#include "core/nn/device.h"
#include "models/ave/stem_family.h"
#include "models/ave/stem_net.h"

namespace chladni::models::ave {

class StemModel final : public inference::LoadedModel, public inference::FeatureExtractor {
 public:
  static Result<std::shared_ptr<const StemModel>> load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return runtime_.deviceName(); }
  [[nodiscard]] std::string precision() const override { return "fp32"; }
  [[nodiscard]] std::int64_t parameters() const override;
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }
  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override;
  [[nodiscard]] double hopSeconds() const override { return 1.0; }
  [[nodiscard]] double windowSeconds() const override { return 1.0; }
  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                           std::stop_token stop) const override;

 private:
  StemModel(inference::ModelSpec spec, nn::Runtime runtime, std::int64_t width)
      : spec_(std::move(spec)), runtime_(runtime), width_(width) {}
  [[nodiscard]] Result<at::Tensor> inputOf(const inference::ModelInput& window) const;

  inference::ModelSpec spec_;
  nn::Runtime runtime_;
  std::int64_t width_;
  std::optional<dsp::Frontend> frontend_;
  std::shared_ptr<const EarNet> ear_;  // one of the two
  std::shared_ptr<const EyeNet> eye_;
};

}  // namespace chladni::models::ave
