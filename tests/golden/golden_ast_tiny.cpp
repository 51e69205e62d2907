// golden.ast_tiny: small AST models of the reference, every group of the file, through the trainable net and through the
// engine that inference uses. Sizes come from the recorded configuration, and must also be found from names and shapes.
#include <map>

#include "core/serial/json_value.h"
#include "models/ast/ast_detect.h"
#include "models/ast/ast_inference.h"
#include "models/ast/ast_names.h"
#include "tests/golden/ast_compare.h"

using namespace chladni;
using namespace chladni::models::ast;
using chladni::test::GoldenFile;
using chladni::test::recorded;
using chladni::test::requireClose;

namespace {

constexpr double kAttention = 1e-5;
constexpr double kStream = 5e-5;
constexpr double kLogits = 2e-5;

AstConfig recordedConfig(const GoldenFile& file, const std::string& group) {
  const auto json = serial::parseJson(file.metadata().at(group), group);
  REQUIRE(json);
  const serial::JsonField root(*json);
  const auto whole = [&](const char* name) { return root[name].whole().value(); };
  AstConfig config;
  config.width = whole("embed_dim");
  config.depth = whole("depth");
  config.heads = whole("heads");
  config.classes = whole("label_dim");
  config.strideFrequency = whole("fstride");
  config.strideTime = whole("tstride");
  config.bins = whole("fdim");
  config.frames = whole("tdim");
  if (root["mlp_ratio"].present()) config.mlpRatio = root["mlp_ratio"].number().value();
  if (root["ln_eps_backbone"].present()) config.backboneEpsilon = root["ln_eps_backbone"].number().value();
  if (root["ln_eps_head"].present()) config.headEpsilon = root["ln_eps_head"].number().value();
  return config;
}

AstWeights recordedWeights(const GoldenFile& file, const std::string& group) {
  nn::NamedTensors published;
  const std::string prefix = group + "/sd/";
  for (const auto& name : file.names(prefix)) published[name.substr(prefix.size())] = recorded(file, name);
  auto weights = canonicalise(published);
  REQUIRE(weights);
  return *weights;
}

using Seen = std::map<std::string, at::Tensor>;

nn::Tap recordInto(Seen& seen) {
  nn::Tap tap;
  tap.attention = [&seen](std::int64_t layer, const at::Tensor& weights) {
    seen["attn." + std::to_string(layer)] = weights.clone();
  };
  tap.stream = [&seen](std::string_view place, std::int64_t layer, const at::Tensor& tokens) {
    const std::string name(place);
    const auto key = name == "block" ? "out.block." + std::to_string(layer) : name == "pooled" ? name : "out." + name;
    seen[key] = tokens.detach().clone();
  };
  return tap;
}

double toleranceOf(const std::string& name) { return name.starts_with("attn.") ? kAttention : kStream; }

void compareAll(const GoldenFile& file, const std::string& group, const Seen& seen, const at::Tensor& logits) {
  requireClose("logits", logits, recorded(file, group + "/logits"), kLogits);
  requireClose("sigmoid", at::sigmoid(logits), recorded(file, group + "/sigmoid"), kLogits);
  requireClose("softmax", at::softmax(logits, -1), recorded(file, group + "/softmax"), kLogits);
  std::size_t compared = 0;
  for (const auto& name : file.names(group + "/")) {
    const auto key = name.substr(group.size() + 1);
    if (!key.starts_with("attn.") && !key.starts_with("out.") && key != "pooled") continue;
    INFO(name);
    REQUIRE(seen.contains(key));
    requireClose(key, seen.at(key), recorded(file, name), toleranceOf(key));
    ++compared;
  }
  REQUIRE(compared > 0);
}

std::vector<std::string> modelGroups(const GoldenFile& file) {
  std::vector<std::string> groups;
  for (const auto& group : file.groups())
    if (file.has(group + "/input")) groups.push_back(group);
  return groups;
}

}  // namespace

TEST_CASE("Every recorded AST gives its recorded streams, maps and logits") {
  const GoldenFile file("ast_tiny");
  const auto groups = modelGroups(file);
  REQUIRE_FALSE(groups.empty());
  for (const auto& group : groups) {
    INFO("group " << group);
    const auto config = recordedConfig(file, group);
    REQUIRE(check(config));
    AstNet net(config);
    REQUIRE(nn::loadWeights(net, recordedWeights(file, group).tensors));
    const auto input = recorded(file, group + "/input");

    Seen trained;
    const auto trainTap = recordInto(trained);
    compareAll(file, group, trained, net.forward(input, {&trainTap, 0.0}).detach());

    const AstInference inference(net, nn::Runtime{});
    Seen inferred;
    const auto inferTap = recordInto(inferred);
    const auto logits = inference.logits(input, {}, &inferTap);
    REQUIRE(logits);
    compareAll(file, group, inferred, *logits);

    // Without a tap the last block computes the leading tokens only.
    const auto quick = inference.logits(input, {});
    REQUIRE(quick);
    requireClose("logits without a tap", *quick, recorded(file, group + "/logits"), kLogits);
  }
}

TEST_CASE("One query's row of attention equals the recorded map's row") {
  const GoldenFile file("ast_tiny");
  for (const auto& group : modelGroups(file)) {
    const auto config = recordedConfig(file, group);
    AstNet net(config);
    REQUIRE(nn::loadWeights(net, recordedWeights(file, group).tensors));
    const AstInference inference(net, nn::Runtime{});
    for (std::int64_t layer = 0; layer < config.depth; ++layer) {
      const auto map = recorded(file, group + "/attn." + std::to_string(layer));
      const auto query = config.tokens() - 1 - layer;
      nn::Tap tap;
      at::Tensor row;
      tap.layers = {layer};
      tap.queries = {query};
      tap.attention = [&row](std::int64_t, const at::Tensor& weights) { row = weights.clone(); };
      REQUIRE(inference.look(recorded(file, group + "/input"), tap, {}));
      requireClose("row", row, map.narrow(2, query, 1), kAttention);
      tap.meanOfHeads = true;
      REQUIRE(inference.look(recorded(file, group + "/input"), tap, {}));
      requireClose("mean row", row, map.narrow(2, query, 1).mean(1, true), kAttention);
    }
  }
}

TEST_CASE("Names, shapes and few hints are enough to find a recorded AST's sizes") {
  const GoldenFile file("ast_tiny");
  for (const auto& group : modelGroups(file)) {
    INFO("group " << group);
    const auto config = recordedConfig(file, group);
    const auto weights = recordedWeights(file, group);
    DetectHints hints;
    hints.heads = config.heads;
    hints.bins = config.bins;
    hints.frames = config.frames;
    if (config.strideFrequency != config.strideTime) hints.strideFrequency = config.strideFrequency;
    const auto found = detectConfig(weights.tensors, weights.huggingFace, hints);
    REQUIRE(found);
    CHECK(found->depth == config.depth);
    CHECK(found->width == config.width);
    CHECK(found->classes == config.classes);
    CHECK(found->hidden() == config.hidden());
    CHECK(found->rows() * found->columns() == config.rows() * config.columns());
    CHECK(found->strideTime == config.strideTime);
  }
}
