#include "models/cavmae/cavmae_family.h"

#include "core/nn/load_package.h"
#include "models/cavmae/cavmae_import.h"
#include "models/cavmae/cavmae_model.h"

namespace chladni::models::cavmae {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto frontend = dsp::Frontend::create(spec.frontend);
  if (!frontend) return fail(std::move(frontend).error());
  auto weights = nn::weightsOfPackage(spec);
  if (!weights) return fail(std::move(weights).error());
  CavmaeNet net(*config);
  if (auto loaded = nn::loadWeights(net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<CavmaeModel>(spec, std::move(*frontend), CavmaeInference(net, *runtime)));
}

}  // namespace

nn::LoadedPackage CavmaeFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> CavmaeFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importCavmae(options, task_); });
}

}  // namespace chladni::models::cavmae
