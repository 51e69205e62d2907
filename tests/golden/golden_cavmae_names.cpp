// golden.state_dict_names, the CAV-MAE part: full-size models have the published names, shapes and sizes, a pretraining
// file leaves exactly the head missing from a classifier, and a vision model goes where the authors' script puts it.
#include <map>
#include <set>

#include "core/serial/json_value.h"
#include "models/cavmae/cavmae_detect.h"
#include "models/cavmae/cavmae_net.h"
#include "models/cavmae/cavmae_vision_start.h"
#include "tests/golden/ast_compare.h"

namespace {

using namespace chladni;
using namespace chladni::models::cavmae;
using serial::JsonField;
using Sizes = std::vector<std::int64_t>;

const serial::JsonValue& cavmaeNames() {
  static const auto json = [] {
    auto read = serial::readJsonFile((test::goldenDir() / "state_dict_names.json").string());
    REQUIRE(read);
    return *read;
  }();
  return json;
}

// Tensors with a shape and no memory of their own: every element is the same one.
nn::NamedTensors emptyState(const JsonField& model) {
  nn::NamedTensors tensors;
  const auto list = model["state_dict"];
  for (std::size_t i = 0; i < list.size(); ++i) {
    Sizes shape;
    const auto sizes = list[i][std::size_t{1}];
    for (std::size_t axis = 0; axis < sizes.size(); ++axis) shape.push_back(sizes[axis].whole().value());
    tensors[list[i][std::size_t{0}].string().value()] = torch::zeros({1}).expand(shape);
  }
  return tensors;
}

std::vector<std::string> cavmaeModels() {
  std::vector<std::string> found;
  for (const auto& [name, value] : *cavmaeNames().find("models")->members())
    if (name.starts_with("cavmae")) found.push_back(name);
  return found;
}

std::string ruleText(VisionRule rule) {
  switch (rule) {
    case VisionRule::copy: return "";
    case VisionRule::firstRows: return "rows";
    case VisionRule::sumOfColours: return "sum";
    case VisionRule::withoutClassToken: return "drop token 0";
  }
  return "?";
}

using Move = std::tuple<std::string, std::string, std::string>;  // from, to, rule

std::set<Move> recordedMoves(const JsonField& entries) {
  std::set<Move> moves;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto rule = entries[i]["rule"].present() ? entries[i]["rule"].string().value() : std::string();
    if (rule.starts_with("sum")) rule = "sum";
    if (rule.starts_with("drop token 0")) rule = "drop token 0";
    if (entries[i]["rows"].present()) {
      REQUIRE(entries[i]["rows"][std::size_t{0}].whole().value() == 0);
      rule = "rows";
    }
    const auto targets = entries[i]["to"].strings();
    REQUIRE(targets);
    for (const auto& to : *targets) CHECK(moves.emplace(entries[i]["from"].string().value(), to, rule).second);
  }
  return moves;
}

}  // namespace

TEST_CASE("Full-size CAV-MAE nets have the published names, shapes and sizes") {
  const auto models = cavmaeModels();
  REQUIRE_FALSE(models.empty());
  for (const auto& name : models) {
    INFO(name);
    const auto model = JsonField(cavmaeNames())["models"][name];
    const auto canonical = canonicalise(emptyState(model));
    REQUIRE(canonical);
    const auto config = detectConfig(canonical->tensors);
    if (!config) FAIL(config.error().describe());
    const CavmaeNet net(*config);
    const auto report = nn::compareWeights(net, canonical->tensors);
    for (const auto& line : report.lines()) UNSCOPED_INFO(line);
    REQUIRE(report.fits());
    std::int64_t total = 0;
    std::int64_t learned = 0;
    for (const auto& parameter : net.parameters()) {
      total += parameter.numel();
      learned += parameter.requires_grad() ? parameter.numel() : 0;
    }
    CHECK(total == model["total_params"].whole().value());
    CHECK(learned == model["trainable_params"].whole().value());
  }
}

