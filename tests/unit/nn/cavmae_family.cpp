// Packages of the CAV-MAE families: loading, classifying with one modality or both, vectors, features, attention across the
// two, presets, and what is refused.
#include "core/inference/embedder.h"
#include "core/inference/feature_extractor.h"
#include "tests/unit/nn/cavmae_package.h"

namespace {

using namespace chladni;
using namespace chladni::inference;
using namespace chladni::models::cavmae;
using namespace chladni::test::cavmae;
using test::Scratch;

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
