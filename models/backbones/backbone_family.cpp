#include "models/backbones/backbone_family.h"

#include "core/nn/load_package.h"
#include "models/backbones/backbone_import.h"
#include "models/backbones/backbone_model.h"

namespace chladni::models::backbones {
namespace {

std::int64_t learned(const std::vector<nn::NamedShape>& list) {
  std::int64_t count = 0;
  for (const auto& [name, shape] : list) {
    if (name.ends_with(".running_mean") || name.ends_with(".running_var")) continue;
    std::int64_t values = 1;
    for (const auto size : shape) values *= size;
    count += values;
  }
  return count;
}

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  const auto kind = kindFromSpec(spec);
  if (!kind) return fail(kind.error());
  const auto sizes = sizesFromSpec(**kind, spec);
  if (!sizes) return fail(sizes.error());
  const auto example = exampleSize(**kind, spec.frontend);
  if (!example) return fail(example.error());
  auto input = BackboneInput::create(**kind, spec);
  if (!input) return fail(std::move(input).error());
  auto tensors = nn::weightsOfPackage(spec);
  if (!tensors) return fail(std::move(tensors).error());
  const auto expected = (*kind)->parameters(*sizes, example->rows, example->columns);
  if (auto fits = nn::refuseUnlessFits(nn::compareWeights(expected, *tensors)); !fits) return fail(std::move(fits).error());
  auto net = (*kind)->make({*tensors, *sizes, example->rows, example->columns, *runtime});
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<BackboneModel>(spec, **kind, std::move(*input), std::move(net), learned(expected)));
}

}  // namespace

nn::LoadedPackage BackboneFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> BackboneFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importBackbone(name_, options); });
}

std::vector<std::string_view> BackboneFamily::names() { return familyNames(); }

}  // namespace chladni::models::backbones
