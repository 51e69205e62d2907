#include "models/ave/stem_family.h"

#include "core/nn/translate.h"
#include "models/ave/stem_model.h"

namespace chladni::models::ave {

Result<std::shared_ptr<const inference::LoadedModel>> StemFamily::load(const inference::ModelSpec& spec,
                                                                       const inference::RuntimeOptions& options) const {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, [&] { return StemModel::load(spec, options); });
  if (!model) return model.error().context.empty() ? fail(model.error(), what) : fail(model.error());
  return std::shared_ptr<const inference::LoadedModel>(std::move(*model));
}

Result<inference::ImportReport> StemFamily::importCheckpoint(const inference::ImportOptions&) const {
  return fail(ErrorCode::unsupported, "family " + std::string(name_) + ": nothing is published to import; train dmrn-s makes such backbones");
}

}  // namespace chladni::models::ave
