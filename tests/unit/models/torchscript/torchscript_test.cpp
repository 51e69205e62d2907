// TorchScript packages: run only when their hash was agreed to, refused when they lie, and the whole route from the user's
// Python: networks of torchvision and torchaudio, randomly initialised, exported and run here with the same output.
#include <cstdlib>
#include <fstream>

#include <torch/script.h>

#include "core/inference/feature_extractor.h"
#include "core/inference/model_package.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "core/serial/safetensors.h"
#include "models/torchscript/script_family.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::models::torchscript::ScriptFamily;
using chladni::test::Scratch;

namespace {

// Returns every sample doubled, and three numbers: sum, largest, smallest.
constexpr const char* kWaveformScript = R"(
def forward(self, x):
    return (2.0 * x, torch.stack([x.sum(1), x.max(1)[0], x.min(1)[0]], 1))
)";

ModelSpec waveformSpec(const std::filesystem::path& folder) {
  ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = "torchscript";
  spec.frontend.rate = SampleRate(100);
  spec.architecture = {{"input", std::string("waveform")}, {"taps", std::string("twice, logits")}, {"shapes", std::string("100, 3")}};
  spec.classes = {"sum", "largest", "smallest"};
  spec.windowSeconds = spec.hopSeconds = 1.0;
  spec.weights.file = "module.pt";
  return spec;
}

ModelSpec writeScript(const Scratch& scratch, const char* code = kWaveformScript) {
  torch::jit::Module module("double");
  module.define(code);
  std::filesystem::create_directories(scratch / "script");
  module.save((scratch / "script" / "module.pt").string());
  auto written = writeModelManifest(waveformSpec(scratch / "script"), scratch / "script");
  if (!written) FAIL(written.error().describe());
  return *written;
}

RuntimeOptions agreedTo(const std::string& sum) {
  RuntimeOptions options;
  options.device = "cpu";
  options.trustedScripts = {std::string(64, '0'), sum};
  return options;
}

Error loadError(const ModelSpec& spec, const RuntimeOptions& options) {
  const auto model = ScriptFamily().load(spec, options);
  REQUIRE_FALSE(model);
  return model.error();
}

std::shared_ptr<const LoadedModel> loadAgreed(const ModelSpec& spec) {
  auto model = ScriptFamily().load(spec, agreedTo(spec.weights.sha256));
  if (!model) FAIL(model.error().describe());
  return *model;
}

}  // namespace

