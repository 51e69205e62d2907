// AsitFamily: packages of family "asit". A package holds a backbone and any of three heads: fine-tuned (classify),
// reconstruction (paint what was hidden), projection (kept for going on with pre-training). See model_family.h.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::asit {

class AsitFamily final : public inference::ModelFamily {
 public:
  [[nodiscard]] std::string_view name() const override { return "asit"; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;
};

}  // namespace chladni::models::asit
