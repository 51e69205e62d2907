// An ASiT package from disk: classes, attention, features, painting in every masking mode, and what is refused.
#include "core/dsp/frontend.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/reconstructor.h"
#include "tests/unit/models/asit/asit_package.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::test::Scratch;

namespace {

double relativeDifference(std::span<const float> a, std::span<const float> b) {
  REQUIRE(a.size() == b.size());
  double worst = 0.0;
  double largest = 1e-12;
  for (std::size_t i = 0; i < a.size(); ++i) {
    worst = std::max(worst, static_cast<double>(std::abs(a[i] - b[i])));
    largest = std::max(largest, static_cast<double>(std::abs(b[i])));
  }
  return worst / largest;
}

MaskRequest masking(const std::string& mode, double ratio = 0.6, std::uint64_t seed = 5) {
  MaskRequest request;
  request.mode = mode;
  request.soundRatio = ratio;
  request.seed = seed;
  return request;
}

Reconstruction painted(const LoadedModel& model, const std::vector<float>& sound, const MaskRequest& request) {
  auto result = model.reconstructor()->reconstruct(sound, request, {});
  if (!result) FAIL(result.error().describe());
  return std::move(*result);
}

template <class Value>
void isRefused(const Result<Value>& result, ErrorCode code, const std::string& named) {
  REQUIRE_FALSE(result);
  INFO(result.error().describe());
  CHECK(result.error().code == code);
  CHECK_THAT(result.error().describe(), Catch::Contains(named));
  CHECK(result.error().describe().find('\n') == std::string::npos);
}

}  // namespace

TEST_CASE("An ASiT package classifies as the trainable net does") {
  const Scratch scratch;
  const auto config = test::smallAsit();
  const auto model = test::loadedAsit(test::asitPackage(scratch, config));
  REQUIRE(model->classifier() != nullptr);
  CHECK(model->spec().classes.size() == 3);
  const auto low = test::risingTone(300.0), high = test::risingTone(1500.0);
  const std::vector<ModelInput> inputs{low, high};
  const auto logits = model->classifier()->logitsOf(inputs, {});
  if (!logits) FAIL(logits.error().describe());
  REQUIRE(logits->rows == 2);
  REQUIRE(logits->columns == 3);

  models::asit::AsitNet net(config);
  REQUIRE(nn::loadWeights(net, test::asitWeights(config)));
  auto frontend = dsp::Frontend::create(model->spec().frontend);
  REQUIRE(frontend);
  for (std::int64_t row = 0; row < 2; ++row) {
    const auto table = frontend->modelInput(row == 0 ? low : high);
    REQUIRE(table);
    at::NoGradGuard guard;
    const auto tokens = net.backbone->forward(nn::toTensor(*table).unsqueeze(0));
    const auto expected = nn::toMatrix(net.head->forward(tokens.select(1, 0)));
    CHECK(relativeDifference(logits->row(row), expected.row(0)) < 1e-4);
  }
  CHECK(relativeDifference(logits->row(0), logits->row(1)) > 1e-3);
  const auto none = model->classifier()->logitsOf({}, {});
  REQUIRE(none);
  CHECK(none->rows == 0);
}

TEST_CASE("Attention of an ASiT sums to one and knows time from frequency") {
  const Scratch scratch;
  const auto model = test::loadedAsit(test::asitPackage(scratch, test::smallAsit()));
  const auto* source = model->attentionSource();
  REQUIRE(source != nullptr);
  CHECK(source->layers() == 2);
  CHECK(source->heads() == 2);
  CHECK(source->grid().rows == 4);
  CHECK(source->grid().columns == 8);
  CHECK(source->grid().leadingTokens == 1);
  const auto sound = test::risingTone(400.0);
  for (const auto reduction : {HeadReduction::single, HeadReduction::mean, HeadReduction::rollout}) {
    AttentionRequest request;
    request.reduction = reduction;
    const auto map = source->attention(sound, request, {});
    if (!map) FAIL(map.error().describe());
    REQUIRE(map->weights.columns == 33);
    double sum = 0.0;
    for (const float weight : map->weights.row(0)) sum += weight;
    CHECK(sum == Approx(1.0).margin(1e-4));
  }
  AttentionRequest early, late;
  early.classToken = late.classToken = false;
  early.patchRow = 1;
  late.patchColumn = 1;
  const auto one = source->attention(sound, early, {}), other = source->attention(sound, late, {});
  REQUIRE((one && other));
  CHECK(relativeDifference(one->weights.row(0), other->weights.row(0)) > 1e-4);
  const auto overview = source->attentionOverview(sound, {});
  REQUIRE(overview);
  CHECK(overview->weights.rows == 4);
  AttentionRequest beyond;
  beyond.layer = 2;
  isRefused(source->attention(sound, beyond, {}), ErrorCode::invalidArgument, "layer");
}

