#include "models/ave/ave_family.h"

#include "core/inference/model_package.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/ave/ave_import.h"
#include "models/ave/ave_model.h"

namespace chladni::models::ave {
namespace {

using Loaded = Result<std::shared_ptr<const inference::LoadedModel>>;

Result<nn::NamedTensors> readWeights(const inference::ModelSpec& spec) {
  auto file = inference::readModelWeights(spec);
  if (!file) return fail(std::move(file).error());
  return nn::toNamedTensors(file->tensors);
}

Loaded loadNet(AveKind kind, const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  if (config->kind != kind)
    return fail(ErrorCode::incompatibleModel, "this is a package of '" + spec.family + "', not of '" +
                                                  std::string(familyName(kind)) + "'");
  auto weights = readWeights(spec);
  if (!weights) return fail(std::move(weights).error());
  auto net = std::make_shared<AveNet>(*config);
  if (auto loaded = nn::loadWeights(*net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<AveModel>(spec, AveInference(std::move(net), *runtime)));
}

Loaded loadMatching(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  if (auto runtime = nn::resolveRuntime(options); !runtime) return fail(std::move(runtime).error());
  auto config = matchingFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto weights = readWeights(spec);
  if (!weights) return fail(std::move(weights).error());
  auto net = std::make_shared<MatchingNet>(*config);
  if (auto loaded = nn::loadWeights(*net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(std::make_shared<MatchingModel>(spec, std::move(net)));
}

template <class Work>
Loaded loading(const inference::ModelSpec& spec, Work&& work) {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, std::forward<Work>(work));
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

}  // namespace

Loaded AveFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return loading(spec, [&] { return loadNet(kind_, spec, options); });
}

Result<inference::ImportReport> AveFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importAve(kind_, options); });
}

Loaded MatchingFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return loading(spec, [&] { return loadMatching(spec, options); });
}

Result<inference::ImportReport> MatchingFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importMatching(options); });
}

}  // namespace chladni::models::ave
