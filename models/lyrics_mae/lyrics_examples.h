// LyricsExamples: training examples of songs: "sound" [column, bin] as the front end makes it, "words" [token], the ids of
// the lyrics as whole numbers, "has" [2] (1 where there is sound, lyrics; what is missing is 0 everywhere) and, with
// classes, "target" [class]. While learning the clip begins anywhere (randomCrop); the lyrics are always the whole song's.
// Augmentation of the sound as SoundExamples, without mix-up, for words cannot be mixed. Immutable; any thread.
// Fails as the loader does, and with what reading a text fails with, naming the item.
#pragma once

#include "core/training/sound_examples.h"
#include "models/lyrics_mae/lyrics_reader.h"

namespace chladni::models::lyrics_mae {

struct SongOptions {
  std::int64_t tokens = 256;
  std::int64_t classes = 0;  // 0: no targets
  bool hears = true, reads = true;  // modalities that are shown
  double modalityDropout = 0.0;     // share of drawn examples that lose one of two modalities
  double wordMasking = 0.0;         // share of words replaced by [MASK] in drawn examples
  training::Augmentation augmentation;
  bool balanced = false;
};

class LyricsExamples final : public training::Examples {
 public:
  // Borrows the loader. A reader that could not be made is told by the first example.
  LyricsExamples(std::vector<training::SoundItem> items, const training::SoundLoader& loader, Result<LyricsReader> reader, SongOptions options);

  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return static_cast<std::int64_t>(items_.size()); }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return items_[static_cast<std::size_t>(item)].name; }
  [[nodiscard]] std::vector<double> drawWeights() const override;
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override;

 private:
  [[nodiscard]] Result<void> hear(const training::SoundItem& item, bool augment, Random& random, std::span<float> sound) const;
  [[nodiscard]] Result<void> read(const training::SoundItem& item, bool augment, Random& random, std::span<float> words) const;

  std::vector<training::SoundItem> items_;
  const training::SoundLoader& loader_;
  Result<LyricsReader> reader_;
  SongOptions options_;
  std::vector<training::ExampleField> fields_;
};

}  // namespace chladni::models::lyrics_mae
