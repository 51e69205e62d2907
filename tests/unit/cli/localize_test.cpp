// localize as a person runs it: small packages with random weights, made by importing; from feature files, and from the
// demo video through both backbones.
#include <cmath>
#include <cstring>
#include <filesystem>
#include <numeric>

#include "core/serial/hdf5_file.h"
#include "core/serial/json_value.h"
#include "core/serial/safetensors.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::DType;
using chladni::TensorBlob;
using chladni::serial::JsonField;
using chladni::serial::parseJson;
using chladni::test::Ran;
using chladni::test::run;
using chladni::test::Scratch;
namespace fs = std::filesystem;
namespace serial = chladni::serial;

namespace {

constexpr std::int64_t kSound = 12, kPicture = 32;

// Weights of a seed, even between -reach and reach; the same on every machine.
class RandomWeights {
 public:
  void add(const std::string& name, std::vector<std::int64_t> shape, double reach) {
    std::int64_t count = 1;
    for (const auto size : shape) count *= size;
    TensorBlob blob{name, DType::f32, std::move(shape), {}};
    blob.bytes.resize(static_cast<std::size_t>(count) * sizeof(float));
    for (std::int64_t i = 0; i < count; ++i) {
      state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
      const auto value = static_cast<float>(reach * (2.0 * static_cast<double>(state_ >> 40) / 16777216.0 - 1.0));
      std::memcpy(blob.bytes.data() + static_cast<std::size_t>(i) * sizeof(float), &value, sizeof value);
    }
    file_.tensors.push_back(std::move(blob));
  }
  void layer(const std::string& name, std::vector<std::int64_t> shape) {
    double fan = 1.0;
    for (std::size_t i = 1; i < shape.size(); ++i) fan *= static_cast<double>(shape[i]);
    add(name + ".bias", {shape.front()}, 0.1);
    add(name + ".weight", std::move(shape), std::sqrt(6.0 / fan));
  }
  void write(const fs::path& path) const { REQUIRE(serial::writeSafetensors(path, file_)); }

