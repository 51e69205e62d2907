// Teaching a CAV-MAE: without labels to paint hidden patches of sound and picture and to tell partners (pretrain), or to
// classify by both, or by either alone (classify). Examples are those of training::ClipExamples. From nothing, or from a
// package of either family whose shapes fit; a classifier that starts from a pretrained one gets a fresh head.
// Examples without sound or without a picture are learned from as far as they go: the other modality is painted unseen and
// not judged, nothing is contrasted; a classifier takes its reading for what is missing.
// Fails as training::TrainingFamily says.
#pragma once

#include "core/training/training_job.h"

namespace chladni::models::cavmae {

class CavmaePretraining final : public training::TrainingFamily {
 public:
  [[nodiscard]] std::string_view family() const override { return "cavmae-pretrain"; }
  [[nodiscard]] std::string_view task() const override { return "pretrain"; }
  [[nodiscard]] bool sees() const override { return true; }
  Result<void> train(const training::TrainingJob& job) const override;
};

class CavmaeClassifierTraining final : public training::TrainingFamily {
 public:
  [[nodiscard]] std::string_view family() const override { return "cavmae-classify"; }
  [[nodiscard]] std::string_view task() const override { return "classify"; }
  [[nodiscard]] bool sees() const override { return true; }
  Result<void> train(const training::TrainingJob& job) const override;
};

}  // namespace chladni::models::cavmae
