// Packages of the CAV-MAE families: loading, classifying with one modality or both, painting one from the other, vectors,
// features, attention across the two, imports with their reports, presets, mask modes, and what is refused.
#include <cmath>
#include <numeric>
#include <set>

#include <torch/types.h>

#include "core/inference/embedder.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_package.h"
#include "core/inference/reconstructor.h"
#include "core/nn/mask_modes.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/weights.h"
#include "models/cavmae/cavmae_family.h"
#include "models/cavmae/cavmae_net.h"
#include "models/cavmae/cavmae_vision_start.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace {

using namespace chladni;
using namespace chladni::inference;
using namespace chladni::models::cavmae;
using test::Scratch;

const RuntimeOptions kExact{"cpu", Precision::fp32};

CavmaeConfig tinyConfig(Task task) {
  CavmaeConfig config;
  config.task = task;
  config.audioDepth = config.imageDepth = 2;
  config.unifiedDepth = 1;
  config.width = 32;
  config.heads = 2;
  config.decoderDepth = 1;
  config.decoderWidth = 16;
  config.decoderHeads = 2;
  config.frames = 64;
  config.imageSize = 48;
  config.pixelNorm = false;
  config.classes = task == Task::classify ? 3 : 0;
  if (task == Task::classify) config.positions = Positions::sincosTrained;
  return config;
}

std::shared_ptr<CavmaeNet> tinyNet(const CavmaeConfig& config) {
  torch::manual_seed(5);
  auto net = std::make_shared<CavmaeNet>(config);
  net->initialise();
  at::NoGradGuard guard;
  for (auto& parameter : net->parameters())
    if (parameter.requires_grad()) parameter.add_(torch::randn_like(parameter) * 0.1);
  return net;
}

ModelSpec writePackage(const std::filesystem::path& folder, const CavmaeConfig& config, bool multiLabel = false) {
  std::filesystem::create_directories(folder);
  ModelSpec spec;
  spec.name = folder.filename().string();
  spec.folder = folder;
  spec.family = std::string(config.task == Task::pretrain ? kPretrainFamily : kClassifyFamily);
  spec.title = "Tiny";
  spec.licence = "GPL-3.0-or-later";
  spec.source = "made by a test";
  spec.data = "random weights";
  spec.tasks = {"audio-events"};
  spec.multiLabel = multiLabel;
  spec.frontend.targetFrames = config.frames;
  if (config.picture) spec.frontend.picture.emplace().size = static_cast<int>(config.imageSize);
  spec.architecture = toArchitecture(config);
  if (config.classes > 0) spec.classes = {"a", "b", "c"};
  spec.windowSeconds = spec.hopSeconds = 1.0;
  REQUIRE(serial::writeSafetensors(folder / spec.weights.file, {nn::weightsOf(*tinyNet(config), DType::f32), {}}));
  auto written = writeModelManifest(spec, folder);
  if (!written) FAIL(written.error().describe());
  return *written;
}

std::shared_ptr<const LoadedModel> loadTiny(const Scratch& scratch, const CavmaeConfig& config, bool multiLabel = false) {
  auto model = CavmaeFamily(config.task).load(writePackage(scratch / "tiny", config, multiLabel), kExact);
  if (!model) FAIL(model.error().describe());
  return *model;
}

std::vector<float> noise(std::size_t samples, unsigned seed) {
  std::vector<float> sound(samples);
  for (auto& value : sound) {
    seed = seed * 1664525U + 1013904223U;
    value = static_cast<float>(static_cast<int>(seed >> 16U) - 32768) / 65536.0F;
  }
  return sound;
}

VideoFrame frameOf(unsigned seed) {
  VideoFrame frame;
  frame.width = 64;
  frame.height = 50;
  frame.rgb.resize(64 * 50 * 3);
  for (auto& value : frame.rgb) {
    seed = seed * 1664525U + 1013904223U;
    value = static_cast<std::uint8_t>(seed >> 24U);
  }
  return frame;
}

