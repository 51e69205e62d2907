// golden.cavmae_tiny: small pretraining models of the reference, every group of the file, through the trainable net:
// masks, encodings, predictions, losses in every reading, gradients, three steps of Adam, features and attention.
#include "core/nn/patches.h"
#include "models/cavmae/cavmae_inference.h"
#include "tests/golden/cavmae_golden.h"

using namespace chladni;
using namespace chladni::models::cavmae;
using chladni::test::CavmaeFile;

namespace {

constexpr const char* kStem = "cavmae_tiny";
constexpr double kTokens = 5e-5;
constexpr double kLoss = 1e-5;
constexpr double kAttention = 1e-5;

struct Group {
  const CavmaeFile& file;
  std::string name;
  CavmaeConfig config = file.config(name);
  std::unique_ptr<CavmaeNet> net = test::recordedNet(file, name, config);
  MaskedInput input;

  Group(const CavmaeFile& from, std::string group) : file(from), name(std::move(group)) {
    input.sound = file.take(name + "/audio");
    input.picture = file.take(name + "/image");
    REQUIRE(input.sound.size(0) == static_cast<std::int64_t>(file.number(name, "batch")));
    input.soundMask = nn::maskByNoise(file.take(name + "/noise_a"), file.number(name, "mask_ratio_a"));
    input.pictureMask = nn::maskByNoise(file.take(name + "/noise_v"), file.number(name, "mask_ratio_v"));
  }
  [[nodiscard]] std::string at(const std::string& rest) const { return name + "/" + rest; }
};

void forEachGroup(const std::function<void(Group&)>& look) {
  const CavmaeFile file(kStem);
  const auto groups = file.groups();
  REQUIRE_FALSE(groups.empty());
  for (const auto& name : groups) {
    INFO("group " << name);
    Group group(file, name);
    look(group);
  }
}

// Every hidden patch's pixels in the model's units, visible ones as they were.
at::Tensor pasted(const at::Tensor& truth, const at::Tensor& predicted, const at::Tensor& mask) {
  const auto hidden = mask.unsqueeze(-1);
  return truth * (1.0 - hidden) + predicted * hidden;
}

// [batch, patch] spread over the pixels of the patches.
at::Tensor spread(const at::Tensor& mask, std::int64_t patch) { return mask.unsqueeze(-1).expand({-1, -1, patch * patch}); }

std::string passName(Stack stack, nn::Norms norms, std::int64_t layer) {
  const auto number = std::to_string(layer);
  if (stack == Stack::sound) return "blocks_a." + number;
  if (stack == Stack::picture) return "blocks_v." + number;
  if (stack == Stack::decoder) return "decoder_blocks." + number;
  return "blocks_u." + number + (norms == nn::Norms::plain ? ".joint" : norms == nn::Norms::a ? ".a" : ".v");
}

}  // namespace

TEST_CASE("Masks, encodings and predictions") {
  forEachGroup([](Group& group) {
    const auto& file = group.file;
    const auto masks = [&](const char* modality, const nn::TokenMask& mask) {
      file.requireSame(group.at(std::string("enc/mask_") + modality), mask.mask);
      file.requireSame(group.at(std::string("enc/ids_shuffle_") + modality), mask.shuffle);
      file.requireSame(group.at(std::string("enc/ids_restore_") + modality), mask.restore);
    };
    masks("a", group.input.soundMask);
    masks("v", group.input.pictureMask);

    at::NoGradGuard guard;
    const NetStacks stacks(*group.net);
    const auto encoded = encode(*group.net, stacks, group.input);
    file.requireClose(group.at("enc/latent"), encoded.joint, kTokens);
    file.requireClose(group.at("enc/latent_c_a"), encoded.soundAlone, kTokens);
    file.requireClose(group.at("enc/latent_c_v"), encoded.pictureAlone, kTokens);
    const auto predicted = decode(*group.net, stacks, encoded.joint, group.input);
    file.requireClose(group.at("inpaint/pred_a"), predicted.sound, kTokens);
    file.requireClose(group.at("inpaint/pred_v"), predicted.picture, kTokens);
    for (const bool normalised : {false, true}) {
      const auto prefix = group.at(normalised ? "loss_normpix_1/" : "loss_normpix_0/");
      file.requireClose(prefix + "a", soundLoss(group.config, predicted, group.input, normalised).mean, kLoss);
      file.requireClose(prefix + "v", pictureLoss(group.config, predicted, group.input, normalised).mean, kLoss);
    }
    file.requireClose(group.at("inpaint/loss_pixel_a"),
                      soundLoss(group.config, predicted, group.input, group.config.pixelNorm).mean, kLoss);
    file.requireClose(group.at("inpaint/loss_pixel_v"),
                      pictureLoss(group.config, predicted, group.input, group.config.pixelNorm).mean, kLoss);
    for (const bool both : {false, true}) {
      const auto prefix = group.at(both ? "contrast_bi1/" : "contrast_bi0/");
      const auto compared = contrast(encoded, both);
      file.requireClose(prefix + "nce", compared.loss, kLoss);
      file.requireClose(prefix + "acc", compared.accuracy, kLoss);
    }
  });
}