 private:
  std::uint64_t state_ = 7;
  serial::TensorFile file_;
};

void import(const Scratch& scratch, const std::string& family, const std::string& name, const RandomWeights& weights,
            const std::vector<std::string>& more = {}) {
  weights.write(scratch / (name + ".safetensors"));
  std::vector<std::string> arguments{"models", "import", scratch / (name + ".safetensors"), "--family", family, "--out", scratch / name};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = run(arguments);
  INFO(ran.out << ran.err);
  REQUIRE(ran.status == 0);
}

// AV-att for a grid of rows by columns.
void importAvAtt(const Scratch& scratch, const std::string& name, std::int64_t rows, std::int64_t columns,
                 const std::vector<std::string>& more = {}) {
  constexpr std::int64_t hidden = 4, attention = 8;
  RandomWeights weights;
  for (const auto& [layer, width] : {std::pair(std::string("lstm_audio"), kSound), {std::string("lstm_video"), kPicture}})
    for (const std::string direction : {"", "_reverse"}) {
      weights.add(layer + ".weight_ih_l0" + direction, {4 * hidden, width}, 0.5);
      weights.add(layer + ".weight_hh_l0" + direction, {4 * hidden, hidden}, 0.5);
      weights.add(layer + ".bias_ih_l0" + direction, {4 * hidden}, 0.5);
      weights.add(layer + ".bias_hh_l0" + direction, {4 * hidden}, 0.5);
    }
  weights.layer("affine_audio", {attention, kSound});
  weights.layer("affine_video", {attention, kPicture});
  weights.add("affine_v.weight", {rows * columns, attention}, 1.0);
  weights.add("affine_g.weight", {rows * columns, attention}, 1.0);
  weights.add("affine_h.weight", {1, rows * columns}, 1.0);
  weights.layer("L1", {16, 4 * hidden});
  weights.layer("L2", {29, 16});
  std::vector<std::string> settings{"--set", "grid=" + std::to_string(rows) + "x" + std::to_string(columns)};
  settings.insert(settings.end(), more.begin(), more.end());
  import(scratch, "av-att", name, weights, settings);
}

void importBackbones(const Scratch& scratch) {
  RandomWeights sound;
  std::int64_t channels = 1;
  for (const auto& [index, width] : std::vector<std::pair<int, std::int64_t>>{{0, 4}, {3, 8}, {6, 16}, {8, 16}, {11, 32}, {13, 32}}) {
    sound.layer("features." + std::to_string(index), {width, channels, 3, 3});
    channels = width;
  }
  sound.layer("embeddings.0", {24, channels * 6 * 4});
  sound.layer("embeddings.2", {24, 24});
  sound.layer("embeddings.4", {kSound, 24});
  import(scratch, "vggish", "vggish", sound);
  RandomWeights picture;
  channels = 3;
  for (const auto& [index, width] : std::vector<std::pair<int, std::int64_t>>{
           {0, 4}, {2, 4}, {5, 8}, {7, 8}, {10, 16}, {12, 16}, {14, 16}, {16, 16}, {19, 32}, {21, 32}, {23, 32}, {25, 32}, {28, 32}, {30, 32}, {32, 32}, {34, 32}}) {
    picture.layer("features." + std::to_string(index), {width, channels, 3, 3});
    channels = width;
  }
  import(scratch, "vgg19", "vgg19", picture);
}

void writeFeatures(const fs::path& path, std::int64_t clips, std::vector<std::int64_t> shape) {
  serial::Hdf5Layout layout;
  layout.rowShape = std::move(shape);
  std::int64_t width = 1;
  for (const auto size : layout.rowShape) width *= size;
  auto writer = serial::Hdf5Writer::create(path, layout);
  REQUIRE(writer);
  for (std::int64_t clip = 0; clip < clips; ++clip) {
    std::vector<float> values(static_cast<std::size_t>(width));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(std::sin(0.7 * static_cast<double>(i) + static_cast<double>(clip)));
    REQUIRE(writer->append(std::span<const float>(values)));
  }
  REQUIRE(writer->finish());
}

// The document that the contract of the command line describes.
void checkDocument(const Ran& ran, std::size_t segments, int gridRows, int gridColumns) {
  INFO(ran.err << ran.out);
  REQUIRE(ran.status == 0);
  const auto document = parseJson(ran.out, "stdout");
  REQUIRE(document);
  const JsonField root(*document);
  REQUIRE(root["classes"].size() == 29);
  REQUIRE(root["segments"].size() == segments);
  const auto classes = root["classes"].strings();
  REQUIRE(classes);
  for (std::size_t i = 0; i < segments; ++i) {
    const auto one = root["segments"][i];
    CHECK(one["start"].number().value() == Approx(static_cast<double>(i)));
    CHECK(one["end"].number().value() == Approx(static_cast<double>(i + 1)));
    const auto index = static_cast<std::size_t>(one["index"].whole(0, 28).value());
    CHECK(one["class"].string().value() == (*classes)[index]);
    CHECK(one["p"].number(1.0 / 29.0, 1.0));
  }
  CHECK(root["events"].array());
  for (std::size_t i = 0; i < root["events"].size(); ++i) CHECK(root["events"][i]["class"].string().value() != "Background");
  const auto attention = root["attention"];
  CHECK(attention["grid"].numbers().value() == std::vector<double>{static_cast<double>(gridRows), static_cast<double>(gridColumns)});
  REQUIRE(attention["per_segment"].size() == segments);
  for (std::size_t i = 0; i < segments; ++i) {
    const auto weights = attention["per_segment"][i].numbers();
    REQUIRE(weights);
    CHECK(weights->size() == static_cast<std::size_t>(gridRows * gridColumns));
    CHECK(std::accumulate(weights->begin(), weights->end(), 0.0) == Approx(1.0).margin(1e-4));
  }
}

void refused(const std::vector<std::string>& arguments, int status, const std::string& named) {
  const Ran ran = run(arguments);
  INFO(ran.err);
  CHECK(ran.status == status);
  CHECK(ran.out.empty());
  CHECK(ran.errorLines() == 1);
  CHECK(ran.err.find(named) != std::string::npos);
}

}  // namespace

