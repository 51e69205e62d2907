// SoundExamples: training examples from recordings: "input" [column, bin] as the model's front end makes it and "target"
// [class]. Augmentation as the AST and CAV-MAE recipes have it: mix-up of waveforms, one masked band and one masked
// stretch before normalising, noise and roll after it, label smoothing; every draw from the example's own seed.
// Immutable; any thread. Fails as SoundLoader does, naming the item.
#pragma once

#include "core/training/examples.h"
#include "core/training/sound_loader.h"

namespace chladni::training {

struct Augmentation {
  double mixup = 0.0;  // probability
  std::int64_t maskBins = 0, maskFrames = 0, roll = 0;
  bool noise = false;
  double labelSmoothing = 0.0;
  bool randomCrop = false;
};

// Masks, noise and roll, as far as asked for, on features of this front end.
void changeFeatures(Matrix& features, const FrontendSpec& frontend, const Augmentation& augmentation, Random& random);
// The share of the first clip in a mix-up: Beta(10, 10).
double drawMixShare(Random& random);
// A random stretch of the item, or its start; `offset` says where, in seconds from the item's own start.
struct CutSound {
  std::vector<float> samples;
  double offset = 0.0;
};
Result<CutSound> cutSound(const SoundItem& item, const SoundLoader& loader, bool randomCrop, Random& random);
// How often each item is drawn so that rare classes come as often as common ones.
std::vector<double> balancedWeights(const std::vector<SoundItem>& items, std::int64_t classes);
// The target of one item; smoothed targets of one class sum to 1, as cross-entropy wants them.
std::vector<float> targetOf(const SoundItem& item, std::int64_t classes, bool multiLabel, float smoothing);

class SoundExamples final : public Examples {
 public:
  // Borrows the loader. `multiLabel` targets are 0 and 1, others sum to 1 (apart from the reference's smoothing).
  SoundExamples(std::vector<SoundItem> items, const SoundLoader& loader, std::int64_t classes, bool multiLabel,
                Augmentation augmentation, bool balanced);

  [[nodiscard]] const std::vector<ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return static_cast<std::int64_t>(items_.size()); }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return items_[static_cast<std::size_t>(item)].name; }
  [[nodiscard]] std::vector<double> drawWeights() const override;
  Result<void> make(const ExampleDraw& draw, std::span<const std::span<float>> values) const override;

 private:
  struct Drawn {
    Matrix input;
    std::vector<float> target;
  };
  [[nodiscard]] Result<Drawn> drawn(const SoundItem& item, bool augment, Random& random) const;
  [[nodiscard]] Result<Drawn> mixed(const SoundItem& item, Random& random) const;

  std::vector<SoundItem> items_;
  const SoundLoader& loader_;
  std::int64_t classes_;
  bool multiLabel_;
  Augmentation augmentation_;
  bool balanced_;
  std::vector<ExampleField> fields_;
};

}  // namespace chladni::training