TEST_CASE("The two readings of unified blocks differ only with several of them") {
  forEachGroup([](Group& group) {
    auto config = group.config;
    config.unifiedSingleModality = SingleModality::chained;
    const auto chained = test::recordedNet(group.file, group.name, config);
    at::NoGradGuard guard;
    const auto published = encode(*group.net, NetStacks(*group.net), group.input);
    const auto sensible = encode(*chained, NetStacks(*chained), group.input);
    CHECK(at::equal(published.joint, sensible.joint));
    CHECK(at::equal(published.soundAlone, sensible.soundAlone) == (config.unifiedDepth == 1));
    CHECK(at::equal(published.pictureAlone, sensible.pictureAlone) == (config.unifiedDepth == 1));
    // The chained reading is that of the features, when nothing is hidden.
    auto whole = group.input;
    whole.soundMask = nn::maskByNoise(group.file.take(group.at("noise_a")), 0.0);
    whole.pictureMask = nn::maskByNoise(group.file.take(group.at("noise_v")), 0.0);
    const auto unmasked = encode(*chained, NetStacks(*chained), whole);
    const auto inOrder = [](const at::Tensor& tokens, const nn::TokenMask& mask) {
      return tokens.gather(1, mask.restore.unsqueeze(-1).expand_as(tokens));
    };
    group.file.requireClose(group.at("feat/a"), inOrder(unmasked.soundAlone, whole.soundMask), kTokens);
    group.file.requireClose(group.at("feat/v"), inOrder(unmasked.pictureAlone, whole.pictureMask), kTokens);
  });
}

TEST_CASE("Pasted pictures and their masks") {
  forEachGroup([](Group& group) {
    const auto& file = group.file;
    const auto& config = group.config;
    at::NoGradGuard guard;
    const NetStacks stacks(*group.net);
    const auto predicted = decode(*group.net, stacks, encode(*group.net, stacks, group.input, false).joint, group.input);
    const auto sound = pasted(soundPatches(config, group.input.sound), predicted.sound, group.input.soundMask.mask);
    const auto picture = pasted(picturePatches(config, group.input.picture), predicted.picture, group.input.pictureMask.mask);
    file.requireClose(group.at("recon/audio_paste_ft"), soundFromPatches(config, sound).transpose(1, 2), kTokens);
    file.requireClose(group.at("recon/image_paste"), pictureFromPatches(config, picture), kTokens);
    file.requireSame(group.at("recon/audio_mask_ft"),
                     soundFromPatches(config, spread(group.input.soundMask.mask, config.patch)).transpose(1, 2));
    file.requireSame(group.at("recon/image_mask"), nn::unpatchify(spread(group.input.pictureMask.mask, config.patch),
                                                                  config.pictureRows(), config.pictureRows(), 1).squeeze(1));
  });
}

