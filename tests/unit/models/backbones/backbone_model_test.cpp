// Every native backbone as a package: taps and their shapes, rows, classes, number formats, what is refused.
#include "tests/unit/models/backbones/backbone_package.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::test::Scratch;
using chladni::test::Shown;

namespace {

double relativeDifference(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  double worst = 0.0;
  double largest = 1e-12;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::max(worst, static_cast<double>(std::abs(a[i] - b[i])));
    largest = std::max(largest, static_cast<double>(std::abs(b[i])));
  }
  return worst / largest;
}

}  // namespace

TEST_CASE("Every tap of every backbone gives rows of its shape") {
  for (const auto& small : test::smallBackbones()) {
    INFO(small.family << " " << small.variant);
    const Scratch scratch;
    const auto model = test::loaded(test::package(scratch, small));
    const auto* extractor = model->featureExtractor();
    REQUIRE(extractor != nullptr);
    CHECK(model->parameters() > 0);
    CHECK(extractor->hopSeconds() > 0.0);
    const Shown low(model->spec().frontend.rate.hz(), 300.0);
    const Shown high(model->spec().frontend.rate.hz(), 900.0);
    const std::vector<ModelInput> inputs{low.input(), high.input()};
    for (const auto& tap : extractor->taps()) {
      INFO(tap.name);
      const auto block = extractor->features(inputs, tap.name, {});
      if (!block) FAIL(block.error().describe());
      CHECK(block->rows == 2);
      CHECK(block->shape == tap.shape);
      std::size_t size = 1;
      for (const auto dimension : tap.shape) size *= static_cast<std::size_t>(dimension);
      REQUIRE(block->values.size() == 2 * size);
      CHECK_FALSE(std::equal(block->values.begin(), block->values.begin() + static_cast<std::ptrdiff_t>(size),
                             block->values.begin() + static_cast<std::ptrdiff_t>(size)));
      const auto second = extractor->features({&inputs[1], 1}, tap.name, {});
      REQUIRE(second);
      const std::vector<float> together(block->values.begin() + static_cast<std::ptrdiff_t>(size), block->values.end());
      CHECK(relativeDifference(second->values, together) < 1e-5);
    }
    const auto usual = extractor->features(inputs, "", {});
    REQUIRE(usual);
    CHECK(usual->shape == extractor->taps().front().shape);
  }
}

TEST_CASE("Classes of those that have them, none of those that have not") {
  for (const auto& small : test::smallBackbones()) {
    INFO(small.family << " " << small.variant);
    const Scratch scratch;
    const auto model = test::loaded(test::package(scratch, small));
    const bool classes = small.sizes.contains("classes");
    REQUIRE((model->classifier() != nullptr) == classes);
    if (!classes) continue;
    const Shown shown(model->spec().frontend.rate.hz());
    const auto input = shown.input();
    const auto logits = model->classifier()->logitsOf({&input, 1}, {});
    REQUIRE(logits);
    CHECK(logits->columns == small.sizes.at("classes"));
    CHECK(model->spec().multiLabel == model->spec().frontend.sound);
    const auto none = model->classifier()->logitsOf({}, {});
    REQUIRE(none);
    CHECK(none->rows == 0);
  }
}

TEST_CASE("bf16 stays near fp32") {
  for (const auto& small : test::smallBackbones()) {
    INFO(small.family << " " << small.variant);
    const Scratch scratch;
    const auto spec = test::package(scratch, small);
    const auto exact = test::loaded(spec);
    const auto rough = test::loaded(spec, Precision::bf16);
    CHECK(rough->precision() == "bf16");
    const Shown shown(spec.frontend.rate.hz());
    const auto input = shown.input();
    const auto a = exact->featureExtractor()->features({&input, 1}, "", {});
    const auto b = rough->featureExtractor()->features({&input, 1}, "", {});
    REQUIRE(a);
    REQUIRE(b);
    CHECK(relativeDifference(b->values, a->values) < 2e-2);
  }
}

