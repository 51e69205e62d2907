#include "core/inference/model_package.h"

#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/atomic_file.h"
#include "core/inference/import_settings.h"
#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::serial::JsonValue;
using chladni::test::fakeSpec;
using chladni::test::writeFakePackage;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

ModelSpec richSpec() {
  ModelSpec spec = fakeSpec(3);
  spec.source = "made here";
  spec.data = "nothing\nat all";
  spec.tasks = {"instruments", "audio-events"};
  spec.multiLabel = true;
  spec.ontologyIds = {"/m/a", "/m/b", "/m/c"};
  spec.temperature = 1.37;
  spec.weights.dtype = "fp16";
  spec.metricsJson = R"({"top1":0.625,"per_class":[1,2]})";
  spec.architecture = {{"depth", 12.0}, {"eps", 1e-6}, {"distilled", true}, {"norm", std::string("pre")}};
  FrontendSpec& f = spec.frontend;
  f.kind = "log-mel";
  f.rate = SampleRate(22'050);
  f.channelMix = ChannelMix::mean;
  f.subtractMean = false;
  f.frameLengthMs = 46.44;
  f.melBins = 64;
  f.highHz = -400.0;
  f.removeDc = false;
  f.shortClip = ShortClip::constantFeatures;
  f.padValue = -11.5F;
  f.mean = -4.2677393F;
  f.deviation = 4.5689974F;
  f.deviationFactor = 1.0F;
  f.logMel.fftSize = 1024;
  f.logMel.padding = "reflect";
  f.logMel.padTo = "whole-patches";
  f.logMel.magnitude = true;
  f.logMel.melScale = "slaney";
  f.logMel.melSlope = "hertz";
  f.logMel.melNorm = "area";
  f.logMel.dropDirectCurrent = true;
  f.logMel.squareRootAfterMel = true;
  f.logMel.roundToHalf = true;
  f.logMel.compression = "decibel";
  f.logMel.offset = 1e-10;
  f.logMel.scale = 3.0;
  f.logMel.decibelRange = 60.0;
  f.logMel.patchFrames = 96;
  f.logMel.patchHopFrames = 48;
  return spec;
}

// The package's model.json, changed by `edit` and written back.
template <class Edit>
void editManifest(const fs::path& folder, Edit edit) {
  auto json = serial::readJsonFile((folder / "model.json").string());
  REQUIRE(json);
  edit(*json);
  REQUIRE(writeFileAtomically(folder / "model.json", json->prettyText()));
}

void editFrontend(const fs::path& folder, const std::string& key, JsonValue value) {
  editManifest(folder, [&](JsonValue& json) {
    JsonValue frontend = *json.find("frontend");
    frontend.set(key, std::move(value));
    json.set("frontend", std::move(frontend));
  });
}

Error readFailure(const fs::path& folder) {
  const auto spec = readModelPackage(folder);
  REQUIRE_FALSE(spec);
  CHECK(spec.error().message.find('\n') == std::string::npos);
  return spec.error();
}

void writeWeights(const fs::path& folder, std::vector<TensorBlob> tensors) {
  REQUIRE(serial::writeSafetensors(folder / "weights.safetensors", {std::move(tensors), {}}));
}

}  // namespace

