#include "models/asit/asit_family.h"

#include "core/nn/load_package.h"
#include "models/asit/asit_import.h"
#include "models/asit/asit_model.h"
#include "models/common/package_parts.h"

namespace chladni::models::asit {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto parts = partsOfPackage(spec, options, configFromSpec);
  if (!parts) return fail(std::move(parts).error());
  AsitNet net(parts->config);
  if (auto loaded = nn::loadWeights(net, parts->weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<AsitModel>(spec, std::move(parts->frontend), AsitInference(net, parts->runtime)));
}

}  // namespace

nn::LoadedPackage AsitFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> AsitFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importAsit(options); });
}

}  // namespace chladni::models::asit
