// SecondExamples: recordings as the seconds that a bag of codes is taught with: "input" [frame, bin], "target" [class].
// All whole seconds of a recording (one when it is shorter; at most kMostSeconds) are made at once and kept in the
// loader's cache. While learning an item is a recording and each draw shows one of its seconds, with masks, noise and
// smoothed targets as far as asked for; held out, an item is a second. Immutable; any thread. Fails as the loader does.
#pragma once

#include "core/training/sound_examples.h"

namespace chladni::models::bag {

struct SecondOptions {
  std::int64_t classes = 0;
  bool multiLabel = false, balanced = false;
  training::Augmentation augmentation;
};

class SecondExamples final : public training::Examples {
 public:
  static constexpr std::int64_t kMostSeconds = 120;
  enum class Items { recordings, seconds };
  // Borrows the loader. Items::seconds makes the pictures of all recordings; one that cannot be read stays one item,
  // whose trouble is told when it is drawn.
  SecondExamples(std::vector<training::SoundItem> recordings, const training::SoundLoader& loader, Items items, SecondOptions options);

  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return static_cast<std::int64_t>(items_.size()); }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override;
  [[nodiscard]] std::vector<double> drawWeights() const override;
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override;

 private:
  struct Item {
    std::size_t recording = 0;
    std::int64_t second = -1;  // -1: any
  };
  [[nodiscard]] Result<Matrix> pictures(const training::SoundItem& recording) const;  // [second * frame, bin]

  std::vector<training::SoundItem> recordings_;
  const training::SoundLoader& loader_;
  SecondOptions options_;
  std::vector<Item> items_;
  std::vector<training::ExampleField> fields_;
};

}  // namespace chladni::models::bag