TEST_CASE("Gradients and three steps of Adam") {
  forEachGroup([](Group& group) {
    const auto& file = group.file;
    auto& net = *group.net;
    const auto adam = test::recordedAdam(net, 1e-3, 1e-3);
    int step = 0;
    for (; file.has(group.at("step" + std::to_string(step) + "/loss")); ++step) {
      INFO("step " << step);
      const auto prefix = group.at("step" + std::to_string(step) + "/");
      adam->zero_grad();
      const auto losses = pretrainLosses(net, NetStacks(net), group.input);
      file.requireClose(prefix + "loss", losses.total, kLoss);
      file.requireClose(prefix + "loss_mae", losses.reconstruction, kLoss);
      file.requireClose(prefix + "loss_mae_a", losses.sound, kLoss);
      file.requireClose(prefix + "loss_mae_v", losses.picture, kLoss);
      file.requireClose(prefix + "loss_c", losses.contrastive, kLoss);
      file.requireClose(prefix + "c_acc", losses.accuracy, kLoss);
      losses.total.backward();
      if (step == 0) {
        file.requireGradients(net, group.at("grad/"));
        file.requireWithoutGradient(net, group.name + "_params_without_gradient");
      }
      adam->step();
      const auto after = group.at("param_after_step" + std::to_string(step + 1) + "/");
      if (!file.names(after).empty()) file.requireParameters(net, after);
    }
    REQUIRE(step == 3);
    REQUIRE_FALSE(file.names(group.at("param_after_step1/")).empty());
    REQUIRE_FALSE(file.names(group.at("param_after_step3/")).empty());
  });
}

TEST_CASE("A weight of zero leaves its loss out") {
  forEachGroup([](Group& group) {
    const auto lossWith = [&](double reconstruction, double contrastive) {
      auto config = group.config;
      config.reconstructionWeight = reconstruction;
      config.contrastiveWeight = contrastive;
      const auto net = test::recordedNet(group.file, group.name, config);
      const auto losses = pretrainLosses(*net, NetStacks(*net), group.input);
      losses.total.backward();
      CHECK(net->mask_token.grad().defined() == (reconstruction > 0.0));
      CHECK(net->norm_a->weight.grad().defined() == (contrastive > 0.0));
      return losses.total;
    };
    group.file.requireClose(group.at("contrast_only/loss"), lossWith(0.0, 1.0), kLoss);
    group.file.requireClose(group.at("mae_only/loss"), lossWith(1.0, 0.0), kLoss);
  });
}

TEST_CASE("Features of one modality") {
  forEachGroup([](Group& group) {
    at::NoGradGuard guard;
    const NetStacks stacks(*group.net);
    group.file.requireClose(group.at("feat/a"), features(*group.net, stacks, Branch::sound, group.input.sound), kTokens);
    group.file.requireClose(group.at("feat/v"), features(*group.net, stacks, Branch::picture, group.input.picture), kTokens);
  });
}

TEST_CASE("Attention of every pass that is recorded") {
  int compared = 0;
  forEachGroup([&](Group& group) {
    const auto recorded = group.file.names(group.at("attn/"));
    if (recorded.empty()) return;
    std::map<std::string, at::Tensor> seen;
    std::vector<std::unique_ptr<nn::Tap>> taps;
    const NetStacks stacks(*group.net, [&](Stack stack, nn::Norms norms) {
      taps.push_back(std::make_unique<nn::Tap>());
      taps.back()->attention = [&seen, stack, norms](std::int64_t layer, const at::Tensor& weights) {
        seen[passName(stack, norms, layer)] = weights.clone();
      };
      return taps.back().get();
    });
    at::NoGradGuard guard;
    decode(*group.net, stacks, encode(*group.net, stacks, group.input).joint, group.input);
    for (const auto& name : recorded) {
      const auto pass = name.substr(group.at("attn/").size());
      INFO(pass);
      REQUIRE(seen.contains(pass));
      group.file.requireClose(name, seen[pass], kAttention);
      ++compared;
    }
  });
  CHECK(compared > 0);
}

TEST_CASE("Inference gives what is recorded") {
  forEachGroup([](Group& group) {
    const CavmaeInference inference(*group.net, nn::Runtime{});
    const auto predicted = inference.paint(group.input, {});
    REQUIRE(predicted);
    group.file.requireClose(group.at("inpaint/pred_a"), predicted->sound, kTokens);
    group.file.requireClose(group.at("inpaint/pred_v"), predicted->picture, kTokens);
    const auto heard = inference.tokens(Branch::sound, group.input.sound, {});
    const auto seen = inference.tokens(Branch::picture, group.input.picture, {});
    REQUIRE((heard && seen));
    group.file.requireClose(group.at("feat/a"), *heard, kTokens);
    group.file.requireClose(group.at("feat/v"), *seen, kTokens);
  });
}

// The last case: Catch runs them in the order of the file.
TEST_CASE("No tensor of the file was left out") { CavmaeFile(kStem).requireAllTaken(); }
