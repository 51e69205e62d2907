// The families "av-att", "dmrn", "audio-only" and "visual-only" (one object for each name) and "ave-matching". They load
// packages and import published checkpoints. Stateless.
#pragma once

#include "core/inference/model_family.h"
#include "models/ave/ave_config.h"

namespace chladni::models::ave {

class AveFamily final : public inference::ModelFamily {
 public:
  explicit AveFamily(AveKind kind) : kind_(kind) {}
  [[nodiscard]] std::string_view name() const override { return familyName(kind_); }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;

 private:
  AveKind kind_;
};

class MatchingFamily final : public inference::ModelFamily {
 public:
  [[nodiscard]] std::string_view name() const override { return "ave-matching"; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;
};

}  // namespace chladni::models::ave