TEST_CASE("localize answers from feature files of the published form") {
  const Scratch scratch;
  importAvAtt(scratch, "model", 2, 3);
  const std::string model = scratch / "model", sound = scratch / "audio_feature.h5", picture = scratch / "visual_feature.h5";
  writeFeatures(sound, 2, {10, kSound});
  writeFeatures(picture, 2, {10, 2, 3, kPicture});
  const std::vector<std::string> command{"localize", "--model", model, "--sound-features", sound, "--picture-features", picture, "--json"};
  const auto with = [&](const std::vector<std::string>& more) {
    auto arguments = command;
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
  };
  const Ran first = run(with({"--clip", "0", "--out", scratch / "shown"}));
  checkDocument(first, 10, 2, 3);
  CHECK(fs::exists(scratch / "shown" / "attention_0009.png"));
  CHECK(fs::exists(scratch / "shown" / "localisation.json"));
  CHECK(run(with({"--clip", "1"})).out != first.out);
  const Ran strict = run(with({"--clip", "0", "--threshold", "1"}));
  checkDocument(strict, 10, 2, 3);
  CHECK(JsonField(*parseJson(strict.out, "stdout"))["events"].size() == 0);
  refused(with({}), 2, "2 clips");
  refused(with({"--clip", "2"}), 2, "no clip 2");
  refused({"localize", "--model", model, "--sound-features", picture, "--picture-features", picture, "--clip", "0", "--json"}, 3, "needs rows of 12");
  refused({"localize", "--model", model, "--sound-features", sound, "--clip", "0", "--json"}, 2, "picture");
  refused({"localize", "--model", model, "--json"}, 2, "FILE");
  refused({"localize", scratch / "none.mp4", "--model", model, "--json"}, 3, "none.mp4");

  importAvAtt(scratch, "paper", 2, 3, {"--set", "attention=paper"});
  const Ran paper = run({"localize", "--model", scratch / "paper", "--sound-features", sound, "--picture-features", picture, "--clip", "0", "--json"});
  checkDocument(paper, 10, 2, 3);
  const auto weights = [](const Ran& ran) {
    const auto document = parseJson(ran.out, "stdout");
    REQUIRE(document);
    return JsonField(*document)["attention"]["per_segment"][0].numbers().value();
  };
  CHECK(weights(paper) != weights(first));
}

TEST_CASE("localize answers from a video through the backbones that lie beside the model") {
  const Scratch scratch;
  importBackbones(scratch);
  importAvAtt(scratch, "model", 7, 7);
  const fs::path demo = CHLADNI_DEMO;
  REQUIRE(fs::exists(demo));
  const Ran ran = run({"localize", demo.string(), "--model", scratch / "model", "--out", scratch / "shown", "--json"});
  const auto document = parseJson(ran.out, "stdout");
  INFO(ran.err);
  REQUIRE(document);
  checkDocument(ran, JsonField(*document)["segments"].size(), 7, 7);
  CHECK(JsonField(*document)["segments"].size() > 10);
  CHECK(fs::exists(scratch / "shown" / "attention_0000.png"));
  importAvAtt(scratch, "other-grid", 2, 3);
  refused({"localize", demo.string(), "--model", scratch / "other-grid", "--json"}, 3, "needs features of 2 x 3 x 32");
  importAvAtt(scratch, "no-backbone", 7, 7, {"--set", "sound_backbone=not-there"});
  refused({"localize", demo.string(), "--model", scratch / "no-backbone", "--json"}, 3, "not-there");
}

TEST_CASE("localize keeps apart what several recordings of one name gave, and what was finished before a failure") {
  const Scratch scratch;
  importBackbones(scratch);
  importAvAtt(scratch, "model", 7, 7);
  for (const char* folder : {"a", "b"}) {
    fs::create_directories(scratch / folder);
    fs::copy_file(CHLADNI_DEMO, scratch / folder / "clip.mp4");
  }
  const std::string first = scratch / "a" / "clip.mp4", second = scratch / "b" / "clip.mp4";
  const Ran folders = run({"localize", first, second, "--model", scratch / "model", "--out", scratch / "shown", "--quiet"});
  INFO(folders.err);
  REQUIRE(folders.status == 0);
  CHECK(fs::exists(scratch / "shown" / "clip.mp4" / "localisation.json"));
  CHECK(fs::exists(scratch / "shown" / "clip.mp4-2" / "localisation.json"));
  const Ran one = run({"localize", first, second, "--model", scratch / "model", "--out", scratch / "all.json", "--json"});
  REQUIRE(one.status == 0);
  CHECK(fs::is_regular_file(scratch / "all.json"));
  const auto documents = parseJson(one.out, "stdout");
  REQUIRE(documents);
  CHECK(JsonField(*documents).size() == 2);

  // The second can be opened, but has no picture to read.
  const std::string silent = scratch / "sound.wav";
  REQUIRE(run({"decode", CHLADNI_DEMO, "--out", silent, "--to", "2"}).status == 0);
  const Ran broken = run({"localize", first, silent, "--model", scratch / "model", "--out", scratch / "kept.json", "--json"});
  CHECK(broken.status == 3);
  CHECK(broken.errorLines() == 1);
  CHECK(broken.err.find("sound.wav") != std::string::npos);
  const auto kept = parseJson(broken.out, "stdout");
  REQUIRE(kept);
  CHECK(JsonField(*kept).size() == 1);
  CHECK(fs::exists(scratch / "kept.json"));
}
