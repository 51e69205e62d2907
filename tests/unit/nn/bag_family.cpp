// Loading bags of codes, good and broken; what a loaded one can do; the pieces of training.
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>

#include "core/inference/feature_extractor.h"
#include "core/inference/reconstructor.h"
#include "models/bag_of_codes/bag_family.h"
#include "models/bag_of_codes/bag_patches.h"
#include "models/bag_of_codes/bag_presets.h"
#include "tests/support/scratch.h"
#include "tests/unit/nn/bag_package.h"

using namespace chladni;
using namespace chladni::inference;
using namespace chladni::models::bag;
using test::Scratch;

namespace {

const RuntimeOptions kExact{"cpu", Precision::fp32};

std::vector<float> tone(std::size_t samples, double hz) {
  std::vector<float> sound(samples);
  for (std::size_t n = 0; n < samples; ++n)
    sound[n] = static_cast<float>(0.3 * std::sin(2.0 * 3.14159265358979 * hz * static_cast<double>(n) / 16000.0));
  return sound;
}

std::shared_ptr<const LoadedModel> loadTiny(const Scratch& scratch, const RuntimeOptions& options = kExact) {
  const auto folder = scratch / "bag";
  const auto spec = test::writeBag(folder, test::bagWeights(), test::bagCentres(), test::tinyBagSpec(folder));
  auto model = BagOfCodesFamily().load(spec, options);
  if (!model) FAIL(model.error().describe());
  return *model;
}

std::string refusal(const ModelSpec& spec) {
  const auto model = BagOfCodesFamily().load(spec, kExact);
  REQUIRE_FALSE(model);
  return model.error().describe();
}

MaskRequest asked(const std::string& mode) {
  MaskRequest request;
  request.mode = mode;
  return request;
}

double probability(float logit) { return 1.0 / (1.0 + std::exp(-static_cast<double>(logit))); }

}  // namespace

TEST_CASE("A bag of codes classifies seconds, and clips by the mean of their seconds") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  CHECK(model->precision() == "fp32");
  std::int64_t counted = 0;
  for (const auto& parameter : test::tinyBagNet()->parameters()) counted += parameter.numel();
  CHECK(model->parameters() > counted);

  std::vector<std::vector<float>> sounds;
  for (int i = 0; i < 20; ++i) sounds.push_back(tone(16000, 150.0 * (i + 1)));
  const std::vector<Clip> clips(sounds.begin(), sounds.end());
  const auto together = model->classifier()->logits(clips, {});
  REQUIRE(together);
  REQUIRE(together->rows == 20);
  REQUIRE(together->columns == 3);
  CHECK(together->at(0, 0) != together->at(10, 0));
  for (const std::size_t i : {std::size_t{0}, std::size_t{17}}) {
    const auto alone = model->classifier()->logits({&clips[i], 1}, {});
    REQUIRE(alone);
    for (int c = 0; c < 3; ++c) CHECK(std::abs(alone->at(0, c) - together->at(static_cast<std::int64_t>(i), c)) < 1e-4);
  }
  std::vector<float> joined = sounds[0];
  joined.insert(joined.end(), sounds[10].begin(), sounds[10].end());
  joined.insert(joined.end(), 4000, 0.0F);  // no whole second
  const Clip longer(joined);
  const auto clip = model->classifier()->logits({&longer, 1}, {});
  REQUIRE(clip);
  for (int c = 0; c < 3; ++c)
    CHECK(probability(clip->at(0, c)) ==
          Approx((probability(together->at(0, c)) + probability(together->at(10, c))) / 2.0).margin(1e-5));
  CHECK(model->classifier()->logits({}, {})->rows == 0);
}

TEST_CASE("bf16 keeps the codes and stays near fp32") {
  const Scratch scratch;
  const auto exact = loadTiny(scratch);
  const auto rough = BagOfCodesFamily().load(exact->spec(), {"cpu", Precision::bf16});
  REQUIRE(rough);
  CHECK((*rough)->precision() == "bf16");
  const auto sound = tone(16000, 440.0);
  const ModelInput input(sound);
  const auto a = exact->classifier()->logitsOf({&input, 1}, {});
  const auto b = (*rough)->classifier()->logitsOf({&input, 1}, {});
  REQUIRE((a && b));
  float largest = 0.0F;
  for (const float x : a->values) largest = std::max(largest, std::abs(x));
  for (int c = 0; c < 3; ++c) CHECK(std::abs(a->at(0, c) - b->at(0, c)) < 0.02F * largest);
  CHECK(exact->featureExtractor()->features({&input, 1}, "codes", {})->values ==
        (*rough)->featureExtractor()->features({&input, 1}, "codes", {})->values);
}

