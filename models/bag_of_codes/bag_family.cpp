#include "models/bag_of_codes/bag_family.h"

#include "core/nn/load_package.h"
#include "models/bag_of_codes/bag_import.h"
#include "models/bag_of_codes/bag_model.h"

namespace chladni::models::bag {
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
  auto codebook = readCodebook(spec, *config);
  if (!codebook) return fail(std::move(codebook).error());
  BagNet net(*config);
  if (auto loaded = nn::loadWeights(net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<BagModel>(spec, std::move(*frontend), BagInference(net, std::move(*codebook), *runtime)));
}

}  // namespace

nn::LoadedPackage BagOfCodesFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> BagOfCodesFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importBag(options); });
}

}  // namespace chladni::models::bag
