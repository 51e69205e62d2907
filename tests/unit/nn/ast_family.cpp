// Loading AST packages, good and broken; logits and attention of a loaded one.
#include <cmath>
#include <fstream>
#include <limits>

#include "models/ast/ast_family.h"
#include "models/ast/ast_inference.h"
#include "tests/support/scratch.h"
#include "tests/unit/nn/ast_package.h"

using namespace chladni;
using namespace chladni::inference;
using models::ast::AstFamily;
using test::Scratch;

namespace {

const RuntimeOptions kExact{"cpu", Precision::fp32};

std::vector<float> tone(std::size_t samples, double hz) {
  std::vector<float> sound(samples);
  for (std::size_t n = 0; n < samples; ++n)
    sound[n] = static_cast<float>(0.3 * std::sin(2.0 * 3.14159265358979 * hz * static_cast<double>(n) / 16000.0));
  return sound;
}

Error loadError(const ModelSpec& spec) {
  const auto model = AstFamily().load(spec, kExact);
  REQUIRE_FALSE(model);
  return model.error();
}

std::shared_ptr<const LoadedModel> loadTiny(const Scratch& scratch, const RuntimeOptions& options = kExact) {
  const auto spec = test::writePackage(scratch / "tiny", test::tinyWeights());
  auto model = AstFamily().load(spec, options);
  if (!model) FAIL(model.error().describe());
  return *model;
}

}  // namespace

TEST_CASE("A package loads and classifies any number of clips") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  CHECK(model->device() == "cpu");
  CHECK(model->precision() == "fp32");
  CHECK(model->parameters() == test::tinyConfig().parameters());
  std::int64_t counted = 0;
  for (const auto& parameter : test::tinyNet()->parameters()) counted += parameter.numel();
  CHECK(model->parameters() == counted);

  std::vector<std::vector<float>> sounds;
  for (int i = 0; i < 6; ++i) sounds.push_back(tone(16000, 200.0 * (i + 1)));
  const std::vector<Clip> clips(sounds.begin(), sounds.end());
  const auto together = model->classifier()->logits(clips, {});
  REQUIRE(together);
  REQUIRE(together->rows == 6);
  REQUIRE(together->columns == 3);
  for (std::size_t i = 0; i < clips.size(); ++i) {
    const auto alone = model->classifier()->logits({&clips[i], 1}, {});
    REQUIRE(alone);
    for (int c = 0; c < 3; ++c)
      CHECK(std::abs(alone->at(0, c) - together->at(static_cast<std::int64_t>(i), c)) < 1e-4);
  }
  const auto none = model->classifier()->logits({}, {});
  REQUIRE(none);
  CHECK(none->rows == 0);
}

TEST_CASE("bf16 stays near fp32") {
  const Scratch scratch;
  const auto exact = loadTiny(scratch);
  const auto rough = AstFamily().load(exact->spec(), {"cpu", Precision::bf16});
  REQUIRE(rough);
  CHECK((*rough)->precision() == "bf16");
  const auto sound = tone(16000, 440.0);
  const Clip clip(sound);
  const auto a = exact->classifier()->logits({&clip, 1}, {});
  const auto b = (*rough)->classifier()->logits({&clip, 1}, {});
  REQUIRE(a);
  REQUIRE(b);
  for (int c = 0; c < 3; ++c) CHECK(std::abs(a->at(0, c) - b->at(0, c)) < 0.05);
}

TEST_CASE("Broken packages are refused with the name of what is broken") {
  const Scratch scratch;
  auto file = test::tinyWeights();
  SECTION("wrong checksum") {
    const auto spec = test::writePackage(scratch / "m", file);
    std::fstream weights(spec.folder / spec.weights.file, std::ios::in | std::ios::out | std::ios::binary);
    weights.seekp(-1, std::ios::end);
    weights.put('\x3f');
    weights.close();
    CHECK(loadError(spec).code == ErrorCode::corruptData);
  }
  SECTION("NaN") {
    for (auto& tensor : file.tensors)
      if (tensor.name == "v.norm.weight") {
        const float nan = std::numeric_limits<float>::quiet_NaN();
        std::memcpy(tensor.bytes.data(), &nan, sizeof nan);
      }
    const auto error = loadError(test::writePackage(scratch / "m", file));
    CHECK(error.code == ErrorCode::corruptData);
    CHECK_THAT(error.describe(), Catch::ContainsSubstring("v.norm.weight"));
  }
  SECTION("missing tensor") {
    std::erase_if(file.tensors, [](const auto& tensor) { return tensor.name == "v.blocks.1.attn.qkv.bias"; });
    const auto error = loadError(test::writePackage(scratch / "m", file));
    CHECK(error.code == ErrorCode::incompatibleModel);
    CHECK_THAT(error.describe(), Catch::ContainsSubstring("v.blocks.1.attn.qkv.bias"));
  }
  SECTION("wrong shape") {
    for (auto& tensor : file.tensors)
      if (tensor.name == "mlp_head.1.weight") tensor.shape = {tensor.shape[1], tensor.shape[0]};
    const auto error = loadError(test::writePackage(scratch / "m", file));
    CHECK(error.code == ErrorCode::incompatibleModel);
    CHECK_THAT(error.describe(), Catch::ContainsSubstring("mlp_head.1.weight"));
  }
  SECTION("architecture") {
    auto spec = test::writePackage(scratch / "m", file);
    spec.architecture["heads"] = 5.0;
    CHECK_THAT(loadError(spec).describe(), Catch::ContainsSubstring("'heads'"));
    spec.architecture["heads"] = std::string("two");
    CHECK_THAT(loadError(spec).describe(), Catch::ContainsSubstring("'heads'"));
    spec.architecture.erase("heads");
    CHECK_THAT(loadError(spec).describe(), Catch::ContainsSubstring("'heads'"));
    spec.architecture["heads"] = 2.0;
    spec.architecture["width"] = 1e12;
    CHECK_THAT(loadError(spec).describe(), Catch::ContainsSubstring("'width'"));
    spec.architecture["width"] = 128.0;
    spec.classes.push_back("d");
    CHECK_THAT(loadError(spec).describe(), Catch::ContainsSubstring("'classes'"));
  }
}

