// BagModel: a loaded bag of codes.
// - Classifier: a clip of one second or less gives the head's logits. A longer one is cut into whole seconds, their
//   probabilities are averaged, and the logit of the average is returned; what is left after the last whole second is
//   dropped.
// - FeatureExtractor: per second "counts" [kind * cluster] (the histogram of codes) or "codes" [patch] (the index of each
//   patch's centre), kinds in the order whole, env, fenv, pat.
// - Reconstructor: nothing is hidden; the picture is painted from its codes. Mode "pat", "fenv", "env" or "whole" says
//   which kind of patch; with "-centre" behind, each code is replaced by its centre: what the codebook keeps.
// Immutable; run state is local to each call. Foreign exceptions end here.
#pragma once

#include "core/dsp/frontend.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_family.h"
#include "core/inference/reconstructor.h"
#include "models/bag_of_codes/bag_inference.h"

namespace chladni::models::bag {

class BagModel final : public inference::LoadedModel,
                       public inference::Classifier,
                       public inference::FeatureExtractor,
                       public inference::Reconstructor {
 public:
  BagModel(inference::ModelSpec spec, dsp::Frontend frontend, BagInference inference);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return inference_.runtime().deviceName(); }
  [[nodiscard]] std::string precision() const override { return inference_.runtime().precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return inference_.parameters(); }
  [[nodiscard]] const inference::Classifier* classifier() const override { return this; }
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }
  [[nodiscard]] const inference::Reconstructor* reconstructor() const override { return this; }

  Result<Matrix> logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override;
  [[nodiscard]] double hopSeconds() const override { return windowSeconds(); }
  [[nodiscard]] double windowSeconds() const override;  // of one picture: the second
  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                           std::stop_token stop) const override;

  [[nodiscard]] std::vector<std::string> modes() const override;
  Result<Reconstruction> reconstruct(const inference::ModelInput& input, const inference::MaskRequest& request,
                                     std::stop_token stop) const override;

 private:
  [[nodiscard]] std::size_t windowSamples() const;
  // The codes of every second of sound given, batch by batch; `each` sees them in order.
  template <class Each>
  Result<void> encodeSeconds(std::span<const inference::Clip> seconds, std::stop_token stop, const Each& each) const;
  [[nodiscard]] Result<Matrix> picture(inference::Clip second) const;  // [frame, bin]

  inference::ModelSpec spec_;
  dsp::Frontend frontend_;
  BagInference inference_;
};

}  // namespace chladni::models::bag
