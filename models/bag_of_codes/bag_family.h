// The family "bag-of-codes". Loads packages, imports checkpoints. Stateless.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::bag {

class BagOfCodesFamily final : public inference::ModelFamily {
 public:
  [[nodiscard]] std::string_view name() const override { return "bag-of-codes"; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;
};

}  // namespace chladni::models::bag