struct Footage {
  std::vector<float> sound = noise(10000, 1);
  std::vector<VideoFrame> frames{frameOf(1), frameOf(2), frameOf(3)};
  [[nodiscard]] ModelInput both(std::size_t count = 1) const {
    ModelInput input(sound);
    input.frames = {frames.data(), count};
    return input;
  }
  [[nodiscard]] ModelInput heard() const { return ModelInput(sound); }
  [[nodiscard]] ModelInput seen() const {
    ModelInput input;
    input.frames = {frames.data(), 1};
    return input;
  }
};

void requireClose(std::span<const float> a, std::span<const float> b, double tolerance = 1e-4) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) REQUIRE(std::abs(a[i] - b[i]) < tolerance);
}

Matrix logitsOf(const LoadedModel& model, const ModelInput& input) {
  auto logits = model.classifier()->logitsOf({&input, 1}, {});
  if (!logits) FAIL(logits.error().describe());
  return *logits;
}

bool anyLine(const ImportReport& report, const std::string& part) {
  for (const auto& line : report.lines)
    if (line.find(part) != std::string::npos) return true;
  return false;
}

std::int64_t hiddenOf(const ReconstructedPlane& plane) { return std::count(plane.mask.begin(), plane.mask.end(), 1); }

}  // namespace