TEST_CASE("package: every field comes back") {
  const test::Scratch scratch;
  const ModelSpec spec = richSpec();
  const ModelSpec back = writeFakePackage(scratch / "rich", spec);
  CHECK(back.name == "rich");
  CHECK(back.installed);
  CHECK(back.family == spec.family);
  CHECK(back.title == spec.title);
  CHECK(back.licence == spec.licence);
  CHECK(back.source == spec.source);
  CHECK(back.data == spec.data);
  CHECK(back.tasks == spec.tasks);
  CHECK(back.multiLabel);
  CHECK(back.classes == spec.classes);
  CHECK(back.ontologyIds == spec.ontologyIds);
  CHECK(back.architecture == spec.architecture);
  CHECK(back.temperature == spec.temperature);
  CHECK(back.windowSeconds == spec.windowSeconds);
  CHECK(back.hopSeconds == spec.hopSeconds);
  CHECK(back.weights.dtype == "fp16");
  CHECK(back.metricsJson == spec.metricsJson);
  CHECK(back.weights.sha256.size() == 64);
  CHECK(back.fileSha256.at("CARD.md").size() == 64);
  CHECK(back.number("depth") == 12.0);
  CHECK(back.flag("distilled") == true);
  CHECK(back.text("norm") == "pre");
  CHECK_FALSE(back.number("norm"));
  const FrontendSpec &a = back.frontend, &b = spec.frontend;
  CHECK(a.kind == b.kind);
  CHECK(a.rate == b.rate);
  CHECK(a.channelMix == b.channelMix);
  CHECK(a.subtractMean == b.subtractMean);
  CHECK(a.frameLengthMs == b.frameLengthMs);
  CHECK(a.frameShiftMs == b.frameShiftMs);
  CHECK(a.window == b.window);
  CHECK(a.melBins == b.melBins);
  CHECK(a.lowHz == b.lowHz);
  CHECK(a.highHz == b.highHz);
  CHECK(a.preemphasis == b.preemphasis);
  CHECK(a.removeDc == b.removeDc);
  CHECK(a.shortClip == b.shortClip);
  CHECK(a.targetFrames == b.targetFrames);
  CHECK(a.padValue == b.padValue);
  CHECK(a.mean == b.mean);
  CHECK(a.deviation == b.deviation);
  CHECK(a.deviationFactor == b.deviationFactor);
  CHECK(a.logMel.fftSize == b.logMel.fftSize);
  CHECK(a.logMel.padding == b.logMel.padding);
  CHECK(a.logMel.padTo == b.logMel.padTo);
  CHECK(a.logMel.magnitude == b.logMel.magnitude);
  CHECK(a.logMel.melScale == b.logMel.melScale);
  CHECK(a.logMel.melSlope == b.logMel.melSlope);
  CHECK(a.logMel.melNorm == b.logMel.melNorm);
  CHECK(a.logMel.dropDirectCurrent == b.logMel.dropDirectCurrent);
  CHECK(a.logMel.squareRootAfterMel == b.logMel.squareRootAfterMel);
  CHECK(a.logMel.roundToHalf == b.logMel.roundToHalf);
  CHECK(a.logMel.compression == b.logMel.compression);
  CHECK(a.logMel.offset == b.logMel.offset);
  CHECK(a.logMel.scale == b.logMel.scale);
  CHECK(a.logMel.decibelRange == b.logMel.decibelRange);
  CHECK(a.logMel.patchFrames == b.logMel.patchFrames);
  CHECK(a.logMel.patchHopFrames == b.logMel.patchHopFrames);
  CHECK(verifyModelPackage(back));
  CHECK(readModelCard(back)->starts_with("# Counts"));
}

TEST_CASE("package: unknown fields are no error, wrong and missing ones are named") {
  const test::Scratch scratch;
  const fs::path folder = scratch / "p";
  writeFakePackage(folder, fakeSpec(2));
  editManifest(folder, [](JsonValue& json) { json.set("invented_later", JsonValue::object().set("x", 1)); });
  CHECK(readModelPackage(folder));

  const auto named = [&](const std::string& field) {
    const Error error = readFailure(folder);
    CHECK(error.code == ErrorCode::incompatibleModel);
    CHECK_THAT(error.message, Contains("model.json") && Contains(field));
    writeFakePackage(folder, fakeSpec(2));
  };
  editFrontend(folder, "mel_bins", 0);
  named("frontend.mel_bins: expected a whole number from 1");
  editFrontend(folder, "rate", "fast");
  named("frontend.rate");
  editFrontend(folder, "mean", JsonValue());
  named("frontend.mean");
  editFrontend(folder, "deviation", 0.0);
  named("frontend.deviation");
  editFrontend(folder, "kind", "mystery");
  named("frontend.kind");
  editFrontend(folder, "target_frames", 1e15);
  named("frontend.target_frames");
  editManifest(folder, [](JsonValue& json) { json.set("format", "other"); });
  named("format");
  editManifest(folder, [](JsonValue& json) { json.set("version", 2); });
  named("version");
  editManifest(folder, [](JsonValue& json) { json.set("classes", JsonValue::Array{"a", 7}); });
  named("classes[1]");
  editManifest(folder, [](JsonValue& json) { json.set("ontology_ids", JsonValue::Array{"only one"}); });
  named("ontology_ids");
  editManifest(folder, [](JsonValue& json) { json.set("architecture", JsonValue::object().set("d", JsonValue::array())); });
  named("architecture.d");
  editManifest(folder, [](JsonValue& json) { json.set("sha256", JsonValue::object()); });
  named("sha256.weights.safetensors: missing");
  editManifest(folder, [](JsonValue& json) { json.set("sha256", JsonValue::object().set("weights.safetensors", "12")); });
  named("sha256.weights.safetensors");
  editManifest(folder, [](JsonValue& json) { json.set("temperature", 0.0); });
  named("temperature");
  editManifest(folder, [](JsonValue& json) { json.set("metrics", "good"); });
  named("metrics");
}

