// Published ASiT files: student and teacher, wrappers, bare backbones, other lengths, and what is not accepted.
#include "tests/unit/models/asit/asit_package.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::test::Scratch;

namespace {

// As the authors save it: both networks side by side in their wrappers, bookkeeping of the training beside them.
nn::NamedTensors trainingCheckpoint(const nn::NamedTensors& student, const nn::NamedTensors& teacher) {
  nn::NamedTensors file{{"loss_cls.center", torch::zeros({1, 20})}, {"loss_data.center", torch::zeros({1, 10})}};
  for (const auto& [name, tensor] : student) file["student.module." + name] = tensor;
  for (const auto& [name, tensor] : teacher) file["teacher." + name] = tensor;
  return file;
}

test::AsitConfig pretrainedAsit() {
  auto config = test::smallAsit();
  config.classes = 0;
  return config;
}

void requireHolds(const ModelSpec& spec, const nn::NamedTensors& expected) {
  const auto file = readModelWeights(spec);
  REQUIRE(file);
  const auto tensors = nn::toNamedTensors(file->tensors);
  REQUIRE(tensors);
  REQUIRE(tensors->size() == expected.size());
  for (const auto& [name, tensor] : expected) {
    INFO(name);
    REQUIRE(tensors->contains(name));
    CHECK(at::equal(tensors->at(name), tensor));
  }
}

void requireAccepted(const Result<ImportReport>& report) {
  if (!report) FAIL(report.error().describe());
  for (const auto& line : report->lines) UNSCOPED_INFO(line);
  REQUIRE(report->accepted);
}

void requireRefused(const Result<ImportReport>& report, const std::string& named) {
  REQUIRE_FALSE(report);
  INFO(report.error().describe());
  CHECK_THAT(report.error().describe(), Catch::Contains(named));
  CHECK(report.error().describe().find('\n') == std::string::npos);
}

std::map<std::string, std::string> with(const std::string& name, const std::string& value) {
  auto settings = test::smallAsitSettings();
  settings[name] = value;
  return settings;
}

}  // namespace

TEST_CASE("A training checkpoint gives its teacher, or its student when asked") {
  const Scratch scratch;
  const auto student = test::asitWeights(pretrainedAsit(), 1), teacher = test::asitWeights(pretrainedAsit(), 2);
  const auto file = trainingCheckpoint(student, teacher);
  const auto usual = test::importAsitTensors(scratch, file);
  requireAccepted(usual);
  CHECK(test::sayIn(*usual, "dropped 'student.module.backbone.cls_token': the teacher is taken"));
  CHECK(test::sayIn(*usual, "dropped 'loss_cls.center': bookkeeping"));
  CHECK(test::sayIn(*usual, "renamed 'teacher.backbone.norm.weight' to 'backbone.norm.weight'"));
  // A line for every tensor that is not used as it is, and how many are used.
  for (const auto& [name, tensor] : file) CHECK(test::sayIn(*usual, "'" + name + "'"));
  CHECK(test::sayIn(*usual, "used " + std::to_string(teacher.size()) + " tensors"));
  requireHolds(usual->spec, teacher);
  CHECK(test::loadedAsit(usual->spec)->reconstructor() != nullptr);
  CHECK(std::filesystem::exists(scratch / "package" / "CARD.md"));

  const auto other = test::importAsitTensors(scratch, file, with("network", "student"), "student");
  requireAccepted(other);
  requireHolds(other->spec, student);
}

TEST_CASE("Any wrapper around one network, a bare backbone and a head inside it are understood") {
  const Scratch scratch;
  const auto ours = test::asitWeights(test::smallAsit());
  int count = 0;
  for (const std::string wrapper : {"module.", "model.", "state_dict.module.", "_orig_mod."}) {
    INFO(wrapper);
    nn::NamedTensors published;
    for (const auto& [name, tensor] : ours) published[wrapper + name] = tensor;
    const auto report = test::importAsitTensors(scratch, published, test::smallAsitSettings(), "wrapped" + std::to_string(++count));
    requireAccepted(report);
    requireHolds(report->spec, ours);
  }
  nn::NamedTensors bare, expected;
  for (const auto& [name, tensor] : ours) {
    if (name.starts_with("backbone.")) bare[name.substr(9)] = tensor;
    else if (name.starts_with("head.")) bare["backbone." + name] = tensor;
    else continue;
    expected[name] = tensor;
  }
  const auto report = test::importAsitTensors(scratch, bare, test::smallAsitSettings(), "bare");
  requireAccepted(report);
  requireHolds(report->spec, expected);
  const auto model = test::loadedAsit(report->spec);
  CHECK(model->classifier() != nullptr);
  CHECK(model->reconstructor() == nullptr);
}

TEST_CASE("Another length fits the position table, whichever way is chosen") {
  const Scratch scratch;
  const auto ours = test::asitWeights(test::smallAsit());
  for (const std::string how : {"bicubic", "bilinear", "bicubic-scale", "crop"}) {
    INFO(how);
    auto settings = with("positions", how);
    settings["frames"] = "40";
    const auto report = test::importAsitTensors(scratch, ours, settings, how);
    requireAccepted(report);
    CHECK(test::sayIn(*report, "from 8 to 5 columns"));
    CHECK(report->spec.frontend.targetFrames == 40);
    const auto model = test::loadedAsit(report->spec);
    CHECK(model->attentionSource()->grid().columns == 5);
    const auto sound = test::risingTone(300.0);
    const ModelInput input(sound);
    CHECK(model->classifier()->logitsOf({&input, 1}, {}).has_value());
  }
  requireRefused(test::importAsitTensors(scratch, ours, with("frames", "41"), "odd"), "frames");
  requireRefused(test::importAsitTensors(scratch, ours, with("positions", "guess"), "odd"), "bicubic-scale");
}

