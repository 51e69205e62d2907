// AsitModel: a loaded ASiT package. Shows what a query attended to, gives features of clips, and, as its heads allow,
// classifies and paints what group masking hid. Immutable; run state is local to each call. Foreign exceptions end here.
#pragma once

#include "core/dsp/frontend.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/linear_head.h"
#include "core/inference/model_family.h"
#include "core/inference/reconstructor.h"
#include "core/nn/attention_view.h"
#include "models/asit/asit_inference.h"
#include "models/asit/asit_masking.h"

namespace chladni::models::asit {

class AsitModel final : public inference::LoadedModel,
                        public inference::Classifier,
                        public inference::AttentionSource,
                        public inference::Reconstructor,
                        public inference::FeatureExtractor,
                        public inference::LinearHead {
 public:
  AsitModel(inference::ModelSpec spec, dsp::Frontend frontend, AsitInference inference);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return inference_.runtime().deviceName(); }
  [[nodiscard]] std::string precision() const override { return inference_.runtime().precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return inference_.parameters(); }
  [[nodiscard]] const inference::Classifier* classifier() const override;
  [[nodiscard]] const inference::AttentionSource* attentionSource() const override { return this; }
  [[nodiscard]] const inference::Reconstructor* reconstructor() const override;
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }

  Result<Matrix> logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

  [[nodiscard]] bool hasHead() const override { return inference_.config().classes > 0; }
  [[nodiscard]] inference::LinearMap head() const override;
  Result<Matrix> headInputs(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

  [[nodiscard]] int layers() const override { return static_cast<int>(inference_.config().depth); }
  [[nodiscard]] int heads() const override { return static_cast<int>(inference_.config().heads); }
  [[nodiscard]] PatchGrid grid() const override;
  Result<AttentionMap> attention(const inference::ModelInput& input, const inference::AttentionRequest& request,
                                 std::stop_token stop) const override;
  Result<AttentionMap> attentionOverview(const inference::ModelInput& input, std::stop_token stop) const override;

  // "block", "block-aligned" (to patches), "block-noise", "block-alien" (the clip's own other half shows through), "time"
  // and "frequency" (whole columns, whole bands). Else hidden pixels are zero. A mask painted by hand hides whole patches.
  [[nodiscard]] std::vector<std::string> modes() const override;
  Result<Reconstruction> reconstruct(const inference::ModelInput& input, const inference::MaskRequest& request,
                                     std::stop_token stop) const override;

  // "class": the class token; "mean": of all patches; "columns": the mean over frequency of each column of patches;
  // "patches": every patch, time first. All after the final norm.
  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override;
  [[nodiscard]] double hopSeconds() const override;
  [[nodiscard]] double windowSeconds() const override { return spec_.frontend.clipSeconds(); }
  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                           std::stop_token stop) const override;

 private:
  using Run = std::function<std::optional<at::Tensor>(const at::Tensor& spectrograms)>;
  // Rows of what `run` makes of each batch, one behind the other, flattened to two dimensions.
  [[nodiscard]] Result<Matrix> inBatches(std::span<const inference::ModelInput> inputs, std::int64_t width, const Run& run,
                                         std::stop_token stop) const;
  [[nodiscard]] std::size_t batchSize() const;
  [[nodiscard]] Result<Matrix> spectrogram(const inference::ModelInput& input) const;
  [[nodiscard]] Result<PixelMask> pixelMask(const inference::MaskRequest& request) const;
  [[nodiscard]] nn::TokenLayout layout() const;

  inference::ModelSpec spec_;
  dsp::Frontend frontend_;
  AsitInference inference_;
};

}  // namespace chladni::models::asit
