// golden.feature_nets_formula: full-size VGGish, YAMNet, OpenL3, musicnn and musicnn-VGG with weights of an integer
// formula. Names, shapes and kinds of the weights come from feature_nets_formula_parameters.json, the formula's tag from
// the file's metadata. Every recorded output is compared; one that no rule knows fails the test.
// The 8-bit features of golden/logmel_vggish ("post.*") and OpenL3's counts of windows are compared here as well.
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/dsp/frontend.h"
#include "core/dsp/frontend_presets.h"
#include "core/serial/json_value.h"
#include "models/backbones/backbone_kind.h"
#include "models/backbones/backbone_input.h"
#include "models/backbones/vggish_net.h"
#include "tests/golden/ast_compare.h"
#include "tests/golden/formula_weights.h"

using namespace chladni;
using namespace chladni::models::backbones;
using chladni::test::GoldenFile;
using chladni::test::recorded;

namespace {

constexpr double kRelative = 1e-4;
// Of the root mean square of a tensor whose values are larger than 1. The recorded fp32 outputs themselves are up to
// 2.6e-5 away from the same networks evaluated in double, where values reach 94 (openl3_linear_512).
constexpr double kAbsolute = 1e-5;

void requireNear(const std::string& what, const at::Tensor& got, const at::Tensor& expected) {
  INFO(what);
  REQUIRE(got.sizes() == expected.sizes());
  const auto wanted = expected.to(at::kDouble);
  const auto excess = (got.to(at::kDouble) - wanted).abs() - kRelative * wanted.abs();
  const double allowed = kAbsolute * std::max(1.0, wanted.square().mean().sqrt().item<double>());
  const double worst = excess.max().item<double>();
  INFO("beyond the relative part by " << worst << ", allowed " << allowed);
  REQUIRE(worst <= allowed);
}

// One network of the file: its name in the formula, its entry in the JSON, our family, its size of an example.
struct Reference {
  std::string model;  // of the weights' formula
  std::string entry;  // of the JSON
  std::string prefix;  // of the tensors in the file
  std::string family, variant;
  std::string preset;
  std::int64_t rows, columns;
  std::int64_t embedding;
};

const std::vector<Reference>& references() {
  static const std::vector<Reference> all{
      {"vggish", "VGGish", "vggish", "vggish", "", "vggish", 96, 64, 128},
      {"yamnet", "YAMNet", "yamnet", "yamnet", "", "yamnet", 96, 64, 0},
      {"musicnn", "musicnn", "musicnn", "musicnn", "musicnn", "musicnn", 187, 96, 0},
      {"musicnn_vgg", "musicnn-vgg", "musicnn_vgg", "musicnn", "vgg", "musicnn", 187, 96, 0},
      {"openl3_mel256", "OpenL3 mel256", "openl3_mel256_512", "openl3", "", "openl3-mel256", 199, 256, 512},
      {"openl3_mel256", "OpenL3 mel256", "openl3_mel256_6144", "openl3", "", "openl3-mel256", 199, 256, 6144},
      {"openl3_mel128", "OpenL3 mel128", "openl3_mel128_512", "openl3", "", "openl3-mel128", 199, 128, 512},
      {"openl3_mel128", "OpenL3 mel128", "openl3_mel128_6144", "openl3", "", "openl3-mel128", 199, 128, 6144},
      {"openl3_linear", "OpenL3 linear", "openl3_linear_512", "openl3", "", "openl3-linear", 197, 257, 512},
      {"openl3_linear", "OpenL3 linear", "openl3_linear_6144", "openl3", "", "openl3-linear", 197, 257, 6144}};
  return all;
}

serial::JsonValue parameterLists() {
  std::ifstream in(test::goldenDir() / "feature_nets_formula_parameters.json");
  REQUIRE(in);
  std::stringstream text;
  text << in.rdbuf();
  auto json = serial::parseJson(text.str(), "feature_nets_formula_parameters.json");
  REQUIRE(json);
  return *json;
}

nn::NamedTensors formulaWeights(const serial::JsonValue& lists, const Reference& reference, const std::string& tag) {
  nn::NamedTensors tensors;
  const auto* list = lists.find(reference.entry);
  INFO(reference.entry);
  REQUIRE(list != nullptr);
  for (const auto& item : *list->items()) {
    const auto& fields = *item.items();
    std::vector<std::int64_t> shape;
    for (const auto& size : *fields.at(1).items()) shape.push_back(*size.integer());
    const auto name = *fields.at(0).string();
    tensors[name] = test::formulaTensor(tag + reference.model + ":" + name, shape, *fields.at(2).string());
  }
  return tensors;
}

std::unique_ptr<FeatureNet> makeNet(const Reference& reference, const nn::NamedTensors& tensors) {
  const auto* kind = kindOf(reference.family, tensors);
  REQUIRE(kind != nullptr);
  REQUIRE(kind == kindOf(reference.family, reference.variant));
  auto sizes = kind->detect(tensors);
  if (reference.family == "openl3") sizes["embedding"] = reference.embedding;
  const auto report = nn::compareWeights(kind->parameters(sizes, reference.rows, reference.columns), tensors);
  for (const auto& line : report.lines()) UNSCOPED_INFO(line);
  REQUIRE(report.fits());
  return kind->make({tensors, sizes, reference.rows, reference.columns, nn::Runtime{}});
}

// [example, frame, band] of the network's recorded input.
at::Tensor inputOf(const GoldenFile& file, const Reference& reference) {
  if (reference.family == "openl3") {
    const auto sound = file.floats("openl3.in.audio48k").values;
    const auto frontend = dsp::Frontend::create(*dsp::frontendPreset(reference.preset));
    REQUIRE(frontend);
    const auto features = frontend->modelInput(sound);
    REQUIRE(features);
    return nn::toTensor(*features).unsqueeze(0);
  }
  const auto names = file.names(reference.family + ".in.");  // both graphs of musicnn share their input
  REQUIRE(names.size() == 1);
  const auto input = recorded(file, names.front());
  return input.dim() == 4 ? input.squeeze(1) : input;
}

at::Tensor run(const FeatureNet& net, const at::Tensor& input, const std::string& tap) {
  const auto known = std::any_of(net.taps().begin(), net.taps().end(), [&](const auto& t) { return t.name == tap; });
  INFO("tap " << tap);
  REQUIRE(known);
  const auto result = net.run(input, tap, {});
  REQUIRE(result);
  for (const auto& declared : net.taps())
    if (declared.name == tap) REQUIRE(result->sizes().slice(1) == at::IntArrayRef(declared.shape));
  return *result;
}

// What the file calls an output, in our names: the tap, and what was done to it before it was recorded.
at::Tensor outputNamed(const FeatureNet& net, const at::Tensor& input, const std::string& name, const at::Tensor& expected) {
  std::smatch match;
  if (std::regex_match(name, match, std::regex("(.+)_mean_per_channel"))) return run(net, input, match[1]).mean({1, 2});
  if (name == "embedding_pre_relu") return run(net, input, "embedding-raw");
  if (name == "prob") return run(net, input, "scores");
  const auto result = run(net, input, name);
  if (result.dim() == 4 && expected.dim() == 2) return result.mean({1, 2});  // musicnn_vgg's first pools
  if (result.dim() != 3 || expected.dim() != 3 || result.size(1) == expected.size(1)) return result;
  // timbral and temporal: every 11th frame
  const auto step = (result.size(1) + expected.size(1) - 1) / expected.size(1);
  return result.slice(1, 0, result.size(1), step);
}

}  // namespace

