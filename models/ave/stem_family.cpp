#include "models/ave/stem_family.h"

#include "core/nn/load_package.h"
#include "models/ave/stem_model.h"

namespace chladni::models::ave {

nn::LoadedPackage StemFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&]() -> nn::LoadedPackage {
    auto model = StemModel::load(spec, options);
    if (!model) return fail(std::move(model).error());
    return std::shared_ptr<const inference::LoadedModel>(std::move(*model));
  });
}

Result<inference::ImportReport> StemFamily::importCheckpoint(const inference::ImportOptions&) const {
  return fail(ErrorCode::unsupported, "family " + std::string(name_) + ": nothing is published to import; train dmrn-s makes such backbones");
}

}  // namespace chladni::models::ave
