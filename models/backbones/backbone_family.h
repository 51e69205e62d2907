// The families "vggish", "yamnet", "openl3", "musicnn", "vgg19" and "resnet": native convolutional backbones. One class
// serves them all, made once for each name of familyNames(). Stateless.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::backbones {

class BackboneFamily final : public inference::ModelFamily {
 public:
  explicit BackboneFamily(std::string_view name) : name_(name) {}
  [[nodiscard]] std::string_view name() const override { return name_; }
  Result<std::shared_ptr<const inference::LoadedModel>> load(const inference::ModelSpec& spec,
                                                             const inference::RuntimeOptions& options) const override;
  Result<inference::ImportReport> importCheckpoint(const inference::ImportOptions& options) const override;

  static std::vector<std::string_view> names();

 private:
  std::string name_;
};

}  // namespace chladni::models::backbones
