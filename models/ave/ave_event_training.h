// AveEventTraining: teaches one of the four localisers, fully or weakly supervised, LSTM or GRU. Examples have the field
// "target" [segment, class], one-hot, and the inputs of AveModule. The package of one that learnt from media holds its
// small backbones as packages of their own, in the folders "ear" and "eye". Fails as training::TrainingFamily says.
#pragma once

#include "core/training/training_job.h"
#include "models/ave/ave_config.h"

namespace chladni::models::ave {

class AveEventTraining final : public training::TrainingFamily {
 public:
  explicit AveEventTraining(AveKind kind) : kind_(kind) {}
  [[nodiscard]] std::string_view family() const override { return familyName(kind_); }
  [[nodiscard]] std::string_view task() const override { return "localise"; }
  Result<void> train(const training::TrainingJob& job) const override;

 private:
  AveKind kind_;
};

}  // namespace chladni::models::ave