TEST_CASE("Every list of parameters is that of a network, by name, shape and kind") {
  const auto lists = parameterLists();
  REQUIRE(lists.members() != nullptr);
  std::set<std::string> left;
  for (const auto& entry : *lists.members()) left.insert(entry.first);
  for (const auto& reference : references()) {
    if (lists.find(reference.entry) == nullptr) continue;
    makeNet(reference, formulaWeights(lists, reference, ""));
    left.erase(reference.entry);
  }
  for (const auto& name : left) UNSCOPED_INFO("no network for " << name);
  CHECK(left.empty());
}

TEST_CASE("Every recorded stage of every network") {
  const GoldenFile file("feature_nets_formula");
  const auto lists = parameterLists();
  REQUIRE(file.metadata().contains("tag"));
  const auto tag = file.metadata().at("tag");
  std::set<std::string> left;
  for (const auto& name : file.names())
    if (name.find(".in.") == std::string::npos) left.insert(name);
  REQUIRE_FALSE(left.empty());
  std::set<std::string> families;
  for (const auto& reference : references()) {
    const auto outputs = file.names(reference.prefix + ".out.");
    if (outputs.empty()) continue;
    families.insert(reference.family + reference.variant);
    const auto tensors = formulaWeights(lists, reference, tag);
    const auto net = makeNet(reference, tensors);
    const auto input = inputOf(file, reference);
    for (const auto& name : outputs) {
      const auto expected = recorded(file, name);
      requireNear(name, outputNamed(*net, input, name.substr(reference.prefix.size() + 5), expected), expected);
      left.erase(name);
    }
  }
  for (const auto& name : left) UNSCOPED_INFO("nothing compares " << name);
  CHECK(left.empty());
  CHECK(families.size() == 5);
}

TEST_CASE("VGGish's 8-bit features") {
  const GoldenFile file("logmel_vggish");
  const auto axes = recorded(file, "post.in.pca_eigen_vectors");
  const auto mean = recorded(file, "post.in.pca_means");
  const auto turned = principalCoordinates(recorded(file, "post.in.embedding"), axes, mean);
  CHECK(test::largestDifference(turned, recorded(file, "post.out.pca")) <= 1e-6);
  CHECK(test::largestDifference(quantised(turned), recorded(file, "post.out.quantised")) == 0.0);
}

TEST_CASE("OpenL3's windows of sound") {
  const GoldenFile file("logmel_openl3");
  const auto samples = file.integers("windows.in.num_samples");
  for (const bool centre : {true, false}) {
    const auto expected = file.integers(centre ? "windows.out.center" : "windows.out.no_center");
    REQUIRE(expected.size() == samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      INFO(samples[i] << " samples, centred " << centre);
      CHECK(windowCount(samples[i] + (centre ? 24000 : 0), 48000, 4800) == expected[i]);
    }
  }
}
