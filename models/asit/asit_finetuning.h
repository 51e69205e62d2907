// AsitClassifierTraining: teaches an ASiT to classify by its class token, from nothing or from a package: the backbone of
// the teacher that pre-training leaves, with positions fitted to another length of clip; its heads go, and a head of the
// same classes stays. Examples have the fields "input" [frame, bin] and "target" [class].
// Fails as training::TrainingFamily says. Source: the paper; the authors' code has no fine-tuning.
#pragma once

#include "core/training/training_job.h"

namespace chladni::models::asit {

class AsitClassifierTraining final : public training::TrainingFamily {
 public:
  [[nodiscard]] std::string_view family() const override { return "asit"; }
  [[nodiscard]] std::string_view task() const override { return "classify"; }
  Result<void> train(const training::TrainingJob& job) const override;
};

}  // namespace chladni::models::asit
