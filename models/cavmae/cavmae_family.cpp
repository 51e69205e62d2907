#include "models/cavmae/cavmae_family.h"

#include "core/nn/load_package.h"
#include "models/cavmae/cavmae_import.h"
#include "models/cavmae/cavmae_model.h"
#include "models/common/package_parts.h"

namespace chladni::models::cavmae {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto parts = partsOfPackage(spec, options, configFromSpec);
  if (!parts) return fail(std::move(parts).error());
  CavmaeNet net(parts->config);
  if (auto loaded = nn::loadWeights(net, parts->weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<CavmaeModel>(spec, std::move(parts->frontend), CavmaeInference(net, parts->runtime)));
}

}  // namespace

nn::LoadedPackage CavmaeFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> CavmaeFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importCavmae(options, task_); });
}

}  // namespace chladni::models::cavmae
