#include "models/ave/ave_family.h"

#include "core/nn/load_package.h"
#include "models/ave/ave_import.h"
#include "models/ave/ave_model.h"

namespace chladni::models::ave {
namespace {

nn::LoadedPackage loadNet(AveKind kind, const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  if (config->kind != kind)
    return fail(ErrorCode::incompatibleModel, "this is a package of '" + spec.family + "', not of '" +
                                                  std::string(familyName(kind)) + "'");
  auto weights = nn::weightsOfPackage(spec);
  if (!weights) return fail(std::move(weights).error());
  auto net = std::make_shared<AveNet>(*config);
  if (auto loaded = nn::loadWeights(*net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<AveModel>(spec, AveInference(std::move(net), *runtime)));
}

nn::LoadedPackage loadMatching(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  if (auto runtime = nn::resolveRuntime(options); !runtime) return fail(std::move(runtime).error());
  auto config = matchingFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto weights = nn::weightsOfPackage(spec);
  if (!weights) return fail(std::move(weights).error());
  auto net = std::make_shared<MatchingNet>(*config);
  if (auto loaded = nn::loadWeights(*net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(std::make_shared<MatchingModel>(spec, std::move(net)));
}

}  // namespace

nn::LoadedPackage AveFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadNet(kind_, spec, options); });
}

Result<inference::ImportReport> AveFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importAve(kind_, options); });
}

nn::LoadedPackage MatchingFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadMatching(spec, options); });
}

Result<inference::ImportReport> MatchingFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importMatching(options); });
}

}  // namespace chladni::models::ave
