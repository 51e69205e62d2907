// Where an AST's training starts. From nothing: a patch kernel that whitens real patches and positions that begin as
// two-dimensional sines. From a package: its weights, with positions fitted to the new clip and a fresh head when the
// classes are others. Seed torch's generator first. One thread; throws c10::Error. Fails with incompatibleModel.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/training/examples.h"
#include "models/ast/ast_net.h"

namespace chladni::models::ast {

Result<void> startFromNothing(AstNet& net, const training::Examples& examples, std::uint64_t seed);

struct AstStartWeights {
  inference::ModelSpec spec;  // of the package
  AstConfig config;           // its own
};
Result<AstStartWeights> readStart(const std::filesystem::path& package);
// `classes` are those of the net. Returns what was changed, one line each.
Result<std::vector<std::string>> startFromPackage(AstNet& net, const AstStartWeights& start, const std::vector<std::string>& classes);

}  // namespace chladni::models::ast
