// ClipExamples: training examples of models that see and hear: "sound" [column, bin] as the front end makes it, "picture"
// [3, size, size] of a moment within the same clip, "has" [2] (1 where there is sound, a picture; what is missing is 0
// everywhere) and, with classes, "target" [class]. While learning the clip begins anywhere (randomCrop) and the picture is
// of one of kMoments moments of it; else the clip is the first one and the picture its middle. Augmentation as
// SoundExamples; mix-up blends sounds and pictures alike. Immutable; any thread. Fails as the loaders do, naming the item.
#pragma once

#include "core/training/picture_loader.h"
#include "core/training/sound_examples.h"

namespace chladni::training {

struct ClipOptions {
  std::int64_t classes = 0;  // 0: no targets
  bool multiLabel = false;
  bool balanced = false;
  double modalityDropout = 0.0;  // share of drawn examples that lose one of two modalities
  Augmentation augmentation;
};

// The fields above for a front end.
std::vector<ExampleField> clipFields(const dsp::Frontend& frontend, std::int64_t classes);

class ClipExamples final : public Examples {
 public:
  static constexpr std::int64_t kMoments = 10;
  // The loader's front end sees; it is borrowed.
  ClipExamples(std::vector<SoundItem> items, const SoundLoader& loader, ClipOptions options);

  [[nodiscard]] const std::vector<ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return static_cast<std::int64_t>(items_.size()); }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return items_[static_cast<std::size_t>(item)].name; }
  [[nodiscard]] std::vector<double> drawWeights() const override;
  Result<void> make(const ExampleDraw& draw, std::span<const std::span<float>> values) const override;

 private:
  struct Clip {
    std::vector<float> samples;  // empty: no sound
    std::vector<float> picture;  // empty: none
    std::vector<float> target;
  };
  [[nodiscard]] Result<Clip> clipOf(const SoundItem& item, bool augment, Random& random) const;
  [[nodiscard]] Result<void> mixIn(Clip& clip, const SoundItem& item, Random& random) const;

  std::vector<SoundItem> items_;
  const SoundLoader& loader_;
  PictureLoader pictures_;
  ClipOptions options_;
  std::vector<ExampleField> fields_;
};

}  // namespace chladni::training
