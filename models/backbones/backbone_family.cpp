#include "models/backbones/backbone_family.h"

#include "core/inference/model_package.h"
#include "core/nn/translate.h"
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

Result<std::shared_ptr<const inference::LoadedModel>> loadPackage(const inference::ModelSpec& spec,
                                                                  const inference::RuntimeOptions& options) {
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
  auto file = inference::readModelWeights(spec);
  if (!file) return fail(std::move(file).error());
  const auto tensors = nn::toNamedTensors(file->tensors);
  if (!tensors) return fail(tensors.error());
  file->tensors.clear();
  const auto expected = (*kind)->parameters(*sizes, example->rows, example->columns);
  if (auto fits = nn::refuseUnlessFits(nn::compareWeights(expected, *tensors)); !fits) return fail(std::move(fits).error());
  auto net = (*kind)->make({*tensors, *sizes, example->rows, example->columns, *runtime});
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<BackboneModel>(spec, **kind, std::move(*input), std::move(net), learned(expected)));
}

}  // namespace

Result<std::shared_ptr<const inference::LoadedModel>> BackboneFamily::load(const inference::ModelSpec& spec,
                                                                           const inference::RuntimeOptions& options) const {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, [&] { return loadPackage(spec, options); });
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

Result<inference::ImportReport> BackboneFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importBackbone(name_, options); });
}

std::vector<std::string_view> BackboneFamily::names() { return familyNames(); }

}  // namespace chladni::models::backbones