TEST_CASE("package: what is no package says so") {
  const test::Scratch scratch;
  CHECK(readFailure(scratch / "gone").code == ErrorCode::notFound);
  CHECK(readFailure(scratch.path()).code == ErrorCode::notFound);
  REQUIRE(writeFileAtomically(scratch / "model.json", "{ \"format\": "));
  CHECK(readFailure(scratch.path()).code == ErrorCode::corruptData);
  REQUIRE(writeFileAtomically(scratch / "model.json", "[]"));
  CHECK(readFailure(scratch.path()).code == ErrorCode::incompatibleModel);
}

TEST_CASE("package: changed, broken and infinite weights are refused, naming the tensor") {
  const test::Scratch scratch;
  const fs::path folder = scratch / "p";
  const ModelSpec spec = writeFakePackage(folder, fakeSpec(2));
  REQUIRE(readModelWeights(spec));
  const auto text = *readFile(folder / "weights.safetensors", 1 << 20);
  std::string changed = text;
  changed.back() = static_cast<char>(changed.back() ^ 1);
  REQUIRE(writeFileAtomically(folder / "weights.safetensors", changed));
  for (const auto& failure : {checkWeightsSum(spec).error(), readModelWeights(spec).error(), verifyModelPackage(spec).error()}) {
    CHECK(failure.code == ErrorCode::corruptData);
    CHECK_THAT(failure.message, Contains("checksum"));
  }

  const auto refusedFor = [&](DType type, std::vector<std::byte> bytes) {
    const auto count = static_cast<std::int64_t>(bytes.size() / bytesPerElement(type));
    writeWeights(folder, {{"fine", DType::i32, {1}, std::vector<std::byte>(4, std::byte{0xFF})},
                          {"layer.bad", type, {count}, std::move(bytes)}});
    const auto written = writeModelManifest(fakeSpec(2), folder);
    REQUIRE(written);
    const auto weights = readModelWeights(*written);
    if (weights) return std::string();
    CHECK(weights.error().code == ErrorCode::corruptData);
    return weights.error().message;
  };
  const auto bytes = [](auto... values) {
    const std::array all{values...};
    std::vector<std::byte> out(sizeof all);
    std::memcpy(out.data(), all.data(), sizeof all);
    return out;
  };
  using U16 = std::uint16_t;
  const float inf = std::numeric_limits<float>::infinity();
  CHECK_THAT(refusedFor(DType::f32, bytes(1.0F, 2.0F, std::nanf(""))), Contains("tensor layer.bad: value 2"));
  CHECK_THAT(refusedFor(DType::f32, bytes(-inf, 1.0F)), Contains("value 0"));
  CHECK_THAT(refusedFor(DType::f64, bytes(1.0, std::nan(""))), Contains("value 1"));
  CHECK_THAT(refusedFor(DType::f16, bytes(U16{0x3C00}, U16{0x7C00})), Contains("value 1"));
  CHECK_THAT(refusedFor(DType::f16, bytes(U16{0xFE00})), Contains("value 0"));
  CHECK_THAT(refusedFor(DType::bf16, bytes(U16{0x7F7F}, U16{0xFF80})), Contains("value 1"));
  CHECK(refusedFor(DType::f32, bytes(std::numeric_limits<float>::max(), std::numeric_limits<float>::denorm_min())).empty());
  CHECK(refusedFor(DType::f16, bytes(U16{0x7BFF}, U16{0x8000})).empty());
  CHECK(refusedFor(DType::bf16, bytes(U16{0x7F7F}, U16{0x7BFF})).empty());
  CHECK(refusedFor(DType::i64, bytes(std::int64_t{-1})).empty());
}