TEST_CASE("A pretraining file leaves the head missing and the decoder over") {
  const auto models = cavmaeModels();
  for (const auto& name : models) {
    if (name.find("pretrain") == std::string::npos) continue;
    const auto canonical = canonicalise(emptyState(JsonField(cavmaeNames())["models"][name]));
    REQUIRE(canonical);
    auto config = detectConfig(canonical->tensors);
    REQUIRE(config);
    config->task = Task::classify;
    config->classes = 10;
    const auto report = nn::compareWeights(CavmaeNet(*config), canonical->tensors);
    CHECK(report.missing.size() == 4);
    for (const auto& one : report.missing) CHECK(one.starts_with("mlp_head."));
    for (const auto& one : report.unexpected) CHECK((one.starts_with("decoder_") || one == "mask_token"));
    CHECK(report.misshapen.empty());
  }
}

TEST_CASE("A vision model's tensors go where the published script puts them") {
  const JsonField start(*cavmaeNames().find("vision_mae_to_cavmae_11_1"));
  const auto recorded = recordedMoves(start["entries"]);
  REQUIRE_FALSE(recorded.empty());
  const CavmaeConfig config;  // 11 + 1 and a decoder of 8
  std::set<Move> ours;
  std::set<std::string> filled;
  for (const auto& move : visionMoves(config)) {
    CHECK(ours.emplace(move.from, move.to, ruleText(move.rule)).second);
    filled.insert(move.to);
  }
  for (const auto& [from, to, rule] : recorded) {
    INFO(from << " to " << to << " by '" << rule << "'");
    CHECK(ours.contains({from, to, rule}));
  }
  CHECK(ours.size() == recorded.size());

  // What is left at its initial value: names as they are, and the idle norms in one sentence.
  const auto initial = start["left_at_initial_value"].strings();
  REQUIRE(initial);
  const std::set<std::string> left(initial->begin(), initial->end());
  const CavmaeNet net(config);
  for (const auto& item : net.named_parameters()) {
    INFO(item.key());
    const bool idle = !item.key().starts_with("blocks_u.") &&
                      (item.key().find("_a.") != std::string::npos || item.key().find("_v.") != std::string::npos) &&
                      item.key().find(".norm") != std::string::npos && item.key().find("blocks") != std::string::npos &&
                      (item.key().find("norm1_") != std::string::npos || item.key().find("norm2_") != std::string::npos);
    CHECK(filled.contains(item.key()) != (left.contains(item.key()) || idle));
  }
}

TEST_CASE("Values of a vision model arrive") {
  CavmaeConfig config;
  config.audioDepth = config.imageDepth = config.decoderDepth = 1;
  config.width = 8;
  config.heads = 2;
  config.decoderWidth = 4;
  config.decoderHeads = 1;
  config.melBands = 32;
  config.frames = 32;
  config.imageSize = 32;
  torch::manual_seed(1);
  const CavmaeNet net(config);
  nn::NamedTensors vision;
  const auto parameters = net.named_parameters();
  for (const auto& move : visionMoves(config)) {
    if (move.rule == VisionRule::firstRows || move.rule == VisionRule::sumOfColours) continue;
    auto shape = parameters[move.to].sizes().vec();
    if (move.rule == VisionRule::withoutClassToken) ++shape[1];
    if (!vision.contains(move.from)) vision[move.from] = torch::randn(shape);
  }
  vision["cls_token"] = torch::randn({1, 1, 8});
  const auto start = startFromVision(net, vision);
  if (!start) FAIL(start.error().describe());
  const auto& made = start->tensors;
  CHECK(at::equal(made.at("patch_embed_a.proj.weight"), vision.at("patch_embed.proj.weight").sum(1, true)));
  CHECK(at::equal(made.at("decoder_pred_a.bias"), vision.at("decoder_pred.bias").narrow(0, 0, 256)));
  CHECK(at::equal(made.at("pos_embed_v"), vision.at("pos_embed").narrow(1, 1, 4)));
  CHECK(at::equal(made.at("blocks_u.0.norm2_v.bias"), vision.at("blocks.1.norm2.bias")));
  CHECK(nn::compareWeights(net, made).fits());
  CHECK(std::find(start->lines.begin(), start->lines.end(), "not needed: 'cls_token'") != start->lines.end());
}
