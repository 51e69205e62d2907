// AstClassifierTraining: teaches an AST to classify, from nothing or from a package. Examples have the fields "input"
// [frame, bin] and "target" [class]. Fails as training::TrainingFamily says.
#pragma once

#include "core/training/training_job.h"

namespace chladni::models::ast {

class AstClassifierTraining final : public training::TrainingFamily {
 public:
  [[nodiscard]] std::string_view family() const override { return "ast"; }
  [[nodiscard]] std::string_view task() const override { return "classify"; }
  Result<void> train(const training::TrainingJob& job) const override;
};

}  // namespace chladni::models::ast
