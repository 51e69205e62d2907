#include "models/ast/ast_family.h"

#include "core/nn/load_package.h"
#include "models/ast/ast_import.h"
#include "models/ast/ast_model.h"
#include "models/ast/ast_names.h"

namespace chladni::models::ast {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(std::move(runtime).error());
  auto config = configFromSpec(spec);
  if (!config) return fail(std::move(config).error());
  auto frontend = dsp::Frontend::create(spec.frontend);
  if (!frontend) return fail(std::move(frontend).error());
  auto published = nn::weightsOfPackage(spec);
  if (!published) return fail(std::move(published).error());
  auto weights = canonicalise(*published);
  if (!weights) return fail(std::move(weights).error());
  AstNet net(*config);
  if (auto loaded = nn::loadWeights(net, weights->tensors); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<AstModel>(spec, std::move(*frontend), AstInference(net, *runtime)));
}

}  // namespace

nn::LoadedPackage AstFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> AstFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importAst(options); });
}

}  // namespace chladni::models::ast