TEST_CASE("Features of an ASiT: every tap, and how they hang together") {
  const Scratch scratch;
  const auto model = test::loadedAsit(test::asitPackage(scratch, test::smallAsit()));
  const auto* extractor = model->featureExtractor();
  REQUIRE(extractor != nullptr);
  const auto sound = test::risingTone(400.0);
  std::map<std::string, FeatureBlock> blocks;
  for (const auto& tap : extractor->taps()) {
    INFO(tap.name);
    const ModelInput input(sound);
    auto block = extractor->features({&input, 1}, tap.name, {});
    if (!block) FAIL(block.error().describe());
    CHECK(block->shape == tap.shape);
    blocks[tap.name] = std::move(*block);
  }
  REQUIRE(blocks.size() == 4);
  // Columns are the means of their patches, time first; the mean is that of the columns.
  const auto& patches = blocks["patches"].values;
  const auto& columns = blocks["columns"].values;
  std::vector<float> ofPatches(columns.size()), ofColumns(16);
  for (std::size_t i = 0; i < patches.size(); ++i) ofPatches[i / (4 * 16) * 16 + i % 16] += patches[i] / 4.0F;
  for (std::size_t i = 0; i < columns.size(); ++i) ofColumns[i % 16] += columns[i] / 8.0F;
  CHECK(relativeDifference(ofPatches, columns) < 1e-4);
  CHECK(relativeDifference(ofColumns, blocks["mean"].values) < 1e-4);
  isRefused(extractor->features({}, "smell", {}), ErrorCode::invalidArgument, "columns");
}

TEST_CASE("Every masking mode hides its share and leaves the rest to be seen") {
  const Scratch scratch;
  const auto model = test::loadedAsit(test::asitPackage(scratch, test::smallAsit()));
  REQUIRE(model->reconstructor() != nullptr);
  const auto sound = test::risingTone(400.0);
  const auto modes = model->reconstructor()->modes();
  CHECK(modes == std::vector<std::string>{"block", "block-aligned", "block-noise", "block-alien", "time", "frequency"});
  std::map<std::string, Reconstruction> results;
  for (const auto& mode : modes) {
    INFO(mode);
    auto result = painted(*model, sound, masking(mode));
    CHECK(result.soundInput.rows == 64);
    CHECK(result.soundInput.columns == 32);
    REQUIRE(result.soundPixels.size() == 64 * 32);
    const auto hidden = std::accumulate(result.soundPixels.begin(), result.soundPixels.end(), 0);
    CHECK(hidden >= 0.6 * 64 * 32);
    CHECK(hidden < 64 * 32);
    double sum = 0.0;
    for (std::size_t i = 0; i < result.soundPixels.size(); ++i)
      if (result.soundPixels[i] != 0) sum += std::abs(static_cast<double>(result.soundPredicted.values[i]) - result.soundInput.values[i]);
    CHECK(result.losses.at("l1") == Approx(sum / hidden).epsilon(1e-5));
    CHECK_THAT(result.title, Catch::Contains("seed 5"));
    CHECK(painted(*model, sound, masking(mode)).soundPredicted.values == result.soundPredicted.values);
    results[mode] = std::move(result);
  }
  // The same pixels, filled otherwise: the painting must differ, and only the fill may be the reason.
  for (const auto* mode : {"block-noise", "block-alien"}) {
    INFO(mode);
    CHECK(results[mode].soundPixels == results["block"].soundPixels);
    CHECK(results[mode].soundInput.values == results["block"].soundInput.values);
    CHECK(relativeDifference(results[mode].soundPredicted.values, results["block"].soundPredicted.values) > 1e-3);
  }
  const auto& aligned = results["block-aligned"].soundPixels;
  const auto& plain = results["block"].soundPixels;
  const auto wholePatches = [](const std::vector<std::uint8_t>& pixels) {
    for (std::size_t i = 0; i < pixels.size(); ++i)
      if (pixels[i] != pixels[i / 32 / 8 * 8 * 32 + i % 32 / 8 * 8]) return false;
    return true;
  };
  CHECK(wholePatches(aligned));
  CHECK_FALSE(wholePatches(plain));
  for (std::size_t i = 0; i < 64 * 32; ++i) {
    REQUIRE(results["time"].soundPixels[i] == results["time"].soundPixels[i / 32 * 32]);
    REQUIRE(results["frequency"].soundPixels[i] == results["frequency"].soundPixels[i % 32]);
  }
}

