// The families "cavmae-pretrain" (masked autoencoder of sound and pictures) and "cavmae-classify" (its classifier), one
// instance for each name. Load packages, import checkpoints. Stateless.
#pragma once

#include "core/inference/model_family.h"
#include "models/cavmae/cavmae_config.h"

namespace chladni::models::cavmae {

class CavmaeFamily final : public inference::ModelFamily {
 public:
  explicit CavmaeFamily(Task task) : task_(task) {}
  [[nodiscard]] std::string_view name() const override { return task_ == Task::pretrain ? kPretrainFamily : kClassifyFamily; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;

 private:
  Task task_;
};

}  // namespace chladni::models::cavmae
