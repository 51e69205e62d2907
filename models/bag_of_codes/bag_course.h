// BagCourse: teaches a bag of codes in stages of one run: the auto-encoders for recipe.coderShare of it; then, at once, the
// codebooks from recipe.codebookSeconds seconds of the training sounds; then the head, while what makes the codes stands
// still. Each stage has the recipe's schedule of the rate for itself. Examples are seconds: "input" [frame, bin] and
// "target" [class]; held-out recordings are measured second by second. A run that is stopped before the head has learned
// delivers a package whose classes mean nothing yet; a note says so.
// Fails as training::TrainingFamily says, and with invalidArgument for averages of weights, which no codebook belongs to.
#pragma once

#include "core/training/training_job.h"

namespace chladni::models::bag {

class BagCourse final : public training::TrainingFamily {
 public:
  [[nodiscard]] std::string_view family() const override { return "bag-of-codes"; }
  [[nodiscard]] std::string_view task() const override { return "classify"; }
  Result<void> train(const training::TrainingJob& job) const override;
  [[nodiscard]] std::unique_ptr<training::Examples> examplesOf(const training::SoundSet& set, training::Part part,
                                                               const training::SoundLoader& loader,
                                                               const training::Recipe& recipe) const override;
};

}  // namespace chladni::models::bag
