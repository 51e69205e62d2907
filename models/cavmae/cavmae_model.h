// CavmaeModel: a loaded CAV-MAE package. "cavmae-pretrain" hides patches of sound and picture and paints them;
// "cavmae-classify" classifies clips by both, or by either alone. Both give unit vectors of sound and picture in one
// space, features, and the attention within and across the two. Immutable; run state is local to each call. Foreign
// exceptions end here.
#pragma once

#include <functional>

#include "core/dsp/frontend.h"
#include "core/inference/embedder.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_family.h"
#include "core/inference/reconstructor.h"
#include "core/nn/attention_view.h"
#include "models/cavmae/cavmae_inference.h"

namespace chladni::models::cavmae {

class CavmaeModel final : public inference::LoadedModel,
                          public inference::Classifier,
                          public inference::AttentionSource,
                          public inference::Reconstructor,
                          public inference::Embedder,
                          public inference::FeatureExtractor {
 public:
  CavmaeModel(inference::ModelSpec spec, dsp::Frontend frontend, CavmaeInference inference);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return inference_.runtime().deviceName(); }
  [[nodiscard]] std::string precision() const override { return inference_.runtime().precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return inference_.parameters(); }
  [[nodiscard]] const inference::Classifier* classifier() const override { return classifies() ? this : nullptr; }
  [[nodiscard]] const inference::AttentionSource* attentionSource() const override { return this; }
  [[nodiscard]] const inference::Reconstructor* reconstructor() const override { return classifies() ? nullptr : this; }
  [[nodiscard]] const inference::Embedder* embedder() const override { return this; }
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }

  // Several frames of a clip are looked at one by one with the same sound; their probabilities are averaged, and the
  // logits are those of the average. Elsewhere the middle frame counts.
  Result<Matrix> logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

  // Layers of the two branches, which do not see each other, then the unified ones. Whatever modality is missing is left
  // out; the unified blocks then run with the norms of the other.
  [[nodiscard]] int layers() const override { return static_cast<int>(inference_.layers()); }
  [[nodiscard]] int heads() const override { return static_cast<int>(config().heads); }
  [[nodiscard]] PatchGrid grid() const override;
  Result<AttentionMap> attention(const inference::ModelInput& input, const inference::AttentionRequest& request,
                                 std::stop_token stop) const override;
  Result<AttentionMap> attentionOverview(const inference::ModelInput& input, std::stop_token stop) const override;

  // Time and frequency masks hide sound only (pictures lose single patches); block and grid hide both. A ratio of 1, or
  // an input without that modality, hides all of it: it is painted from the other.
  [[nodiscard]] std::vector<std::string> modes() const override;
  Result<Reconstruction> reconstruct(const inference::ModelInput& input, const inference::MaskRequest& request,
                                     std::stop_token stop) const override;

  [[nodiscard]] bool embeds(inference::Modality modality) const override;
  Result<Matrix> embed(std::span<const inference::ModelInput> inputs, inference::Modality modality,
                       std::stop_token stop) const override;

  // "sound", "picture": means of one modality alone, with its norms; "both": mean of the joint tokens;
  // "sound-patches", "picture-patches": every patch, row by row.
  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override;
  [[nodiscard]] double hopSeconds() const override;
  [[nodiscard]] double windowSeconds() const override { return spec_.frontend.clipSeconds(); }
  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                           std::stop_token stop) const override;

 private:
  // One row to be made: which input it belongs to, and the frame it sees.
  struct Row {
    const inference::ModelInput* input = nullptr;
    const VideoFrame* frame = nullptr;
  };
  using Run = std::function<std::optional<at::Tensor>(const at::Tensor& sound, const at::Tensor& picture)>;

  [[nodiscard]] const CavmaeConfig& config() const { return inference_.config(); }
  [[nodiscard]] bool classifies() const { return config().task == Task::classify; }
  [[nodiscard]] std::size_t batchSize() const;
  [[nodiscard]] Result<at::Tensor> soundOf(std::span<const Row> rows, const std::stop_token& stop) const;
  [[nodiscard]] Result<at::Tensor> pictureOf(std::span<const Row> rows, const std::stop_token& stop) const;
  // What `run` makes of rows that all hear (or not) and see (or not), flattened to two dimensions.
  [[nodiscard]] Result<Matrix> inBatches(std::span<const Row> rows, bool hear, bool see, std::int64_t width, const Run& run,
                                         std::stop_token stop) const;
  [[nodiscard]] Result<void> classifyAlike(std::span<const inference::ModelInput> inputs, std::span<const std::int64_t> numbers,
                                           Mode mode, Matrix& all, std::stop_token stop) const;
  struct Shown {
    at::Tensor sound, picture;
  };
  // One clip with what it has of both; refused when it has neither.
  [[nodiscard]] Result<Shown> shown(const inference::ModelInput& input, const std::stop_token& stop) const;
  [[nodiscard]] nn::TokenLayout layout(bool hears, bool sees) const;
  [[nodiscard]] bool hears(const inference::ModelInput& input) const { return !input.sound.empty(); }
  [[nodiscard]] bool sees(const inference::ModelInput& input) const { return config().picture && !input.frames.empty(); }

  inference::ModelSpec spec_;
  dsp::Frontend frontend_;
  CavmaeInference inference_;
};

}  // namespace chladni::models::cavmae
