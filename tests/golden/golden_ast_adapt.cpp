// golden.ast_adapt: position tables of ImageNet and of AudioSet for other grids, and the summed patch kernel. Each case
// is found by its name, f<stride>_t<stride>_<bands>x<frames>.
#include <cmath>
#include <optional>
#include <regex>

#include "models/ast/ast_adapt.h"
#include "models/ast/ast_config.h"
#include "tests/golden/ast_compare.h"

using namespace chladni;
using namespace chladni::models::ast;
using chladni::test::GoldenFile;
using chladni::test::recorded;
using chladni::test::requireClose;

namespace {

constexpr double kTolerance = 1e-5;
constexpr std::int64_t kLeading = 2;

// A square table comes from pictures; the other one recorded is the published AudioSet model's 12 rows.
GridSize sourceGrid(const at::Tensor& table) {
  const auto patches = table.size(1) - kLeading;
  const auto side = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(patches))));
  if (side * side == patches) return {side, side};
  REQUIRE(patches % 12 == 0);
  return {12, patches / 12};
}

std::optional<AstConfig> configOfCase(const std::string& name) {
  static const std::regex pattern("f([0-9]+)_t([0-9]+)_([0-9]+)x([0-9]+)");
  std::smatch match;
  if (!std::regex_match(name, match, pattern)) return std::nullopt;
  AstConfig config;
  config.strideFrequency = std::stoll(match[1]);
  config.strideTime = std::stoll(match[2]);
  config.bins = std::stoll(match[3]);
  config.frames = std::stoll(match[4]);
  return config;
}

}  // namespace

TEST_CASE("Position tables fit other grids as the reference fits them") {
  const GoldenFile file("ast_adapt");
  int compared = 0;
  for (const auto& group : file.groups()) {
    at::Tensor source;
    for (const auto& name : file.names(group + "/source_pos_embed")) source = recorded(file, name);
    if (!source.defined()) continue;
    const std::regex resultName(group + "/([^/]+)/pos_embed[^/]*");
    for (const auto& name : file.names(group + "/")) {
      std::smatch match;
      if (!std::regex_match(name, match, resultName)) continue;
      INFO(name);
      const auto config = configOfCase(match[1]);
      REQUIRE(config);
      const GridSize target{config->rows(), config->columns()};
      const auto gridName = group + "/" + std::string(match[1]) + "/grid_ft";
      if (file.has(gridName)) CHECK(file.integers(gridName) == std::vector<std::int64_t>{target.rows, target.columns});
      requireClose(name, adaptPositions(source, kLeading, sourceGrid(source), target), recorded(file, name), kTolerance);
      ++compared;
    }
  }
  REQUIRE(compared > 0);
}

TEST_CASE("Three-channel kernels are summed") {
  const GoldenFile file("ast_adapt");
  int compared = 0;
  for (const auto& group : file.groups()) {
    if (!file.has(group + "/source_patch_weight")) continue;
    requireClose("kernel", sumChannels(recorded(file, group + "/source_patch_weight")),
                 recorded(file, group + "/adapted_patch_weight"), kTolerance);
    ++compared;
  }
  REQUIRE(compared > 0);
}
