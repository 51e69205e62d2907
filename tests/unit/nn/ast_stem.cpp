// The convolutional stem of an AST: what it costs nothing, what it is given, and that it learns.
#include "core/inference/model_registry.h"
#include "models/ast/ast_detect.h"
#include "models/ast/ast_family.h"
#include "models/ast/ast_inference.h"
#include "models/ast/ast_start.h"
#include "models/ast/ast_training_form.h"
#include "tests/support/scratch.h"
#include "tests/unit/nn/ast_package.h"

using namespace chladni;
using namespace chladni::models::ast;
using test::Scratch;

namespace {

AstConfig stemConfig(std::int64_t channels = 8) {
  auto config = test::tinyConfig();
  config.stemChannels = channels;
  return config;
}

at::Tensor input(std::int64_t clips = 3) {
  torch::manual_seed(5);
  return torch::randn({clips, 96, 128});
}

AstStartWeights tinyStart(const Scratch& scratch) {
  test::writePackage(scratch / "tiny", test::tinyWeights());
  auto start = readStart(scratch / "tiny");
  if (!start) FAIL(start.error().describe());
  return *start;
}

}  // namespace

TEST_CASE("A trained AST that is given a stem goes on from where it was, and every parameter of the stem learns") {
  const Scratch scratch;
  const auto start = tinyStart(scratch);
  torch::manual_seed(2);
  TrainingForm form(stemConfig(), {});
  const auto lines = startFromPackage(*form.net, start, start.spec.classes);
  if (!lines) FAIL(lines.error().describe());
  CHECK(lines->size() == 1);
  CHECK(at::equal(form.net->forward(input()), test::tinyNet()->forward(input())));

  const auto step = [&] {
    form.zero_grad();
    form.forward(input()).front().square().sum().backward();
    at::NoGradGuard guard;
    for (const auto& parameter : form.parameters())
      if (parameter.grad().defined()) parameter.sub_(0.01 * parameter.grad());
  };
  step();  // the last kernel leaves zero
  step();
  for (const auto& item : form.net->v->stem->named_parameters()) {
    INFO(item.key());
    REQUIRE(item.value().grad().defined());
    CHECK(item.value().grad().abs().sum().item<double>() > 0.0);
  }
  CHECK_FALSE(at::allclose(form.net->forward(input()), test::tinyNet()->forward(input())));
}

TEST_CASE("A stem sees each clip by itself, also where the input is no whole number of patches") {
  auto config = stemConfig();
  config.frames = 90;
  config.bins = 136;
  REQUIRE(check(config));
  torch::manual_seed(3);
  AstNet net(config);
  net.initialise(AstStart::truncatedNormal);
  at::NoGradGuard guard;
  for (auto& item : net.v->stem->named_parameters())
    if (item.key() == "weight") item.value().normal_();
  const auto clips = torch::randn({4, 90, 136});
  const auto together = net.forward(clips);
  for (std::int64_t n = 0; n < 4; ++n) CHECK(at::allclose(net.forward(clips.narrow(0, n, 1))[0], together[n], 1e-4, 1e-5));
}

TEST_CASE("Sizes of a stem are counted, told in the package, found again and refused where they fit nothing") {
  const auto config = stemConfig();
  const AstNet net(config);
  std::int64_t counted = 0;
  for (const auto& parameter : net.parameters()) counted += parameter.numel();
  CHECK(config.parameters() == counted);

  auto spec = test::tinySpec("somewhere");
  spec.architecture = toArchitecture(config);
  const auto read = configFromSpec(spec);
  REQUIRE(read);
  CHECK(*read == config);
  CHECK_FALSE(toArchitecture(test::tinyConfig()).contains("stem_channels"));

  nn::NamedTensors tensors;
  for (const auto& item : net.named_parameters()) tensors[item.key()] = item.value();
  DetectHints hints;
  hints.frames = 96;
  hints.strideFrequency = hints.strideTime = 16;
  const auto detected = detectConfig(tensors, false, hints);
  REQUIRE(detected);
  CHECK(detected->stemChannels == config.stemChannels);

  for (const double wrong : {-1.0, 513.0, 0.5}) {
    spec.architecture["stem_channels"] = wrong;
    const auto refused = configFromSpec(spec);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().describe(), Catch::ContainsSubstring("'stem_channels'"));
  }
  spec.architecture["stem_channels"] = 8.0;
  spec.architecture["stride_time"] = 10.0;
  CHECK_FALSE(configFromSpec(spec));
}

TEST_CASE("What is wrong with a package is told once, with its name") {
  const Scratch scratch;
  auto spec = test::writePackage(scratch / "odd", test::tinyWeights());
  spec.architecture["stem_channels"] = 8.0;
  REQUIRE(inference::writeModelManifest(spec, scratch / "odd"));
  inference::ModelRegistry registry;
  registry.addFamily(std::make_unique<AstFamily>());
  const auto loaded = registry.load((scratch / "odd").string(), {"cpu", inference::Precision::fp32});
  REQUIRE_FALSE(loaded);
  const auto told = loaded.error().describe();
  CHECK(told.find("loading odd") != std::string::npos);
  CHECK(told.find("loading odd", told.find("loading odd") + 1) == std::string::npos);
}

TEST_CASE("An engine holds a stem as the net does") {
  torch::manual_seed(3);
  auto net = std::make_shared<AstNet>(stemConfig());
  net->initialise(AstStart::xavier);
  at::NoGradGuard guard;
  for (auto& item : net->v->stem->named_parameters())
    if (item.key() == "weight") item.value().normal_(0.0, 0.1);
  net->eval();
  const AstInference engine(*net, nn::Runtime{});
  const auto logits = engine.logits(input(), {});
  REQUIRE(logits);
  CHECK(at::allclose(*logits, net->forward(input()), 1e-4, 1e-5));
  nn::Runtime rough;
  rough.type = at::kBFloat16;
  const auto near = AstInference(*net, rough).logits(input(), {});
  REQUIRE(near);
  CHECK(near->scalar_type() == at::kFloat);
  CHECK(at::allclose(*near, *logits, 0.05, 0.05));
  CHECK_FALSE(at::equal(*near, *logits));
}
