#include "models/asit/asit_family.h"

#include "core/inference/model_package.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/asit/asit_import.h"
#include "models/asit/asit_model.h"

namespace chladni::models::asit {
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
  AsitNet net(*config);
  if (auto loaded = nn::loadWeights(net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<AsitModel>(spec, std::move(*frontend), AsitInference(net, *runtime)));
}

}  // namespace

LoadResult AsitFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, [&] { return loadPackage(spec, options); });
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

Result<inference::ImportReport> AsitFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importAsit(options); });
}

}  // namespace chladni::models::asit
