#include "core/training/training_job.h"

#include "core/training/clip_examples.h"

namespace chladni::training {

std::unique_ptr<Examples> TrainingFamily::examplesOf(const SoundSet& set, Part part, const SoundLoader& loader,
                                                     const Recipe& recipe) const {
  const bool learns = part == Part::train;
  Augmentation augmentation;
  if (learns)
    augmentation = {recipe.mixup, recipe.maskBins, recipe.maskFrames, recipe.roll, recipe.noise, recipe.labelSmoothing, recipe.crop == "random"};
  if (sees()) {
    const auto classes = recipe.task == "classify" ? static_cast<std::int64_t>(set.classes.size()) : 0;
    return std::make_unique<ClipExamples>(set.itemsOf(part), loader, ClipOptions{classes, set.multiLabel, learns && recipe.balanced, learns ? recipe.modalityDropout : 0.0, augmentation});
  }
  return std::make_unique<SoundExamples>(set.itemsOf(part), loader, static_cast<std::int64_t>(set.classes.size()), set.multiLabel,
                                         augmentation, learns && recipe.balanced);
}

}  // namespace chladni::training