TEST_CASE("Counts and codes of a second agree") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  const auto sound = tone(16000, 300.0);
  const auto quiet = std::vector<float>(16000, 0.0F);
  const std::vector<ModelInput> inputs{ModelInput(sound), ModelInput(quiet)};
  const auto* extractor = model->featureExtractor();
  REQUIRE(extractor != nullptr);
  CHECK(extractor->windowSeconds() == Approx(1.0));
  const auto counts = extractor->features(inputs, "counts", {});
  const auto codes = extractor->features(inputs, "codes", {});
  REQUIRE((counts && codes));
  REQUIRE(counts->shape == std::vector<std::int64_t>{20});
  REQUIRE(codes->shape == std::vector<std::int64_t>{143});
  std::vector<float> again(40);
  for (std::size_t second = 0; second < 2; ++second)
    for (std::size_t i = 0; i < 143; ++i) {
      const std::size_t kind = i < 1 ? 0 : i < 11 ? 1 : i < 23 ? 2 : 3;
      again[second * 20 + kind * 5 + static_cast<std::size_t>(codes->values[second * 143 + i])] += 1.0F;
    }
  CHECK(again == counts->values);
  CHECK(extractor->features(inputs, "pool5", {}).error().message.find("counts") != std::string::npos);
}

TEST_CASE("Pictures are painted from codes and from centres") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  const auto sound = tone(16000, 300.0);
  const auto* painter = model->reconstructor();
  REQUIRE(painter != nullptr);
  CHECK(painter->modes().size() == 8);
  for (const auto& mode : painter->modes()) {
    INFO(mode);
    const auto painted = painter->reconstruct(ModelInput(sound), asked(mode), {});
    REQUIRE(painted);
    const bool shrunk = mode.starts_with("whole");
    CHECK(painted->soundInput.rows == (shrunk ? 10 : 100));
    CHECK(painted->soundInput.columns == (shrunk ? 8 : 96));
    CHECK(painted->soundPredicted.values.size() == painted->soundInput.values.size());
    CHECK(painted->sound.patchLoss.size() == static_cast<std::size_t>(painted->sound.grid.patches()));
    double sum = 0.0;
    for (std::size_t i = 0; i < painted->soundInput.values.size(); ++i)
      sum += std::pow(painted->soundInput.values[i] - painted->soundPredicted.values[i], 2.0);
    CHECK(painted->sound.loss == Approx(sum / static_cast<double>(painted->soundInput.values.size())).epsilon(1e-4));
  }
  CHECK(painter->reconstruct(ModelInput(sound), asked("time"), {}).error().code == ErrorCode::unsupported);
  auto masked = asked("pat");
  masked.soundMask = {1};
  CHECK_FALSE(painter->reconstruct(ModelInput(sound), masked, {}));
}

