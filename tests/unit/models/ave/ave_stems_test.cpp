// The small backbones and the module that trainings teach: shapes, packages, and that one step lowers the loss.
#include <cmath>

#include <torch/optim/adam.h>

#include "core/base/atomic_file.h"
#include "core/dsp/frontend_presets.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_package.h"
#include "models/ave/ave_module.h"
#include "models/ave/ave_training.h"
#include "models/ave/stem_model.h"
#include "tests/unit/models/ave/ave_package.h"

namespace chladni::test {

namespace {

inference::ModelSpec stemSpec(const std::filesystem::path& folder, const char* family) {
  inference::ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = family;
  spec.title = spec.name;
  spec.licence = "none";
  spec.source = "a test";
  spec.tasks = {"features"};
  spec.frontend = *dsp::frontendPreset("small-av");
  spec.frontend.picture->size = 32;
  if (spec.family == kEarFamily) spec.frontend.picture.reset();
  if (spec.family == kEyeFamily) spec.frontend.sound = false;
  spec.architecture["width"] = 12.0;
  return spec;
}

Result<inference::ModelSpec> writeStem(const inference::ModelSpec& spec, const torch::nn::Module& net) {
  std::filesystem::create_directories(spec.folder);
  if (auto written = serial::writeSafetensors(spec.folder / spec.weights.file, {nn::weightsOf(net, DType::f32), {}}); !written) return fail(written.error());
  if (auto written = writeFileAtomically(spec.folder / "CARD.md", "# A test\n"); !written) return fail(written.error());
  return inference::writeModelManifest(spec, spec.folder);
}

VideoFrame frameOf(int seed) {
  VideoFrame frame;
  frame.width = frame.height = 40;
  for (int n = 0; n < 40 * 40 * 3; ++n) frame.rgb.push_back(static_cast<std::uint8_t>((n * 37 + seed * 91) % 251));
  return frame;
}

}  // namespace

TEST_CASE("An ear's package hears a second at a time, alone as in a batch", "[ave]") {
  const Scratch scratch;
  torch::manual_seed(3);
  const auto written = writeStem(stemSpec(scratch / "ear", kEarFamily), EarNet(98, 64, 12));
  REQUIRE(written);
  const auto model = StemFamily(kEarFamily).load(*written, {});
  REQUIRE(model);
  const auto* extractor = (*model)->featureExtractor();
  REQUIRE(extractor);
  CHECK(extractor->taps().front().shape == std::vector<std::int64_t>{12});
  std::vector<std::vector<float>> seconds(2, std::vector<float>(16000));
  for (std::size_t n = 0; n < 16000; ++n) seconds[0][n] = static_cast<float>(0.4 * std::sin(0.3 * static_cast<double>(n)));
  const std::vector<inference::ModelInput> both{seconds[0], seconds[1]};
  const auto batch = extractor->features(both, "", {});
  REQUIRE(batch);
  CHECK(batch->rows == 2);
  const auto alone = extractor->features(std::span(both).subspan(1), "vector", {});
  REQUIRE(alone);
  for (std::size_t n = 0; n < 12; ++n) CHECK(alone->values[n] == Approx(batch->values[12 + n]).margin(1e-4));
  CHECK(std::vector<float>(batch->values.begin(), batch->values.begin() + 12) != std::vector<float>(batch->values.begin() + 12, batch->values.end()));
  CHECK_FALSE(extractor->features(both, "pool5", {}));
  const std::vector<inference::ModelInput> silent(1);
  CHECK_FALSE(extractor->features(silent, "", {}));
}

TEST_CASE("An eye's package gives a grid, and misshapen packages are refused", "[ave]") {
  const Scratch scratch;
  torch::manual_seed(4);
  auto spec = stemSpec(scratch / "eye", kEyeFamily);
  const auto written = writeStem(spec, EyeNet(12));
  REQUIRE(written);
  const auto model = StemFamily(kEyeFamily).load(*written, {});
  REQUIRE(model);
  const auto* extractor = (*model)->featureExtractor();
  CHECK(extractor->taps().front().shape == std::vector<std::int64_t>{2, 2, 12});
  const std::vector<VideoFrame> frames{frameOf(1), frameOf(2), frameOf(3)};
  inference::ModelInput input;
  input.frames = frames;
  const auto block = extractor->features(std::span(&input, 1), "", {});
  REQUIRE(block);
  CHECK(block->values.size() == 48);

  auto wider = *written;
  wider.architecture["width"] = 13.0;
  CHECK_FALSE(StemFamily(kEyeFamily).load(wider, {}));
  auto broken = *written;
  broken.architecture["width"] = 0.5;
  const auto refused = StemFamily(kEyeFamily).load(broken, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("width") != std::string::npos);
  auto odd = *written;
  odd.frontend.picture->size = 33;
  CHECK_FALSE(StemFamily(kEyeFamily).load(odd, {}));
  CHECK_FALSE(StemFamily(kEyeFamily).importCheckpoint({}));
}

TEST_CASE("Every kind of localiser learns through its small backbones", "[ave]") {
  for (const auto kind : {AveKind::avAtt, AveKind::dmrn, AveKind::audioOnly, AveKind::visualOnly}) {
    torch::manual_seed(5);
    AveConfig config = tinyAve(kind);
    config.cell = kind == AveKind::dmrn ? Cell::gru : Cell::lstm;
    config.soundWidth = config.pictureWidth = 8;
    config.gridRows = config.gridColumns = 2;
    config.segments = 3;
    config.classes = 4;
    AveModule module({config, true, 40, 16, true});
    nn::TrainBatch batch;
    batch.items = {0, 1};
    batch.fields["tables"] = torch::randn({2, 3, 40, 16});
    batch.fields["planes"] = torch::randn({2, 3, 4, 32, 32});
    batch.fields["target"] = torch::one_hot(torch::tensor({0, 1, 3, 2, 3, 1}), 4).reshape({2, 3, 4}).to(at::kFloat);
    torch::optim::Adam optimiser(module.parameters(), 0.01);
    double first = 0.0, last = 0.0;
    for (int step = 0; step < 80; ++step) {
      const auto outputs = module.forward(batch);
      REQUIRE(outputs.logits.sizes() == at::IntArrayRef({2, 3, 4}));
      CHECK(outputs.further.size() == (config.fuses() ? 2U : 1U));
      const auto loss = segmentLoss(outputs.logits, batch.at("target"), AveLoss::crossEntropy);
      optimiser.zero_grad();
      loss.backward();
      optimiser.step();
      (step == 0 ? first : last) = loss.item<double>();
    }
    INFO(familyName(kind));
    CHECK(last < 0.6 * first);
    CHECK(module.firstNotFinite(batch).empty());
    batch.fields[config.hears() ? "tables" : "planes"].fill_(NAN);
    CHECK(module.firstNotFinite(batch) == (config.hears() ? "ear" : "eye"));
  }
}

}  // namespace chladni::test
