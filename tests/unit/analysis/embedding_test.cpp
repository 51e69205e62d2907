// Clips as points, likeness of clips, and what a model package is made of.
#include "core/analysis/clip_embedding.h"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <numbers>

#include "core/analysis/model_anatomy.h"
#include "core/data/half.h"
#include "core/media/wav_writer.h"
#include "core/serial/safetensors.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"

using namespace chladni;

namespace {

TensorBlob tensor(const std::string& name, std::vector<std::int64_t> shape, const std::vector<float>& values) {
  TensorBlob blob{name, DType::f32, std::move(shape), std::vector<std::byte>(values.size() * sizeof(float))};
  std::memcpy(blob.bytes.data(), values.data(), blob.bytes.size());
  return blob;
}

// A transformer of one block on a grid of 2 x 3 patches, with a class token.
inference::ModelSpec smallTransformer(const std::filesystem::path& folder) {
  inference::ModelSpec spec = test::fakeSpec(5);
  spec.folder = folder;
  spec.frontend.melBins = 32;
  spec.frontend.targetFrames = 48;
  spec.architecture["patch"] = 16.0;
  std::vector<float> positions(7 * 4, 0.0F);
  for (std::size_t token = 0; token < 7; ++token) positions[token * 4 + token % 4] = 2.0F;
  const serial::TensorFile file{{tensor("v.cls_token", {1, 1, 4}, std::vector<float>(4, 0.0F)), tensor("v.pos_embed", {1, 7, 4}, positions),
                                 tensor("v.patch_embed.proj.weight", {4, 1, 16, 16}, std::vector<float>(1024, 0.1F)),
                                 tensor("v.blocks.0.attn.qkv.weight", {12, 4}, std::vector<float>(48, 0.1F)),
                                 tensor("v.blocks.0.attn.qkv.bias", {12}, std::vector<float>(12, 0.1F)),
                                 tensor("mlp_head.weight", {5, 4}, std::vector<float>(20, 0.1F))},
                                {}};
  REQUIRE(serial::writeSafetensors(folder / spec.weights.file, file));
  return spec;
}

}  // namespace

TEST_CASE("a plane holds the two directions in which clips differ most, and keeps their distances") {
  Matrix rows(6, 5);
  for (int r = 0; r < 6; ++r) {
    rows.row(r)[1] = r < 3 ? 10.0F : -10.0F;                  // two groups
    rows.row(r)[3] = static_cast<float>(r % 3) * 2.0F;        // and something smaller across
  }
  const auto places = analysis::placeClips(rows);
  REQUIRE(places);
  CHECK(places->shares.first > 0.9);
  CHECK(places->shares.first + places->shares.second == Approx(1.0));
  for (int a = 0; a < 6; ++a)
    for (int b = 0; b < 6; ++b) {
      const double wanted = std::hypot(rows.at(a, 1) - rows.at(b, 1), rows.at(a, 3) - rows.at(b, 3));
      CHECK(std::hypot(places->places.at(a, 0) - places->places.at(b, 0), places->places.at(a, 1) - places->places.at(b, 1)) == Approx(wanted).margin(1e-3));
    }
  CHECK(analysis::placeClips(Matrix(1, 4))->places.at(0, 0) == 0.0F);
  rows.row(0)[0] = std::nanf("");
  CHECK_FALSE(analysis::placeClips(rows));
}

TEST_CASE("the nearest clips point the same way from the mean of all") {
  Matrix rows(4, 2);
  const float values[] = {3, 1, 3, -1, -3, 1, -3, -1};
  std::copy(std::begin(values), std::end(values), rows.values.begin());
  const float query[] = {5.0F, 2.0F};
  const auto hits = analysis::nearestClips(rows, query, 2);
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].first == 0);
  CHECK(hits[0].second == Approx(17.0 / std::sqrt(29.0 * 10.0)));
  CHECK(hits[1].first == 1);
  const float wrong[] = {1.0F};
  CHECK(analysis::nearestClips(rows, wrong, 2).empty());
}

TEST_CASE("a recording is cut into clips that cover it, and each becomes a vector and a class") {
  test::Scratch scratch;
  ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1);
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels.assign(1, std::vector<float>(5 * 16000));
  for (std::size_t n = 0; n < sound.channels[0].size(); ++n)
    sound.channels[0][n] = 0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 3400.0 * static_cast<double>(n) / 16000.0));
  REQUIRE(media::writeWav(scratch / "a.wav", sound));
  const auto recording = analysis::Recording::open(scratch / "a.wav");
  REQUIRE(recording);
  const auto spec = test::writeFakePackage(scratch / "fake", test::fakeSpec(8));
  const auto model = test::FakeFamily().load(spec, {});
  REQUIRE(model);
  const auto spans = analysis::clipSpans(**recording, spec, 100);
  REQUIRE(spans.size() == 5);
  CHECK(spans.front().start.seconds() == 0.0);
  CHECK(spans.back().end.seconds() == Approx(5.0));
  CHECK(analysis::clipSpans(**recording, spec, 2).size() == 2);
  const auto made = analysis::embedClips(**recording, **model, spans, {});
  REQUIRE(made);
  CHECK(made->kind == analysis::EmbeddingKind::logits);
  REQUIRE(made->clips.size() == 5);
  for (const auto& clip : made->clips) {
    CHECK(clip.vector.size() == 8);
    CHECK(clip.topClass == 3);  // 2 * 3400 / 16000 of 8 classes
    CHECK(clip.topScore > 0.3F);
  }
  std::stop_source stop;
  stop.request_stop();
  CHECK_FALSE(analysis::embedClips(**recording, **model, spans, stop.get_token()));
}

TEST_CASE("the anatomy counts numbers and operations and compares positions") {
  test::Scratch scratch;
  const auto spec = smallTransformer(scratch.path());
  const auto anatomy = analysis::anatomyOf(spec, {});
  REQUIRE(anatomy);
  CHECK(anatomy->numbers == 4 + 28 + 1024 + 48 + 12 + 20);
  CHECK(anatomy->bytes == anatomy->numbers * 4);
  REQUIRE(anatomy->operations);
  // Embedding of 6 patches; qkv of 7 tokens with its attention of width 4; the head once.
  CHECK(*anatomy->operations == Approx(2.0 * 1024 * 6 + 2.0 * 48 * 7 + 4.0 * 7 * 7 * 4 + 2.0 * 20));
  REQUIRE(anatomy->positions.size() == 1);
  const auto& table = anatomy->positions.front();
  CHECK(table.grid.rows == 2);
  CHECK(table.grid.columns == 3);
  CHECK(table.grid.leadingTokens == 1);
  CHECK(table.cosines.at(0, 0) == Approx(1.0));
  CHECK(table.cosines.at(0, 1) == Approx(0.0).margin(1e-6));
  CHECK(table.cosines.at(0, 4) == Approx(1.0));  // tokens 1 and 5 have the same vector
}

TEST_CASE("a package without patches is listed without operations; a broken one is an error of one line") {
  test::Scratch scratch;
  const auto spec = test::writeFakePackage(scratch / "fake", test::fakeSpec(8));
  const auto anatomy = analysis::anatomyOf(spec, {});
  REQUIRE(anatomy);
  CHECK(anatomy->tensors.size() == 1);
  CHECK_FALSE(anatomy->operations);
  CHECK(anatomy->positions.empty());
  inference::ModelSpec missing = spec;
  missing.weights.file = "none.safetensors";
  const auto broken = analysis::anatomyOf(missing, {});
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message.find('\n') == std::string::npos);
}