TEST_CASE("Missing sound and a stop are said, not guessed") {
  const Scratch scratch;
  const auto model = loadTiny(scratch);
  const ModelInput nothing;
  CHECK(model->classifier()->logitsOf({&nothing, 1}, {}).error().code == ErrorCode::invalidArgument);
  const auto sound = tone(16000, 300.0);
  const ModelInput input(sound);
  std::stop_source stopped;
  stopped.request_stop();
  CHECK(model->classifier()->logitsOf({&input, 1}, stopped.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("Broken bags are refused with the name of what is broken") {
  const Scratch scratch;
  const auto folder = scratch / "bag";
  const auto spec = test::tinyBagSpec(folder);
  const auto contains = [](const std::string& text) { return Catch::ContainsSubstring(text); };

  auto centres = test::bagCentres();
  centres[1].shape[0] -= 1;
  centres[1].bytes.resize(centres[1].bytes.size() / 5 * 4);
  CHECK_THAT(refusal(test::writeBag(folder, test::bagWeights(), centres, spec)), contains("kmeans.env.centers"));
  centres = test::bagCentres();
  const double bad = std::numeric_limits<double>::quiet_NaN();
  std::memcpy(centres[0].bytes.data(), &bad, sizeof(bad));
  CHECK_THAT(refusal(test::writeBag(folder, test::bagWeights(), centres, spec)), contains("not finite"));
  centres.pop_back();
  std::memset(centres[0].bytes.data(), 0, sizeof(bad));
  CHECK_THAT(refusal(test::writeBag(folder, test::bagWeights(), centres, spec)), contains("kmeans.pat.centers"));
  auto weights = test::bagWeights();
  weights.pop_back();
  CHECK_FALSE(refusal(test::writeBag(folder, weights, test::bagCentres(), spec)).empty());
  auto wrong = spec;
  wrong.architecture["patch_bins"] = 7.0;
  CHECK_THAT(refusal(test::writeBag(folder, test::bagWeights(), test::bagCentres(), wrong)), contains("patch_bins"));
  wrong = spec;
  wrong.architecture["hidden"] = 1e12;
  CHECK_THAT(refusal(test::writeBag(folder, test::bagWeights(), test::bagCentres(), wrong)), contains("hidden"));
  wrong = spec;
  wrong.architecture.erase("clusters");
  CHECK_THAT(refusal(test::writeBag(folder, test::bagWeights(), test::bagCentres(), wrong)), contains("clusters"));

  auto good = test::writeBag(folder, test::bagWeights(), test::bagCentres(), spec);
  auto unvouched = good;
  unvouched.fileSha256.clear();
  CHECK_THAT(refusal(unvouched), contains("checksum"));
  std::ofstream(folder / kCodebookFile, std::ios::app) << "x";
  CHECK_THAT(refusal(good), contains("checksum"));
  std::filesystem::remove(folder / kCodebookFile);
  CHECK_THAT(refusal(good), contains(kCodebookFile));
}

TEST_CASE("Patches join to the picture they were cut from") {
  const auto config = test::tinyBag();
  const auto pictures = torch::randn({2, 96, 100});
  for (const auto kind : {PatchKind::spectralEnvelope, PatchKind::bandEnvelope, PatchKind::patch}) {
    const auto shape = config.shape(kind);
    const auto patches = cutPatches(pictures, shape);
    CHECK(patches.size(1) == shape.count());
    CHECK(joinPatches(patches, shape).equal(pictures));
  }
  // Bin outside, frame inside; bins of the grid outside.
  const auto patches = cutPatches(pictures, config.shape(PatchKind::patch));
  CHECK(patches[1][13][12].item<float>() == pictures[1][8 + 1][3 * 10 + 2].item<float>());
  CHECK(config.patches() == 143);
  // A kernel that sums to one leaves a constant as it is, at every edge.
  const auto flat = shrink(torch::full({1, 9, 7}, 2.5), 4, 5, -0.75);
  CHECK((flat - 2.5).abs().max().item<float>() < 1e-5F);
}

TEST_CASE("Code masking leaves out whole counts and does not rescale") {
  torch::manual_seed(3);
  const auto counts = torch::full({200, 64}, 7.0);
  const auto masked = maskCounts(counts, 0.35);
  CHECK(masked.eq(0.0).to(torch::kDouble).mean().item<double>() == Approx(0.35).margin(0.02));
  CHECK((masked.eq(0.0) | masked.eq(7.0)).all().item<bool>());
  CHECK(maskCounts(counts, 0.0).equal(counts));
}

TEST_CASE("Training the pieces lowers their losses") {
  torch::manual_seed(4);
  BagNet net(test::tinyBag());
  const auto pictures = torch::randn({4, 96, 100});
  const auto patches = patchesOf(PatchKind::patch, pictures, net.config());
  const auto labels = torch::randint(0, 2, {4, 3}).to(torch::kFloat);
  const auto counts = torch::rand({4, 20}) * 10.0;
  const auto loss = [&] {
    return reconstructionError(net, PatchKind::patch, patches) + headLoss(net.classify(counts).sigmoid(), labels);
  };
  const auto before = loss();
  for (int step = 0; step < 20; ++step) {
    for (auto& parameter : net.parameters()) parameter.mutable_grad() = at::Tensor();
    loss().backward();
    at::NoGradGuard guard;
    for (auto& parameter : net.parameters())
      if (parameter.grad().defined()) parameter.sub_(0.1 * parameter.grad());
  }
  CHECK(loss().item<double>() < 0.98 * before.item<double>());
  const auto dropped = reconstructionError(net, PatchKind::patch, patches, 0.5).item<double>();
  CHECK(dropped != reconstructionError(net, PatchKind::patch, patches, 0.5).item<double>());
}

TEST_CASE("Every preset is a model that can be built") {
  CHECK(bagPresetNames().size() == 8);
  for (const auto& name : bagPresetNames()) {
    INFO(name);
    const auto preset = bagPreset(name);
    REQUIRE(preset);
    CHECK(check(preset->config));
    CHECK_FALSE(preset->about.empty());
  }
  CHECK(bagPreset("bag-of-codes-short-codes")->config.code(PatchKind::spectralEnvelope) == 48);
  CHECK(bagPreset("bag-of-codes")->codeMasking == studiedMaskings()[4]);
  CHECK_FALSE(bagPreset("bag"));
}
