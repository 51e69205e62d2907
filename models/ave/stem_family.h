// StemFamily: loads ears ("ave-ear") and eyes ("ave-eye"), the small backbones inside the packages of localisers. They are
// made by training alone, there is nothing to import.
#pragma once

#include <memory>
#include <string_view>

#include "core/inference/model_family.h"

namespace chladni::models::ave {

inline constexpr char kEarFamily[] = "ave-ear";
inline constexpr char kEyeFamily[] = "ave-eye";

class StemFamily final : public inference::ModelFamily {
 public:
  explicit StemFamily(std::string_view name) : name_(name) {}
  [[nodiscard]] std::string_view name() const override { return name_; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;

 private:
  std::string_view name_;
};

}  // namespace chladni::models::ave