TEST_CASE("package: other files are vouched for too") {
  const test::Scratch scratch;
  const ModelSpec spec = writeFakePackage(scratch / "p", fakeSpec(2));
  REQUIRE(verifyModelPackage(spec));
  REQUIRE(writeFileAtomically(scratch / "p" / "CARD.md", "another card"));
  CHECK_THAT(verifyModelPackage(spec).error().message, Contains("CARD.md") && Contains("checksum"));
  fs::remove(scratch / "p" / "CARD.md");
  CHECK(verifyModelPackage(spec).error().code == ErrorCode::notFound);
  CHECK(readModelCard(spec)->empty());
}

TEST_CASE("package: missing weights are not installed, not an error") {
  const test::Scratch scratch;
  writeFakePackage(scratch / "p", fakeSpec(2));
  fs::remove(scratch / "p" / "weights.safetensors");
  const auto spec = readModelPackage(scratch / "p");
  REQUIRE(spec);
  CHECK_FALSE(spec->installed);
  CHECK(checkWeightsSum(*spec).error().code == ErrorCode::notFound);
}

TEST_CASE("package: no file name leads out of the folder") {
  const test::Scratch scratch;
  const fs::path folder = scratch / "p";
  writeFakePackage(folder, fakeSpec(2));
  REQUIRE(writeFileAtomically(scratch / "outside", "secret"));
  fs::create_symlink(scratch / "outside", folder / "link");
  fs::create_directory_symlink(scratch.path(), folder / "up");
  fs::create_symlink("CARD.md", folder / "inside");
  for (const std::string& name :
       {std::string("/etc/passwd"), std::string("../outside"), std::string("a/../../outside"), std::string("link"),
        std::string("up/outside"), std::string(""), std::string("a/"), std::string("we\0ird", 6), std::string("..")}) {
    const auto path = packageFile(folder, name);
    REQUIRE_FALSE(path);
    CHECK(path.error().code == ErrorCode::incompatibleModel);
  }
  CHECK(packageFile(folder, "weights.safetensors"));
  CHECK(packageFile(folder, "sub/not/there"));
  CHECK(packageFile(folder, "inside"));
  editManifest(folder, [](JsonValue& json) { json.set("weights", JsonValue::object().set("file", "../outside")); });
  CHECK_FALSE(readModelPackage(folder));
  writeFakePackage(folder, fakeSpec(2));
  // A package may itself be reached through a link.
  fs::create_directory_symlink(folder, scratch / "alias");
  const auto alias = readModelPackage(scratch / "alias");
  REQUIRE(alias);
  CHECK(alias->name == "alias");
  CHECK(verifyModelPackage(*alias));
}

TEST_CASE("package: a manifest that could not be read back is not written") {
  const test::Scratch scratch;
  writeFakePackage(scratch / "p", fakeSpec(2));
  ModelSpec spec = fakeSpec(2);
  spec.frontend.melBins = 0;
  CHECK_FALSE(writeModelManifest(spec, scratch / "p"));
  spec = fakeSpec(2);
  spec.metricsJson = "{broken";
  CHECK_FALSE(writeModelManifest(spec, scratch / "p"));
  CHECK(readModelPackage(scratch / "p"));
  CHECK_FALSE(writeModelManifest(fakeSpec(2), scratch / "gone"));
}

TEST_CASE("a setting that an import does not know is refused with those it knows") {
  CHECK(checkSettingNames({{"heads", "2"}}, {"frames", "heads"}));
  CHECK(checkSettingNames({{"colour", "red"}}, {"frames", "heads"}).error().message == "there is no setting 'colour'; there are frames, heads");
  CHECK(checkSettingNames({{"colour", "red"}}, {}).error().message == "there is no setting 'colour'; there are none");
}