TEST_CASE("A script that was not agreed to is not run, and its hash is named") {
  const Scratch scratch;
  const auto spec = writeScript(scratch);
  for (const auto& options : {RuntimeOptions{"cpu"}, agreedTo(std::string(64, 'a')), agreedTo("")}) {
    const auto error = loadError(spec, options);
    CHECK(error.code == ErrorCode::unsupported);
    CHECK_THAT(error.describe(), Catch::Contains(spec.weights.sha256));
    CHECK(error.describe().find('\n') == std::string::npos);
  }
  auto shouted = spec.weights.sha256;
  for (char& c : shouted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(ScriptFamily().load(spec, agreedTo(shouted)).has_value());
}

TEST_CASE("A script changed after it was agreed to is not run") {
  const Scratch scratch;
  const auto spec = writeScript(scratch);
  std::ofstream(scratch / "script" / "module.pt", std::ios::app | std::ios::binary).put('x');
  const auto error = loadError(spec, agreedTo(spec.weights.sha256));
  CHECK(error.code == ErrorCode::corruptData);
  CHECK_THAT(error.describe(), Catch::Contains(spec.weights.sha256));
}

TEST_CASE("A script that was agreed to gives features and classes") {
  const Scratch scratch;
  const auto model = loadAgreed(writeScript(scratch));
  REQUIRE(model->featureExtractor() != nullptr);
  REQUIRE(model->classifier() != nullptr);
  CHECK(model->precision() == "fp32");
  const std::vector<float> brief{0.5F, -1.0F};
  const std::vector<float> lengthy(150, 0.25F);
  const std::vector<ModelInput> inputs{brief, lengthy};
  const auto rows = model->featureExtractor()->features(inputs, "", {});
  if (!rows) FAIL(rows.error().describe());
  REQUIRE(rows->rows == 2);
  CHECK(rows->shape == std::vector<std::int64_t>{100});
  CHECK(rows->values[0] == 1.0F);
  CHECK(rows->values[1] == -2.0F);
  CHECK(rows->values[2] == 0.0F);
  CHECK(rows->values[199] == 0.5F);
  const auto logits = model->classifier()->logitsOf(inputs, {});
  REQUIRE(logits);
  CHECK(logits->at(0, 0) == -0.5F);
  CHECK(logits->at(1, 0) == 25.0F);
  CHECK(logits->at(0, 2) == -1.0F);

  const auto unknown = model->featureExtractor()->features(inputs, "thrice", {});
  REQUIRE_FALSE(unknown);
  CHECK_THAT(unknown.error().message, Catch::Contains("twice, logits"));
  const ModelInput silent;
  CHECK_FALSE(model->featureExtractor()->features({&silent, 1}, "", {}).has_value());
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = model->featureExtractor()->features(inputs, "", stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
}

TEST_CASE("A script that returns other than it says, throws, or is none at all is refused in one line") {
  const Scratch scratch;
  const std::vector<float> sound(100, 0.1F);
  const ModelInput input{std::span<const float>(sound)};
  const auto featuresError = [&](const char* code) {
    const auto model = loadAgreed(writeScript(scratch, code));
    const auto rows = model->featureExtractor()->features({&input, 1}, "logits", {});
    REQUIRE_FALSE(rows);
    CHECK(rows.error().describe().find('\n') == std::string::npos);
    return rows.error().code;
  };
  CHECK(featuresError("def forward(self, x):\n    return x\n") == ErrorCode::incompatibleModel);
  CHECK(featuresError("def forward(self, x):\n    return (x, x)\n") == ErrorCode::incompatibleModel);
  CHECK(featuresError("def forward(self, x):\n    return (x, 3)\n") == ErrorCode::incompatibleModel);
  CHECK(featuresError("def forward(self, x):\n    return (x.view(7, 7), x)\n") == ErrorCode::internal);

  std::ofstream(scratch / "script" / "module.pt", std::ios::binary) << "not a script";
  const auto spec = writeModelManifest(waveformSpec(scratch / "script"), scratch / "script");
  REQUIRE(spec);
  CHECK(loadError(*spec, agreedTo(spec->weights.sha256)).describe().find('\n') == std::string::npos);
}

TEST_CASE("A manifest that makes no sense is refused by its field") {
  const Scratch scratch;
  const auto good = writeScript(scratch);
  const auto refused = [&](const std::string& field, const Attribute& value) {
    auto spec = good;
    spec.architecture[field] = value;
    const auto error = loadError(spec, agreedTo(spec.weights.sha256));
    CHECK(error.code == ErrorCode::incompatibleModel);
    CHECK_THAT(error.describe(), Catch::Contains(field));
  };
  refused("input", std::string("smell"));
  refused("input", 3.0);
  refused("taps", std::string("twice"));
  refused("taps", std::string("twice, twice"));
  refused("shapes", std::string("100, 3x"));
  refused("shapes", std::string("100, -3"));
  refused("shapes", std::string("100, 99999999x99999999"));
  refused("shapes", std::string("100, 4"));
  ImportOptions import;
  import.source = scratch / "script";
  const auto report = ScriptFamily().importCheckpoint(import);
  REQUIRE_FALSE(report);
  CHECK_THAT(report.error().message, Catch::Contains("export_torchscript.py"));
}

namespace {

// A Python that has the module, or nothing.
std::optional<std::string> pythonWith(const std::string& module) {
  for (const std::string python : {"python3", "/usr/bin/python3"})
    if (std::system((python + " -c 'import " + module + "' >/dev/null 2>&1").c_str()) == 0) return python;
  return std::nullopt;
}

// Exports a network and compares every tap of what runs here with what Python wrote down.
void requireRoute(const std::string& library, const std::string& arguments) {
  const auto python = pythonWith(library);
  if (!python) {
    WARN("SKIPPED: no python3 with " << library << "; install python3-" << library << " to prove the route");
    return;
  }
  const Scratch scratch;
  const auto package = scratch / library;
  const auto check = scratch / "check.safetensors";
  const auto command = *python + " -B " + CHLADNI_SOURCE_DIR + "/models/convert/export_torchscript.py " + library + " " + arguments +
                       " --weights random --out " + package.string() + " --check " + check.string() + " >/dev/null 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);
  const auto spec = readModelPackage(package);
  if (!spec) FAIL(spec.error().describe());
  CHECK(verifyModelPackage(*spec).has_value());
  const auto model = loadAgreed(*spec);
  CHECK(model->parameters() > 0);

  const auto file = serial::readSafetensors(check);
  REQUIRE(file);
  const auto tensors = nn::toNamedTensors(file->tensors);
  REQUIRE(tensors);
  ModelInput input;
  std::vector<float> sound;
  VideoFrame frame;
  if (tensors->contains("sound")) {
    const auto values = tensors->at("sound").contiguous();
    sound.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
    input.sound = sound;
  } else {
    const auto values = tensors->at("frame").contiguous();
    frame.height = static_cast<int>(values.size(0));
    frame.width = static_cast<int>(values.size(1));
    frame.rgb.assign(values.data_ptr<std::uint8_t>(), values.data_ptr<std::uint8_t>() + values.numel());
    input.frames = {&frame, 1};
  }
  for (const auto& tap : model->featureExtractor()->taps()) {
    INFO(library << " " << tap.name);
    const auto expected = tensors->at("out." + tap.name).contiguous();
    const auto rows = model->featureExtractor()->features({&input, 1}, tap.name, {});
    if (!rows) FAIL(rows.error().describe());
    REQUIRE(at::IntArrayRef(rows->shape) == expected.sizes());
    const auto got = torch::from_blob(const_cast<float*>(rows->values.data()), expected.sizes(), at::kFloat);
    const double scale = expected.abs().max().item<double>();
    REQUIRE(scale > 0.0);
    CHECK((got - expected).abs().max().item<double>() <= 1e-5 * scale);
  }
}

}  // namespace

TEST_CASE("A network of torchvision gives here what it gives in Python", "[.route]") {
  requireRoute("torchvision", "mobilenet_v3_small --size 64");
}

TEST_CASE("A network of torchaudio gives here what it gives in Python", "[.route]") {
  // wav2vec 2.0 as published but for its width and depth.
  requireRoute("torchaudio",
               R"(wav2vec2_model --seconds 0.25 --settings '{"extractor_mode":"group_norm","extractor_conv_layer_config":)"
               R"([[32,10,5],[32,3,2],[32,3,2],[32,3,2],[32,3,2],[32,2,2],[32,2,2]],"extractor_conv_bias":false,)"
               R"("encoder_embed_dim":32,"encoder_projection_dropout":0.0,"encoder_pos_conv_kernel":16,)"
               R"("encoder_pos_conv_groups":4,"encoder_num_layers":2,"encoder_num_heads":4,"encoder_attention_dropout":0.0,)"
               R"("encoder_ff_interm_features":64,"encoder_ff_interm_dropout":0.0,"encoder_dropout":0.0,)"
               R"("encoder_layer_norm_first":false,"encoder_layer_drop":0.0,"aux_num_out":null}')");
}