TEST_CASE("CAV-MAE: clips are classified by sound, by picture, or by both, in any order") {
  const Scratch scratch;
  const Footage clip;
  const auto config = tinyConfig(Task::classify);
  const auto model = loadTiny(scratch, config);
  CHECK(model->reconstructor() == nullptr);
  std::int64_t count = 0;
  for (const auto& parameter : tinyNet(config)->parameters()) count += parameter.numel();
  CHECK(model->parameters() == count);
  const auto other = noise(9000, 2);
  ModelInput last(other);
  last.frames = {clip.frames.data() + 1, 1};
  const std::vector<ModelInput> inputs{clip.both(), clip.seen(), clip.heard(), last};
  const auto together = model->classifier()->logitsOf(inputs, {});
  if (!together) FAIL(together.error().describe());
  REQUIRE(together->rows == 4);
  for (std::size_t i = 0; i < inputs.size(); ++i)
    requireClose(logitsOf(*model, inputs[i]).row(0), together->row(static_cast<std::int64_t>(i)));
  for (const std::int64_t row : {1, 2, 3}) CHECK(std::abs(together->at(0, 0) - together->at(row, 0)) > 1e-4);
  const ModelInput nothing;
  CHECK(model->classifier()->logitsOf({&nothing, 1}, {}).error().code == ErrorCode::invalidArgument);
  const auto none = model->classifier()->logitsOf({}, {});
  REQUIRE(none);
  CHECK(none->rows == 0);
  std::stop_source stop;
  stop.request_stop();
  CHECK(model->classifier()->logitsOf(inputs, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("CAV-MAE: several frames give the mean of their probabilities") {
  const Scratch scratch;
  const Footage clip;
  for (const bool multiLabel : {false, true}) {
    const auto model = loadTiny(scratch, tinyConfig(Task::classify), multiLabel);
    const auto probability = [&](const Matrix& logits) {
      const auto row = nn::toTensor(logits)[0].to(at::kDouble);
      return multiLabel ? at::sigmoid(row) : at::softmax(row, 0);
    };
    auto mean = torch::zeros({3}, at::kDouble);
    for (std::size_t i = 0; i < 3; ++i) {
      ModelInput one(clip.sound);
      one.frames = {clip.frames.data() + i, 1};
      mean += probability(logitsOf(*model, one)) / 3.0;
    }
    CHECK((probability(logitsOf(*model, clip.both(3))) - mean).abs().max().item<double>() < 1e-5);
  }
}

TEST_CASE("CAV-MAE: a classifier of one modality ignores the other and refuses to go without its own") {
  const Scratch scratch;
  const Footage clip;
  auto config = tinyConfig(Task::classify);
  config.trainedOn = TrainedOn::picture;
  auto model = loadTiny(scratch, config);
  requireClose(logitsOf(*model, clip.both()).row(0), logitsOf(*model, clip.seen()).row(0));
  auto deaf = clip.heard();
  const auto refused = model->classifier()->logitsOf({&deaf, 1}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("picture") != std::string::npos);

  config = tinyConfig(Task::classify);
  config.trainedOn = TrainedOn::sound;
  config.picture = false;
  model = loadTiny(scratch, config);
  requireClose(logitsOf(*model, clip.both()).row(0), logitsOf(*model, clip.heard()).row(0));
  CHECK_FALSE(model->embedder()->embeds(Modality::picture));
  auto blind = clip.seen();
  CHECK(model->classifier()->logitsOf({&blind, 1}, {}).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("CAV-MAE: bf16 stays near fp32") {
  const Scratch scratch;
  const Footage clip;
  const auto exact = loadTiny(scratch, tinyConfig(Task::classify));
  const auto rough = CavmaeFamily(Task::classify).load(exact->spec(), {"cpu", Precision::bf16});
  REQUIRE(rough);
  const auto a = nn::toTensor(logitsOf(*exact, clip.both()));
  const auto b = nn::toTensor(logitsOf(**rough, clip.both()));
  CHECK(((a - b).norm() / a.norm()).item<double>() < 2e-2);
}

TEST_CASE("CAV-MAE: hidden patches are painted in every mode") {
  const Scratch scratch;
  const Footage clip;
  const auto model = loadTiny(scratch, tinyConfig(Task::pretrain));
  CHECK(model->classifier() == nullptr);
  const auto* painter = model->reconstructor();
  REQUIRE(painter != nullptr);
  for (const auto& mode : painter->modes()) {
    INFO(mode);
    MaskRequest request;
    request.mode = mode;
    request.soundRatio = 0.5;
    request.pictureRatio = 0.75;
    request.seed = 4;
    const auto result = painter->reconstruct(clip.both(), request, {});
    if (!result) FAIL(result.error().describe());
    CHECK(result->soundInput.rows == 64);
    CHECK(result->soundInput.columns == 128);
    CHECK(result->pictureInput.rows == 48);
    CHECK(result->pictureInput.columns == 48 * 3);
    CHECK(result->soundPredicted.values.size() == result->soundInput.values.size());
    CHECK(result->picturePredicted.values.size() == result->pictureInput.values.size());
    CHECK(hiddenOf(result->sound) == (mode == "grid" ? 24 : 16));
    CHECK(hiddenOf(result->picture) == (mode == "grid" ? 5 : 7));
    CHECK(result->losses.at("mae") == Approx(result->sound.loss + result->picture.loss));
    const auto again = painter->reconstruct(clip.both(), request, {});
    REQUIRE(again);
    CHECK(again->sound.mask == result->sound.mask);
    request.seed = 5;
    const auto other = painter->reconstruct(clip.both(), request, {});
    REQUIRE(other);
    CHECK((other->sound.mask != result->sound.mask) == (mode != "grid"));

    // The loss is that of the hidden patches, seen in the pictures themselves.
    double sum = 0.0;
    int hidden = 0;
    for (int patch = 0; patch < 9; ++patch) {
      if (result->picture.mask[static_cast<std::size_t>(patch)] == 0) continue;
      for (int y = 0; y < 16; ++y)
        for (int x = 0; x < 48; ++x) {
          const auto row = patch / 3 * 16 + y;
          const auto column = patch % 3 * 48 + x;
          sum += std::pow(result->pictureInput.at(row, column) - result->picturePredicted.at(row, column), 2.0);
          ++hidden;
        }
    }
    CHECK(result->picture.loss == Approx(sum / hidden).epsilon(1e-4));
  }
}

TEST_CASE("CAV-MAE: one modality is painted from the other, and masks are painted by hand") {
  const Scratch scratch;
  const Footage clip;
  const auto model = loadTiny(scratch, tinyConfig(Task::pretrain));
  const auto* painter = model->reconstructor();
  MaskRequest request;
  request.soundRatio = 1.0;
  request.pictureRatio = 0.0;
  const auto sound = painter->reconstruct(clip.both(), request, {});
  if (!sound) FAIL(sound.error().describe());
  CHECK(hiddenOf(sound->sound) == 32);
  CHECK(hiddenOf(sound->picture) == 0);
  CHECK(sound->sound.loss > 0.0);
  const auto alone = painter->reconstruct(clip.seen(), request, {});
  if (!alone) FAIL(alone.error().describe());
  requireClose(alone->soundPredicted.values, sound->soundPredicted.values);
  CHECK(alone->soundInput.rows == 0);
  CHECK_FALSE(alone->losses.contains("mae_a"));
  request.soundRatio = 0.0;
  request.pictureRatio = 1.0;
  const auto picture = painter->reconstruct(clip.heard(), request, {});
  if (!picture) FAIL(picture.error().describe());
  CHECK(hiddenOf(picture->picture) == 9);
  CHECK(picture->picturePredicted.rows == 48);

  request = {};
  request.soundMask.assign(32, 0);
  request.soundMask[7] = 1;
  request.pictureMask.assign(9, 1);
  request.pictureMask[4] = 0;
  const auto byHand = painter->reconstruct(clip.both(), request, {});
  REQUIRE(byHand);
  CHECK(byHand->sound.mask == request.soundMask);
  CHECK(byHand->picture.mask == request.pictureMask);

  const auto code = [&](const ModelInput& input) {
    const auto result = painter->reconstruct(input, request, {});
    REQUIRE_FALSE(result);
    return result.error().code;
  };
  request.soundMask.assign(31, 1);
  CHECK(code(clip.both()) == ErrorCode::invalidArgument);
  request = {};
  request.soundRatio = request.pictureRatio = 1.0;
  CHECK(code(clip.both()) == ErrorCode::invalidArgument);
  request.pictureRatio = 0.5;
  CHECK(code(clip.heard()) == ErrorCode::invalidArgument);
  for (const double ratio : {-0.1, 0.99, 1.5, std::nan("")}) {
    request.soundRatio = ratio;
    CHECK(code(clip.both()) == ErrorCode::invalidArgument);
  }
  request = {};
  request.mode = "spiral";
  CHECK(code(clip.both()) == ErrorCode::unsupported);
  CHECK(painter->reconstruct({}, {}, {}).error().code == ErrorCode::invalidArgument);
  std::stop_source stop;
  stop.request_stop();
  CHECK(painter->reconstruct(clip.both(), {}, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("CAV-MAE: patches normalised one by one are brought back with their own statistics") {
  const Scratch scratch;
  const Footage clip;
  auto config = tinyConfig(Task::pretrain);
  config.pixelNorm = true;
  const auto normalised = loadTiny(scratch, config)->reconstructor()->reconstruct(clip.both(), {}, {});
  REQUIRE(normalised);
  CHECK(normalised->trueStatistics);
  config.pixelNorm = false;
  const auto plain = loadTiny(scratch, config)->reconstructor()->reconstruct(clip.both(), {}, {});
  REQUIRE(plain);
  CHECK_FALSE(plain->trueStatistics);
  CHECK(plain->soundPredicted.values != normalised->soundPredicted.values);
}

TEST_CASE("CAV-MAE: sound and pictures become unit vectors of one space, and features") {
  const Scratch scratch;
  const Footage clip;
  const auto model = loadTiny(scratch, tinyConfig(Task::pretrain));
  const auto input = clip.both();
  for (const auto modality : {Modality::sound, Modality::picture}) {
    const auto vector = model->embedder()->embed({&input, 1}, modality, {});
    if (!vector) FAIL(vector.error().describe());
    REQUIRE(vector->columns == 32);
    CHECK(std::inner_product(vector->values.begin(), vector->values.end(), vector->values.begin(), 0.0) == Approx(1.0).epsilon(1e-5));
    const auto mean = model->featureExtractor()->features({&input, 1}, modality == Modality::sound ? "sound" : "picture", {});
    REQUIRE(mean);
    const auto row = torch::tensor(mean->values);
    requireClose(vector->values, nn::toMatrix((row / row.norm()).unsqueeze(0)).values);
  }
  CHECK(model->embedder()->embed({&input, 1}, Modality::lyrics, {}).error().code == ErrorCode::unsupported);
  const auto mute = clip.seen();
  CHECK(model->embedder()->embed({&mute, 1}, Modality::sound, {}).error().code == ErrorCode::invalidArgument);
  for (const auto& tap : model->featureExtractor()->taps()) {
    INFO(tap.name);
    const std::vector<ModelInput> windows{input, input};
    const auto block = model->featureExtractor()->features(windows, tap.name, {});
    if (!block) FAIL(block.error().describe());
    CHECK(block->rows == 2);
    CHECK(block->shape == tap.shape);
    const auto size = std::accumulate(tap.shape.begin(), tap.shape.end(), std::int64_t{1}, std::multiplies<>());
    CHECK(static_cast<std::int64_t>(block->values.size()) == 2 * size);
  }
  CHECK(model->featureExtractor()->features({&input, 1}, "soul", {}).error().code == ErrorCode::invalidArgument);
  CHECK(model->featureExtractor()->features({&mute, 1}, "both", {}).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("CAV-MAE: attention within and across sound and picture") {
  const Scratch scratch;
  const Footage clip;
  const auto model = loadTiny(scratch, tinyConfig(Task::classify));
  const auto* source = model->attentionSource();
  REQUIRE(source != nullptr);
  CHECK(source->layers() == 3);
  CHECK(source->heads() == 2);
  const auto sumOf = [](const Matrix& weights, std::int64_t first, std::int64_t count) {
    double sum = 0.0;
    for (std::int64_t key = first; key < first + count; ++key) sum += weights.at(0, key);
    return sum;
  };
  for (const auto reduction : {HeadReduction::mean, HeadReduction::single, HeadReduction::rollout})
    for (int layer = 0; layer < 3; ++layer)
      for (int query = 0; query < 3; ++query) {
        INFO("layer " << layer << ", query " << query << ", reduction " << static_cast<int>(reduction));
        AttentionRequest request;
        request.layer = layer;
        request.reduction = reduction;
        request.classToken = query == 0;
        request.pictureQuery = query == 2;
        request.patchRow = 1;
        request.patchColumn = 2;
        const auto map = source->attention(clip.both(), request, {});
        if (!map) FAIL(map.error().describe());
        REQUIRE(map->weights.rows == 1);
        REQUIRE(map->weights.columns == 32 + 9);
        CHECK(map->grid.patches() == 32);
        CHECK(map->picture.patches() == 9);
        CHECK(sumOf(map->weights, 0, 41) == Approx(1.0).epsilon(1e-4));
        if (layer < 2 && query == 1) CHECK(sumOf(map->weights, 32, 9) == Approx(0.0).margin(1e-7));
        if (layer < 2 && query == 2) CHECK(sumOf(map->weights, 0, 32) == Approx(0.0).margin(1e-7));
        if (layer == 2) CHECK(sumOf(map->weights, 0, 32) > 0.01);
        if (layer == 2) CHECK(sumOf(map->weights, 32, 9) > 0.01);
      }
  const auto every = source->attentionOverview(clip.both(), {});
  if (!every) FAIL(every.error().describe());
  CHECK(every->weights.rows == 6);
  CHECK(every->rowNames.size() == 6);
  const auto heard = source->attention(clip.heard(), {}, {});
  if (!heard) FAIL(heard.error().describe());
  CHECK(heard->weights.columns == 32);
  const auto seen = source->attention(clip.seen(), {}, {});
  if (!seen) FAIL(seen.error().describe());
  CHECK(seen->weights.columns == 9);
  AttentionRequest request;
  request.classToken = false;
  request.pictureQuery = true;
  CHECK(source->attention(clip.heard(), request, {}).error().code == ErrorCode::invalidArgument);
  request.patchRow = 3;
  CHECK(source->attention(clip.both(), request, {}).error().code == ErrorCode::invalidArgument);
  CHECK(source->attention({}, {}, {}).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("CAV-MAE: broken packages are refused with what is wrong") {
  const Scratch scratch;
  const auto spec = writePackage(scratch / "good", tinyConfig(Task::classify));
  const CavmaeFamily family(Task::classify);
  REQUIRE(family.load(spec, kExact));
  for (const auto& [key, value] :
       {std::pair<std::string, Attribute>{"heads", 3.0}, {"width", 34.0}, {"unified_depth", 0.0}, {"audio_depth", 1e12},
        {"positions", std::string("sideways")}, {"mlp_ratio", 1e9}, {"patch", 7.0}, {"frames", 128.0}, {"image_size", 64.0},
        {"width", std::nan("")}, {"picture", false}, {"norm_epsilon", -1.0}, {"unified_single_modality", true}}) {
    auto broken = spec;
    broken.architecture[key] = value;
    INFO(key);
    const auto refused = family.load(broken, kExact);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().describe().find('\n') == std::string::npos);
  }
  auto deeper = spec;
  deeper.architecture["audio_depth"] = 3.0;
  CHECK(family.load(deeper, kExact).error().describe().find("blocks_a.2") != std::string::npos);
  auto sightless = spec;
  sightless.frontend.picture.reset();
  CHECK_FALSE(family.load(sightless, kExact));
}

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

TEST_CASE("CAV-MAE: presets have the published sizes") {
  for (const auto& name : presetNames())
    for (const auto task : {Task::pretrain, Task::classify}) {
      INFO(name);
      const auto config = preset(name, task);
      REQUIRE(config);
      CHECK(check(*config));
      CHECK(config->soundPatches() == 512);
      CHECK(config->picturePatches() == 196);
    }
  CHECK_FALSE(preset("nothing", Task::pretrain));
  CHECK(preset("dualmae-as-written", Task::pretrain)->unifiedDepth == 12);
  CHECK(preset("dualmae-as-written", Task::pretrain)->contrastiveWeight == 0.0);
  CHECK(preset("dualmae-as-run", Task::classify)->classes == 57);
}

TEST_CASE("Blocks are rectangles, the grid keeps one patch of four, every clip hides as many") {
  const auto generator = nn::seededGenerator(7);
  const nn::MaskPlan grid{nn::MaskMode::grid, 0.0, 8, 64};
  const auto upperLeft = nn::drawMask(grid, 2, generator).mask.view({2, 8, 64});
  CHECK(upperLeft.sum().item<double>() == 2.0 * 384.0);
  CHECK(upperLeft.slice(1, 0, 8, 2).slice(2, 0, 64, 2).sum().item<double>() == 0.0);
  for (const double ratio : {0.05, 0.25, 0.5, 0.75, 0.95}) {
    INFO(ratio);
    const nn::MaskPlan block{nn::MaskMode::block, ratio, 14, 14};
    const auto mask = nn::drawMask(block, 3, generator);
    const auto hidden = 196 - nn::keptCount(196, ratio);
    for (std::int64_t clip = 0; clip < 3; ++clip) CHECK(mask.mask[clip].sum().item<std::int64_t>() == hidden);
    CHECK_FALSE(at::equal(mask.mask[0], mask.mask[1]));
  }
  // Neighbours are alike far more often than in a mask of single patches.
  const auto alike = [&](nn::MaskMode mode) {
    const auto table = nn::drawMask({mode, 0.5, 14, 14}, 20, generator).mask.view({20, 14, 14});
    return table.narrow(2, 0, 13).eq(table.narrow(2, 1, 13)).to(at::kFloat).mean().item<double>();
  };
  CHECK(alike(nn::MaskMode::unstructured) < 0.6);
  CHECK(alike(nn::MaskMode::block) > 0.65);
}
