#include "models/ast/ast_family.h"

#include "core/nn/load_package.h"
#include "models/ast/ast_import.h"
#include "models/ast/ast_model.h"
#include "models/ast/ast_names.h"
#include "models/common/package_parts.h"

namespace chladni::models::ast {
namespace {

nn::LoadedPackage loadPackage(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto parts = partsOfPackage(spec, options, configFromSpec);
  if (!parts) return fail(std::move(parts).error());
  auto weights = canonicalise(parts->weights);
  if (!weights) return fail(std::move(weights).error());
  AstNet net(parts->config);
  if (auto loaded = nn::loadWeights(net, weights->tensors); !loaded) return fail(std::move(loaded).error());
  return std::shared_ptr<const inference::LoadedModel>(
      std::make_shared<AstModel>(spec, std::move(parts->frontend), AstInference(net, parts->runtime)));
}

}  // namespace

nn::LoadedPackage AstFamily::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) const {
  return nn::loadingPackage(spec, [&] { return loadPackage(spec, options); });
}

Result<inference::ImportReport> AstFamily::importCheckpoint(const inference::ImportOptions& options) const {
  return nn::translated("importing " + options.source.string(), [&] { return importAst(options); });
}

}  // namespace chladni::models::ast
