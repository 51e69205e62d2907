// AsitPretrainingFamily: teaches an ASiT without labels: a student sees corrupted clips, a teacher that follows it the
// clean ones. Examples have the field "views" [2, frame, bin], two clips of one sound. What results is the teacher, a
// package that reconstructs and embeds. Fails as training::TrainingFamily says.
// Departure: when several batches make one step, each moves the centres at the end of the step.
#pragma once

#include "core/training/training_job.h"

namespace chladni::models::asit {

class AsitPretrainingFamily final : public training::TrainingFamily {
 public:
  [[nodiscard]] std::string_view family() const override { return "asit"; }
  [[nodiscard]] std::string_view task() const override { return "pretrain"; }
  Result<void> train(const training::TrainingJob& job) const override;
  [[nodiscard]] std::unique_ptr<training::Examples> examplesOf(const training::SoundSet& set, training::Part part,
                                                               const training::SoundLoader& loader,
                                                               const training::Recipe& recipe) const override;
};

}  // namespace chladni::models::asit
