#include "models/bag_of_codes/bag_family.h"

#include "core/nn/load_package.h"
#include "models/bag_of_codes/bag_import.h"
#include "models/bag_of_codes/bag_model.h"
#include "models/common/package_parts.h"

namespace chladni::models::bag {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto parts = partsOfPackage(spec, options, configFromSpec);
  if (!parts) return fail(std::move(parts).error());
  auto codebook = readCodebook(spec, parts->config);
  if (!codebook) return fail(std::move(codebook).error());
  BagNet net(parts->config);
  if (auto loaded = nn::loadWeights(net, parts->weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<BagModel>(spec, std::move(parts->frontend), BagInference(net, std::move(*codebook), parts->runtime)));
}

}  // namespace

nn::LoadedPackage BagOfCodesFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> BagOfCodesFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importBag(options); });
}

}  // namespace chladni::models::bag
