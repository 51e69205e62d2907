#include "models/cavmae/cavmae_family.h"

#include "core/inference/model_package.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/cavmae/cavmae_import.h"
#include "models/cavmae/cavmae_model.h"

namespace chladni::models::cavmae {
namespace {

using LoadResult = Result<std::shared_ptr<const inference::LoadedModel>>;

LoadResult loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto frontend = dsp::Frontend::create(spec.frontend);
  if (!frontend) return fail(std::move(frontend).error());
  auto file = inference::readModelWeights(spec);
  if (!file) return fail(std::move(file).error());
  auto weights = nn::toNamedTensors(file->tensors);
  if (!weights) return fail(std::move(weights).error());
  file->tensors.clear();
  CavmaeNet net(*config);
  if (auto loaded = nn::loadWeights(net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<CavmaeModel>(spec, std::move(*frontend), CavmaeInference(net, *runtime)));
}

}  // namespace

LoadResult CavmaeFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, [&] { return loadPackage(spec, options); });
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

Result<inference::ImportReport> CavmaeFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importCavmae(options, task_); });
}

}  // namespace chladni::models::cavmae
