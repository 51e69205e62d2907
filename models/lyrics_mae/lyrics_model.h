// LyricsModel: a loaded audio + lyrics package. "lyrics-classify" classifies songs by sound and lyrics, or by either
// alone (that branch with its own norms); "lyrics-mae" hides parts of the sound and paints them; both give unit vectors
// of sound and of lyrics in one space. Immutable; run state is local to each call. Foreign exceptions end here.
#pragma once

#include "core/dsp/frontend.h"
#include "core/inference/embedder.h"
#include "core/inference/model_family.h"
#include "core/inference/reconstructor.h"
#include "models/lyrics_mae/lyrics_inference.h"
#include "models/lyrics_mae/lyrics_reader.h"

namespace chladni::models::lyrics_mae {

class LyricsModel final : public inference::LoadedModel,
                          public inference::Classifier,
                          public inference::Reconstructor,
                          public inference::Embedder {
 public:
  LyricsModel(inference::ModelSpec spec, dsp::Frontend frontend, LyricsReader reader, LyricsInference inference,
              std::int64_t parameters);

  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return inference_.runtime().deviceName(); }
  [[nodiscard]] std::string precision() const override { return inference_.runtime().precisionName(); }
  [[nodiscard]] std::int64_t parameters() const override { return parameters_; }
  [[nodiscard]] const inference::Classifier* classifier() const override { return config().classes > 0 ? this : nullptr; }
  [[nodiscard]] const inference::Reconstructor* reconstructor() const override { return config().decoder ? this : nullptr; }
  [[nodiscard]] const inference::Embedder* embedder() const override { return this; }

  Result<Matrix> logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const override;

  // Sound only; the lyrics, when there are any, lose the same share of their tokens and help.
  [[nodiscard]] std::vector<std::string> modes() const override { return {"unstructured"}; }
  Result<Reconstruction> reconstruct(const inference::ModelInput& input, const inference::MaskRequest& request,
                                     std::stop_token stop) const override;

  [[nodiscard]] bool embeds(inference::Modality modality) const override {
    return modality != inference::Modality::picture;
  }
  Result<Matrix> embed(std::span<const inference::ModelInput> inputs, inference::Modality modality,
                       std::stop_token stop) const override;

 private:
  using Chosen = std::vector<const inference::ModelInput*>;
  [[nodiscard]] const LyricsConfig& config() const { return inference_.config(); }
  [[nodiscard]] std::size_t batchSize() const;
  [[nodiscard]] Result<at::Tensor> soundOf(std::span<const inference::ModelInput* const> inputs, std::stop_token stop) const;
  [[nodiscard]] Result<at::Tensor> idsOf(std::span<const inference::ModelInput* const> inputs) const;
  // Rows for the inputs numbered in `rows`, which all hear (or not) and read (or not) alike, written into `all`.
  using Run = std::function<std::optional<at::Tensor>(const at::Tensor& sound, const at::Tensor& ids)>;
  Result<void> runAlike(std::span<const inference::ModelInput> inputs, std::span<const std::int64_t> rows, bool hear,
                        bool read, const Run& run, Matrix& all, std::stop_token stop) const;

  inference::ModelSpec spec_;
  dsp::Frontend frontend_;
  LyricsReader reader_;
  LyricsInference inference_;
  std::int64_t parameters_;
};

}  // namespace chladni::models::lyrics_mae
