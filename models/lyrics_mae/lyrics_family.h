// The families "lyrics-mae" (masked autoencoder of sound and lyrics) and "lyrics-classify" (its classifier of many
// labels), one instance for each name. Load packages, import checkpoints. Stateless.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::lyrics_mae {

enum class LyricsTask { autoencoder, classifier };

class LyricsFamily final : public inference::ModelFamily {
 public:
  explicit LyricsFamily(LyricsTask task) : task_(task) {}
  [[nodiscard]] std::string_view name() const override {
    return task_ == LyricsTask::autoencoder ? "lyrics-mae" : "lyrics-classify";
  }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;

 private:
  LyricsTask task_;
};

}  // namespace chladni::models::lyrics_mae
