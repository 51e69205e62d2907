// Published checkpoints of CAV-MAE and vision models become packages, every tensor accounted for.
#include "models/cavmae/cavmae_vision_start.h"
#include "tests/unit/nn/cavmae_package.h"

namespace {

using namespace chladni;
using namespace chladni::inference;
using namespace chladni::models::cavmae;
using namespace chladni::test::cavmae;
using test::Scratch;

bool anyLine(const ImportReport& report, const std::string& part) {
  for (const auto& line : report.lines)
    if (line.find(part) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("CAV-MAE: published checkpoints come in, every tensor accounted for") {
  const Scratch scratch;
  const Footage clip;
  const auto config = tinyConfig(Task::classify);
  const auto net = tinyNet(config);
  serial::TensorFile file;
  for (const auto& item : net->named_parameters()) file.tensors.push_back(nn::toBlob("module." + item.key(), item.value(), DType::f32));
  REQUIRE(serial::writeSafetensors(scratch / "net.safetensors", file));
  ImportOptions options;
  options.source = scratch / "net.safetensors";
  options.destination = scratch / "classifier";
  options.classes = {"x", "y", "z"};
  options.settings = {{"heads", "2"}};
  const CavmaeFamily classifier(Task::classify);
  const CavmaeFamily painter(Task::pretrain);
  const auto report = classifier.importCheckpoint(options);
  if (!report) FAIL(report.error().describe());
  REQUIRE(report->accepted);
  CHECK(anyLine(*report, "renamed 'module.blocks_v.0.norm1_v.weight' to 'blocks_v.0.norm1_v.weight'"));
  CHECK(report->spec.frontend.deviation == Approx(4.4849));
  CHECK(report->spec.frontend.deviationFactor == 1.0F);
  const auto model = classifier.load(report->spec, kExact);
  if (!model) FAIL(model.error().describe());
  CHECK(logitsOf(**model, clip.both()).columns == 3);
  CHECK(painter.importCheckpoint(options).error().message.find("cavmae-classify") != std::string::npos);
  options.settings["trained_on"] = "sound";
  const auto deaf = classifier.importCheckpoint(options);
  REQUIRE(deaf);
  CHECK(deaf->spec.text("trained_on") == "sound");
  options.settings["spin"] = "left";
  CHECK(classifier.importCheckpoint(options).error().code == ErrorCode::invalidArgument);
  options.settings = {{"heads", "none"}};
  CHECK(classifier.importCheckpoint(options).error().code == ErrorCode::invalidArgument);
  options.settings = {{"heads", "2"}};
  options.classes = {"one"};
  CHECK_FALSE(classifier.importCheckpoint(options));

  // Something over, something missing.
  file.tensors.push_back(nn::toBlob("module.surprise", torch::ones({2}), DType::f32));
  std::erase_if(file.tensors, [](const TensorBlob& blob) { return blob.name == "module.norm_a.bias"; });
  REQUIRE(serial::writeSafetensors(scratch / "odd.safetensors", file));
  options.classes.clear();
  options.source = scratch / "odd.safetensors";
  options.destination = scratch / "odd";
  const auto odd = classifier.importCheckpoint(options);
  REQUIRE(odd);
  CHECK_FALSE(odd->accepted);
  CHECK(anyLine(*odd, "unexpected tensor 'surprise'"));
  CHECK(anyLine(*odd, "missing tensor 'norm_a.bias'"));
  CHECK_FALSE(std::filesystem::exists(scratch / "odd"));
}

TEST_CASE("CAV-MAE: a pretraining file becomes a package, or a start for a classifier") {
  const Scratch scratch;
  const auto net = tinyNet(tinyConfig(Task::pretrain));
  REQUIRE(serial::writeSafetensors(scratch / "net.safetensors", {nn::weightsOf(*net, DType::f32), {}}));
  ImportOptions options;
  options.source = scratch / "net.safetensors";
  options.destination = scratch / "painter";
  options.settings = {{"heads", "2"}, {"decoder_heads", "2"}, {"pixel_norm", "false"}, {"variant", "dualmae-as-written"}};
  const CavmaeFamily painter(Task::pretrain);
  const CavmaeFamily classifier(Task::classify);
  const auto report = painter.importCheckpoint(options);
  if (!report) FAIL(report.error().describe());
  REQUIRE(report->accepted);
  CHECK(report->spec.text("unified_single_modality") == "chained");
  CHECK(report->spec.frontend.deviation == Approx(4.485));
  CHECK(painter.load(report->spec, kExact));
  options.settings.erase("variant");
  options.destination = scratch / "start";
  CHECK(classifier.importCheckpoint(options).error().message.find("new_head") != std::string::npos);
  options.settings["new_head"] = "true";
  CHECK(classifier.importCheckpoint(options).error().code == ErrorCode::invalidArgument);
  options.classes = {"x", "y", "z", "w"};
  const auto start = classifier.importCheckpoint(options);
  if (!start) FAIL(start.error().describe());
  REQUIRE(start->accepted);
  CHECK(anyLine(*start, "fresh: 'mlp_head.1.weight'"));
  CHECK(anyLine(*start, "dropped 'decoder_pred_v.weight'"));
  CHECK(anyLine(*start, "dropped 'mask_token'"));
  CHECK(classifier.load(start->spec, kExact));
}

TEST_CASE("CAV-MAE: a vision model becomes a start for pretraining") {
  const Scratch scratch;
  auto config = tinyConfig(Task::pretrain);
  config.frames = 1024;
  const auto parameters = tinyNet(config)->named_parameters();
  nn::NamedTensors vision{{"cls_token", torch::zeros({1, 1, 32})}};
  torch::manual_seed(3);
  for (const auto& move : visionMoves(config)) {
    auto shape = parameters[move.to].sizes().vec();
    if (move.rule == VisionRule::withoutClassToken) ++shape[1];
    if (move.rule == VisionRule::copy || move.rule == VisionRule::withoutClassToken) vision[move.from] = torch::randn(shape);
  }
  serial::TensorFile file;
  for (const auto& [name, tensor] : vision) file.tensors.push_back(nn::toBlob(name, tensor, DType::f32));
  REQUIRE(serial::writeSafetensors(scratch / "vision.safetensors", file));
  ImportOptions options;
  options.source = scratch / "vision.safetensors";
  options.destination = scratch / "start";
  options.settings = {{"heads", "2"}, {"decoder_heads", "2"}};
  const auto report = CavmaeFamily(Task::pretrain).importCheckpoint(options);
  if (!report) FAIL(report.error().describe());
  REQUIRE(report->accepted);
  CHECK(anyLine(*report, "'blocks_u.0.norm1_a.weight' from 'blocks.2.norm1.weight'"));
  CHECK(anyLine(*report, "summed over colours"));
  CHECK(anyLine(*report, "fresh: 'modality_a'"));
  CHECK(anyLine(*report, "not needed: 'cls_token'"));
  CHECK(CavmaeFamily(Task::pretrain).load(report->spec, kExact));
  CHECK_FALSE(CavmaeFamily(Task::classify).importCheckpoint(options));
  std::erase_if(file.tensors, [](const TensorBlob& blob) { return blob.name == "blocks.1.attn.qkv.bias"; });
  REQUIRE(serial::writeSafetensors(scratch / "vision.safetensors", file));
  CHECK(CavmaeFamily(Task::pretrain).importCheckpoint(options).error().message.find("blocks.1.attn.qkv.bias") != std::string::npos);
}
