#include "core/training/training_job.h"

#include "core/training/sound_examples.h"

namespace chladni::training {

std::unique_ptr<Examples> TrainingFamily::examplesOf(const SoundSet& set, Part part, const SoundLoader& loader,
                                                     const Recipe& recipe) const {
  const bool learns = part == Part::train;
  Augmentation augmentation;
  if (learns)
    augmentation = {recipe.mixup, recipe.maskBins, recipe.maskFrames, recipe.roll, recipe.noise, recipe.labelSmoothing, recipe.crop == "random"};
  return std::make_unique<SoundExamples>(set.itemsOf(part), loader, static_cast<std::int64_t>(set.classes.size()), set.multiLabel,
                                         augmentation, learns && recipe.balanced);
}

}  // namespace chladni::training