TEST_CASE("A row of pictures is the mean of their maps, a row of sound that of its examples") {
  const Scratch scratch;
  const auto pictures = test::loaded(test::package(scratch, test::smallBackbone("vgg19")));
  const Shown shown(16000);
  auto input = shown.input();
  const auto all = pictures->featureExtractor()->features({&input, 1}, "block5_pool", {});
  REQUIRE(all);
  std::vector<float> mean(all->values.size());
  for (const auto& frame : shown.frames) {
    ModelInput one;
    one.frames = {&frame, 1};
    const auto alone = pictures->featureExtractor()->features({&one, 1}, "block5_pool", {});
    REQUIRE(alone);
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += alone->values[i] / 3.0F;
  }
  CHECK(relativeDifference(all->values, mean) < 1e-5);

  // YAMNet's window of one and a half seconds holds two patches, half a second apart.
  const Scratch other;
  const auto yamnet = test::loaded(test::package(other, test::smallBackbone("yamnet")));
  const std::span<const float> sound = shown.sound;
  const std::vector<ModelInput> parts{sound, sound.first(15600), sound.subspan(7680, 15600)};
  const auto rows = yamnet->featureExtractor()->features(parts, "embedding", {});
  REQUIRE(rows);
  const auto width = static_cast<std::size_t>(rows->shape[0]);
  std::vector<float> whole(rows->values.begin(), rows->values.begin() + static_cast<std::ptrdiff_t>(width));
  std::vector<float> halves(width);
  for (std::size_t i = 0; i < width; ++i) halves[i] = (rows->values[width + i] + rows->values[2 * width + i]) / 2.0F;
  const bool twoPatches = yamnet->spec().frontend.logMel.patchHopFrames == 48;
  REQUIRE(twoPatches);
  CHECK(relativeDifference(whole, halves) < 1e-4);
}

TEST_CASE("Sound shorter than a window is filled up with silence") {
  const Scratch scratch;
  const auto model = test::loaded(test::package(scratch, test::smallBackbone("vggish")));
  const Shown shown(16000);
  std::vector<float> filled(shown.sound.begin(), shown.sound.begin() + 4000);
  const std::vector<float> brief = filled;
  filled.resize(16000, 0.0F);
  const std::vector<ModelInput> inputs{brief, filled};
  const auto rows = model->featureExtractor()->features(inputs, "embedding-raw", {});
  REQUIRE(rows);
  const auto half = static_cast<std::ptrdiff_t>(rows->values.size() / 2);
  CHECK(std::equal(rows->values.begin(), rows->values.begin() + half, rows->values.begin() + half));
}

TEST_CASE("What cannot be done is refused in one line") {
  const Scratch scratch;
  const auto spec = test::package(scratch, test::smallBackbone("resnet"));
  const auto model = test::loaded(spec);
  const Shown shown(16000);
  const auto input = shown.input();
  const auto tap = model->featureExtractor()->features({&input, 1}, "layer9", {});
  REQUIRE_FALSE(tap);
  CHECK(tap.error().code == ErrorCode::invalidArgument);
  CHECK_THAT(tap.error().message, Catch::Contains("layer4"));

  const ModelInput deaf{std::span<const float>(shown.sound)};
  const auto lacking = model->featureExtractor()->features({&deaf, 1}, "", {});
  REQUIRE_FALSE(lacking);
  CHECK_THAT(lacking.error().message, Catch::Contains("pictures"));

  std::stop_source stop;
  stop.request_stop();
  const auto stopped = model->featureExtractor()->features({&input, 1}, "", stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);

  auto broken = spec;
  const auto refused = [&](const char* field) {
    const auto result = models::backbones::BackboneFamily("resnet").load(broken, {"cpu"});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::incompatibleModel);
    CHECK_THAT(result.error().describe(), Catch::Contains(field));
    broken = spec;
  };
  broken.architecture["width"] = 1e9;
  refused("width");
  broken.architecture["blocks3"] = 2.5;
  refused("blocks3");
  broken.architecture.erase("blocks1");
  refused("blocks1");
  broken.architecture["blocks2"] = 3.0;
  refused("layer2.2");
  broken.classes.pop_back();
  refused("classes");
  broken.frontend.picture.reset();
  refused("pictures");
}

TEST_CASE("Windows of sound as OpenL3 counts them") {
  using models::backbones::windowCount;
  CHECK(windowCount(24000, 48000, 4800) == 1);
  CHECK(windowCount(48001, 48000, 4800) == 2);
  CHECK(windowCount(72000, 48000, 4800) == 6);
}