TEST_CASE("A stopped classification or attention is cancelled") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  std::stop_source stop;
  stop.request_stop();
  const auto sound = tone(16000, 300.0);
  const Clip clip(sound);
  const auto logits = model->classifier()->logits({&clip, 1}, stop.get_token());
  REQUIRE_FALSE(logits);
  CHECK(logits.error().code == ErrorCode::cancelled);
  const auto map = model->attentionSource()->attention(clip, {}, stop.get_token());
  REQUIRE_FALSE(map);
  CHECK(map.error().code == ErrorCode::cancelled);
}

TEST_CASE("Attention rows are distributions over all tokens and agree with each other") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  const auto* source = model->attentionSource();
  REQUIRE(source != nullptr);
  const auto grid = source->grid();
  CHECK(grid.rows == 8);
  CHECK(grid.columns == 6);
  CHECK(grid.leadingTokens == 2);
  const auto sound = tone(12000, 500.0);
  const Clip clip(sound);
  const auto overview = source->attentionOverview(clip, {});
  REQUIRE(overview);
  REQUIRE(overview->weights.rows == source->layers() * source->heads());
  REQUIRE(overview->weights.columns == 50);
  REQUIRE(overview->rowNames.size() == static_cast<std::size_t>(overview->weights.rows));

  const auto sumOf = [](const AttentionMap& map) {
    double sum = 0.0;
    for (const float weight : map.weights.row(0)) sum += weight;
    return sum;
  };
  AttentionRequest request;
  request.reduction = HeadReduction::single;
  request.layer = 1;
  request.head = 1;
  const auto single = source->attention(clip, request, {});
  REQUIRE(single);
  CHECK(std::abs(sumOf(*single) - 1.0) < 1e-5);
  for (int key = 0; key < 50; ++key) CHECK(std::abs(single->weights.at(0, key) - overview->weights.at(3, key)) < 1e-6);

  request.reduction = HeadReduction::mean;
  request.layer = 0;
  request.classToken = false;
  request.patchRow = 7;
  request.patchColumn = 5;
  const auto mean = source->attention(clip, request, {});
  REQUIRE(mean);
  CHECK(std::abs(sumOf(*mean) - 1.0) < 1e-5);
  request.reduction = HeadReduction::rollout;
  const auto rollout = source->attention(clip, request, {});
  REQUIRE(rollout);
  CHECK(std::abs(sumOf(*rollout) - 1.0) < 1e-5);
  // In the first layer rollout is half the mean of heads and half the token itself, which is the last one here.
  CHECK(std::abs(rollout->weights.at(0, 49) - (0.5F * mean->weights.at(0, 49) + 0.5F)) < 1e-6);
  CHECK(std::abs(rollout->weights.at(0, 3) - 0.5F * mean->weights.at(0, 3)) < 1e-6);
}

TEST_CASE("Questions about parts that are not there are refused") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  const auto sound = tone(12000, 500.0);
  AttentionRequest layer;
  layer.layer = 2;
  AttentionRequest head;
  head.reduction = HeadReduction::single;
  head.head = 2;
  AttentionRequest patch;
  patch.classToken = false;
  patch.patchColumn = 6;
  for (const auto& request : {layer, head, patch}) {
    const auto map = model->attentionSource()->attention(sound, request, {});
    REQUIRE_FALSE(map);
    CHECK(map.error().code == ErrorCode::invalidArgument);
  }
}

TEST_CASE("A clip shorter than one analysis window is refused, not guessed") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  const auto sound = tone(320, 500.0);
  const Clip clip(sound);
  const auto logits = model->classifier()->logits({&clip, 1}, {});
  REQUIRE_FALSE(logits);
  CHECK(logits.error().code == ErrorCode::invalidArgument);
}