TEST_CASE("What the weights do not tell is said in the report or by a setting") {
  const Scratch scratch;
  const auto ours = test::asitWeights(test::smallAsit());
  const auto silent = test::importAsitTensors(scratch, ours, {{"heads", "2"}, {"bins", "32"}}, "silent");
  requireAccepted(silent);
  CHECK(silent->spec.frontend.rate.hz() == 32000);
  CHECK(test::sayIn(*silent, "their paper says 16 kHz"));
  CHECK(test::sayIn(*silent, "AudioSet normalisation"));
  const auto told = test::importAsitTensors(scratch, ours, with("data", "esc-50"), "told");
  requireAccepted(told);
  CHECK(told->spec.frontend.rate.hz() == 16000);
  CHECK(told->spec.frontend.mean == -6.627F);
  CHECK_FALSE(told->spec.multiLabel);
  const auto plain = test::importAsitTensors(scratch, ours, with("last_gelu", "false"), "plain");
  requireAccepted(plain);
  CHECK(plain->spec.flag("reconstruction_last_gelu") == false);
}

TEST_CASE("An ASiT file that is hostile or misshapen is refused, and nothing is written") {
  const Scratch scratch;
  auto tensors = test::asitWeights(test::smallAsit());
  const auto notAccepted = [&](const std::string& line) {
    const auto report = test::importAsitTensors(scratch, tensors);
    if (!report) FAIL(report.error().describe());
    for (const auto& said : report->lines) UNSCOPED_INFO(said);
    CHECK_FALSE(report->accepted);
    CHECK(test::sayIn(*report, line));
  };
  SECTION("a tensor is missing") {
    tensors.erase("backbone.blocks.1.attn.proj.bias");
    notAccepted("backbone.blocks.1.attn.proj.bias");
  }
  SECTION("one is too many") {
    tensors["backbone.mystery"] = torch::ones({2});
    notAccepted("backbone.mystery");
  }
  SECTION("one has another shape") {
    tensors["head_recons.convTrans.weight"] = torch::ones({6, 1, 8, 9});
    notAccepted("head_recons.convTrans.weight");
  }
  SECTION("one is not a number") {
    tensors["backbone.norm.bias"][3] = std::nan("");
    notAccepted("backbone.norm.bias");
  }
  SECTION("the table is of no dimension, or empty") {
    tensors["backbone.pos_embed"] = torch::ones({33});
    requireRefused(test::importAsitTensors(scratch, tensors), "backbone.pos_embed");
    tensors["backbone.pos_embed"] = torch::ones({1, 0, 16});
    requireRefused(test::importAsitTensors(scratch, tensors), "backbone.pos_embed");
  }
  SECTION("the table is no whole number of columns") {
    tensors["backbone.pos_embed"] = torch::ones({1, 32, 16});
    requireRefused(test::importAsitTensors(scratch, tensors), "setting bins");
  }
  SECTION("a patch larger than the picture") {
    tensors["backbone.patch_embed.proj.weight"] = torch::ones({16, 1, 64, 64});
    requireRefused(test::importAsitTensors(scratch, tensors), "backbone.pos_embed");
  }
  SECTION("the same tensor twice") {
    tensors["module.backbone.norm.bias"] = tensors.at("backbone.norm.bias");
    requireRefused(test::importAsitTensors(scratch, tensors), "two tensors");
  }
  SECTION("another network") {
    requireRefused(test::importAsitTensors(scratch, {{"v.cls_token", torch::ones({1, 1, 4})}}), "not the weights of an ASiT");
    requireRefused(test::importAsitTensors(scratch, {{"student.backbone.norm.bias", torch::ones({4})}}), "holds no teacher");
  }
  SECTION("settings that mean nothing") {
    requireRefused(test::importAsitTensors(scratch, tensors, with("colour", "red")), "colour");
    requireRefused(test::importAsitTensors(scratch, tensors, with("network", "pupil")), "teacher or student");
    requireRefused(test::importAsitTensors(scratch, tensors, with("heads", "two")), "heads");
    requireRefused(test::importAsitTensors(scratch, tensors, with("heads", "5")), "heads");
    requireRefused(test::importAsitTensors(scratch, tensors, with("sample_rate", "99999999")), "sample_rate");
    requireRefused(test::importAsitTensors(scratch, tensors, with("data", "my-data")), "audioset-20k");
    requireRefused(test::importAsitTensors(scratch, tensors, with("last_gelu", "maybe")), "last_gelu");
  }
  SECTION("too few class names") {
    test::writeTensors(scratch / "file.safetensors", tensors);
    ImportOptions options;
    options.source = scratch / "file.safetensors";
    options.destination = scratch / "package";
    options.classes = {"only one"};
    options.settings = test::smallAsitSettings();
    requireRefused(models::asit::AsitFamily().importCheckpoint(options), "3 classes");
  }
  CHECK_FALSE(std::filesystem::exists(scratch / "package"));
}