TEST_CASE("A mask painted by hand hides its patches") {
  const Scratch scratch;
  const auto model = test::loadedAsit(test::asitPackage(scratch, test::smallAsit()));
  const auto sound = test::risingTone(400.0);
  MaskRequest request;
  request.soundMask.assign(32, 0);
  request.soundMask[1 * 8 + 3] = 1;  // second band of patches, fourth column
  const auto result = painted(*model, sound, request);
  CHECK(result.sound.mask == request.soundMask);
  CHECK(std::accumulate(result.soundPixels.begin(), result.soundPixels.end(), 0) == 64);
  CHECK(result.soundPixels[3 * 8 * 32 + 8] == 1);
  CHECK_THAT(result.title, Catch::Contains("by hand"));
  request.soundMask.pop_back();
  isRefused(model->reconstructor()->reconstruct(sound, request, {}), ErrorCode::invalidArgument, "31 patches");
}

TEST_CASE("bf16 of an ASiT stays near fp32") {
  const Scratch scratch;
  const auto spec = test::asitPackage(scratch, test::smallAsit());
  const auto exact = test::loadedAsit(spec), rough = test::loadedAsit(spec, Precision::bf16);
  CHECK(rough->precision() == "bf16");
  const auto sound = test::risingTone(400.0);
  const ModelInput input(sound);
  const auto a = exact->featureExtractor()->features({&input, 1}, "mean", {});
  const auto b = rough->featureExtractor()->features({&input, 1}, "mean", {});
  REQUIRE((a && b));
  CHECK(relativeDifference(b->values, a->values) < 2e-2);
  CHECK(relativeDifference(painted(*rough, sound, masking("block")).soundPredicted.values,
                           painted(*exact, sound, masking("block")).soundPredicted.values) < 2e-2);
}

TEST_CASE("What an ASiT cannot do is refused in one line") {
  const Scratch scratch;
  const auto spec = test::asitPackage(scratch, test::smallAsit());
  const auto model = test::loadedAsit(spec);
  const auto sound = test::risingTone(400.0);
  const auto& reconstructor = *model->reconstructor();
  isRefused(reconstructor.reconstruct(sound, masking("grid"), {}), ErrorCode::unsupported, "block-alien");
  isRefused(reconstructor.reconstruct(sound, masking("block", 1.5), {}), ErrorCode::invalidArgument, "between 0 and 1");
  isRefused(reconstructor.reconstruct(sound, masking("block", std::nan("")), {}), ErrorCode::invalidArgument, "between 0 and 1");
  isRefused(reconstructor.reconstruct(ModelInput(), masking("block"), {}), ErrorCode::invalidArgument, "needs sound");
  std::stop_source stop;
  stop.request_stop();
  isRefused(reconstructor.reconstruct(sound, masking("block"), stop.get_token()), ErrorCode::cancelled, "stopped");
  const ModelInput input(sound);
  isRefused(model->classifier()->logitsOf({&input, 1}, stop.get_token()), ErrorCode::cancelled, "stopped");

  // A backbone alone neither classifies nor paints.
  auto bare = test::smallAsit();
  bare.classes = 0;
  bare.projection.hidden = bare.reconstruction.hidden = 0;
  const auto backbone = test::loadedAsit(test::asitPackage(scratch, bare, "bare"));
  CHECK(backbone->classifier() == nullptr);
  CHECK(backbone->reconstructor() == nullptr);
  CHECK(backbone->attentionSource() != nullptr);
  CHECK(backbone->featureExtractor() != nullptr);
}

TEST_CASE("A manifest of an ASiT that makes no sense is refused by its field") {
  const Scratch scratch;
  const auto good = test::asitPackage(scratch, test::smallAsit());
  const auto refused = [&](const std::string& field, const Attribute& value) {
    auto broken = good;
    broken.architecture[field] = value;
    isRefused(models::asit::AsitFamily().load(broken, {"cpu"}), ErrorCode::incompatibleModel, field);
  };
  refused("width", 1e9);
  refused("width", 16.5);
  refused("width", std::string("wide"));
  refused("heads", 3.0);
  refused("heads", 0.0);
  refused("patch", 7.0);
  refused("bins", 40.0);
  refused("frames", 65.0);
  refused("classes", 4.0);
  refused("mlp_ratio", -1.0);
  refused("epsilon", 2.0);
  refused("reconstruction_last_gelu", std::string("perhaps"));
  auto deeper = good;
  deeper.architecture["depth"] = 3.0;
  isRefused(models::asit::AsitFamily().load(deeper, {"cpu"}), ErrorCode::incompatibleModel, "blocks.2");
  auto headless = good;
  headless.architecture.erase("depth");
  isRefused(models::asit::AsitFamily().load(headless, {"cpu"}), ErrorCode::incompatibleModel, "depth");
}
