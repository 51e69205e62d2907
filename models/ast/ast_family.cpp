#include "models/ast/ast_family.h"

#include "core/inference/model_package.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "models/ast/ast_import.h"
#include "models/ast/ast_model.h"
#include "models/ast/ast_names.h"

namespace chladni::models::ast {
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
  auto published = nn::toNamedTensors(file->tensors);
  if (!published) return fail(std::move(published).error());
  file->tensors.clear();
  auto weights = canonicalise(*published);
  if (!weights) return fail(std::move(weights).error());
  AstNet net(*config);
  if (auto loaded = nn::loadWeights(net, weights->tensors); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<AstModel>(spec, std::move(*frontend), AstInference(net, *runtime)));
}

}  // namespace

Result<std::shared_ptr<const inference::LoadedModel>> AstFamily::load(const inference::ModelSpec& spec,
                                                                      const inference::RuntimeOptions& options) const {
  const auto what = "loading " + spec.name;
  auto model = nn::translated(what, [&] { return loadPackage(spec, options); });
  if (!model && model.error().context.empty()) return fail(std::move(model).error(), what);
  return model;
}

Result<inference::ImportReport> AstFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importAst(options); });
}

}  // namespace chladni::models::ast
