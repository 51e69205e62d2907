#include "models/bag_of_codes/bag_family.h"

#include "core/inference/model_package.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/bag_of_codes/bag_import.h"
#include "models/bag_of_codes/bag_model.h"

namespace chladni::models::bag {
namespace {

Result<std::shared_ptr<const inference::LoadedModel>> loadPackage(const inference::ModelSpec& spec,
                                                                  const inference::RuntimeOptions& options) {
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
  auto codebook = readCodebook(spec, *config);
  if (!codebook) return fail(std::move(codebook).error());
  BagNet net(*config);
  if (auto loaded = nn::loadWeights(net, *weights); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<BagModel>(spec, std::move(*frontend), BagInference(net, std::move(*codebook), *runtime)));
}

}  // namespace

Result<std::shared_ptr<const inference::LoadedModel>> BagOfCodesFamily::load(
    const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, [&] { return loadPackage(spec, options); });
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

Result<inference::ImportReport> BagOfCodesFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importBag(options); });
}

}  // namespace chladni::models::bag
