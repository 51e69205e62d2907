// LyricsTraining: the audio + lyrics families taught by recipe. The autoencoder: a masked autoencoder of sound and lyrics, from
// nothing or further from a package of lyrics-mae; songs without lyrics are left out. The classifier: many
// labels, from a lyrics-mae (whose decoder goes and which gets a head), a lyrics-classify, or nothing; songs that lack one
// modality are classified by the other. Examples are those of LyricsExamples; recipe.vocabulary is the vocab.txt, that of
// the start when there is one. The result carries it. Fails as training::TrainingFamily says.
#pragma once

#include "core/training/training_job.h"
#include "models/lyrics_mae/lyrics_family.h"

namespace chladni::models::lyrics_mae {

class LyricsTraining final : public training::TrainingFamily {
 public:
  explicit LyricsTraining(LyricsTask task) : task_(task) {}
  [[nodiscard]] std::string_view family() const override { return task_ == LyricsTask::autoencoder ? "lyrics-mae" : "lyrics-classify"; }
  [[nodiscard]] std::string_view task() const override { return task_ == LyricsTask::autoencoder ? "pretrain" : "classify"; }
  Result<void> train(const training::TrainingJob& job) const override;
  [[nodiscard]] std::unique_ptr<training::Examples> examplesOf(const training::SoundSet& set, training::Part part,
                                                               const training::SoundLoader& loader,
                                                               const training::Recipe& recipe) const override;

 private:
  LyricsTask task_;
};

}  // namespace chladni::models::lyrics_mae
