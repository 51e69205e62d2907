// golden.lyrics_mae_tiny: masking, patches, position tables and losses as the CAV-MAE program has them and as the thesis
// reads them; a small audio + lyrics model through masked training (with gradients) and as a classifier, by the
// trainable net and by the engine that inference uses. Every tensor of the file has to be looked at.
#include <cmath>
#include <set>

#include "core/nn/contrastive.h"
#include "core/nn/masking.h"
#include "core/nn/patches.h"
#include "core/nn/weights.h"
#include "models/lyrics_mae/lyrics_detect.h"
#include "models/lyrics_mae/lyrics_inference.h"
#include "models/lyrics_mae/lyrics_net.h"
#include "tests/golden/ast_compare.h"

using namespace chladni;
using namespace chladni::models::lyrics_mae;
using chladni::test::GoldenFile;
using chladni::test::recorded;

namespace {

// Every name that any test case has read, to find those that none has.
std::set<std::string>& seen() {
  static std::set<std::string> names;
  return names;
}

at::Tensor take(const GoldenFile& file, const std::string& name) {
  INFO(name);
  REQUIRE(file.has(name));
  seen().insert(name);
  return recorded(file, name);
}

// rtol 1e-4, atol 1e-5, as the file's description says.
void requireLike(const GoldenFile& file, const std::string& name, const at::Tensor& got, double relative = 1e-4) {
  const auto expected = take(file, name).to(at::kDouble).detach();
  auto found = got.detach().to(at::kDouble);
  if (expected.numel() == 1) found = found.reshape(expected.sizes());
  INFO(name);
  REQUIRE(found.sizes() == expected.sizes());
  const auto excess = ((found - expected).abs() - (1e-5 + relative * expected.abs())).max().item<double>();
  INFO("beyond tolerance by " << excess << ", largest difference " << test::largestDifference(found, expected));
  REQUIRE(excess <= 0.0);
}

void requireSame(const GoldenFile& file, const std::string& name, const at::Tensor& got) {
  const auto expected = take(file, name);
  INFO(name);
  REQUIRE(at::equal(got.to(expected.scalar_type()), expected));
}

nn::NamedTensors recordedState(const GoldenFile& file) {
  nn::NamedTensors state;
  const std::string prefix = "model.state.";
  for (const auto& name : file.names(prefix)) state[name.substr(prefix.size())] = take(file, name);
  REQUIRE_FALSE(state.empty());
  return state;
}

LyricsConfig recordedConfig(const GoldenFile& file, const nn::NamedTensors& state) {
  DetectHints hints;
  hints.heads = std::stoll(file.metadata().at("heads"));
  hints.decoderHeads = std::stoll(file.metadata().at("decoder_heads"));
  hints.bins = take(file, "model.in.fbank").size(2);
  const auto config = detectConfig(state, hints);
  REQUIRE(config);
  REQUIRE(config->frames == take(file, "model.in.fbank").size(1));
  REQUIRE(config->tokens == take(file, "model.in.token_ids").size(1));
  return *config;
}

struct Recorded {
  GoldenFile file{"lyrics_mae_tiny"};
  nn::NamedTensors state = recordedState(file);
  LyricsNet net{recordedConfig(file, state)};
  at::Tensor sound = take(file, "model.in.fbank");
  at::Tensor ids = take(file, "model.in.token_ids");
  Recorded() { REQUIRE(nn::loadWeights(net, state)); }
};

double maskRatio(const GoldenFile& file) { return take(file, "model.in.mask_ratio").item<double>(); }

}  // namespace

TEST_CASE("Patches and positions are the program's") {
  const GoldenFile file("lyrics_mae_tiny");
  const auto sound = take(file, "official.in.fbank");
  const auto picture = sound.unsqueeze(1).transpose(2, 3);
  const auto expected = take(file, "official.out.patchified");
  const auto patch = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(expected.size(2)))));
  const auto rows = sound.size(2) / patch;
  const auto columns = sound.size(1) / patch;
  const auto patches = nn::patchify(picture, patch);
  requireSame(file, "official.out.patchified", patches);
  const bool same = at::equal(nn::unpatchify(patches, rows, columns, 1), picture);
  CHECK(static_cast<std::int64_t>(same) == take(file, "official.out.unpatchify_equals_input").item<std::int64_t>());
  const auto table = take(file, "official.out.pos_embed_audio");
  requireLike(file, "official.out.pos_embed_audio", nn::sinCosPositions(table.size(1), rows, columns).squeeze(0));
  const auto square = take(file, "official.out.pos_embed_square");
  const auto side = static_cast<std::int64_t>(std::llround(std::sqrt(static_cast<double>(square.size(0)))));
  requireLike(file, "official.out.pos_embed_square", nn::sinCosPositions(square.size(1), side, side).squeeze(0));
}

TEST_CASE("Masks follow the noise") {
  const GoldenFile file("lyrics_mae_tiny");
  const auto tokens = take(file, "official.in.mask_tokens");
  const auto kept = take(file, "official.out.mask_kept_tokens");
  const auto mask = nn::maskByNoise(take(file, "official.in.mask_noise"), kept.size(1));
  requireSame(file, "official.out.mask_kept_tokens", nn::keepTokens(tokens, mask));
  requireSame(file, "official.out.mask", mask.mask);
  requireSame(file, "official.out.ids_restore", mask.restore);
  const auto whole = nn::restoreTokens(kept, torch::zeros({1, 1, tokens.size(2)}), mask);
  CHECK(at::equal(whole, tokens * (1.0 - mask.mask).unsqueeze(-1)));
}

TEST_CASE("Losses in every reading") {
  const GoldenFile file("lyrics_mae_tiny");
  const auto predicted = take(file, "official.in.mae_pred");
  const auto target = take(file, "official.out.patchified");
  const auto mask = take(file, "official.out.mask");
  const auto error = nn::patchError(predicted, target);
  requireLike(file, "official.out.mae_loss", nn::maskedMean(error, mask));
  requireLike(file, "official.out.mae_loss_norm_pix",
              nn::maskedMean(nn::patchError(predicted, nn::standardised(target)), mask));
  requireLike(file, "independent.out.mae_loss_frobenius", soundFrobenius(error, mask, target.size(2)));

  const auto a = take(file, "official.in.rep_audio");
  const auto b = take(file, "official.in.rep_other");
  const auto columns = nn::contrastive(a, b, nn::ContrastiveReading::columns);
  requireLike(file, "official.out.contrastive_loss_cols", columns.loss);
  requireLike(file, "official.out.contrastive_acc_cols", columns.accuracy);
  const auto both = nn::contrastive(a, b, nn::ContrastiveReading::both);
  requireLike(file, "official.out.contrastive_loss_both", both.loss);
  requireLike(file, "official.out.contrastive_acc_both", both.accuracy);
  const auto rows = nn::contrastive(a, b, nn::ContrastiveReading::rows);
  requireLike(file, "thesis.out.contrastive_loss_rows", rows.loss);
  requireLike(file, "thesis.out.contrastive_acc_rows", rows.accuracy);
}

TEST_CASE("The masked model gives the recorded tokens, predictions, losses and gradients") {
  Recorded model;
  const auto& file = model.file;
  const auto encoding = model.net.encode(model.sound, model.ids, take(file, "model.in.noise_audio"),
                                         take(file, "model.in.noise_text"), maskRatio(file));
  requireSame(file, "model.out.mask_audio", encoding.soundMask.mask);
  requireSame(file, "model.out.mask_text", encoding.textMask.mask);
  requireLike(file, "model.out.joint", encoding.joint);
  requireLike(file, "model.out.contrast_audio", encoding.sound);
  requireLike(file, "model.out.contrast_text", encoding.text);
  const auto prediction = model.net.decode(encoding);
  requireLike(file, "model.out.pred_audio", prediction.sound);
  requireLike(file, "model.out.pred_text", prediction.text);
  const auto losses = model.net.losses(model.sound, model.ids, encoding, prediction);
  requireLike(file, "model.out.loss_audio_mean", losses.soundMean);
  requireLike(file, "model.out.loss_audio_frobenius", losses.soundFrobenius);
  requireLike(file, "model.out.loss_text", losses.text);
  requireLike(file, "model.out.loss_contrastive_rows", losses.rows.loss);
  requireLike(file, "model.out.loss_contrastive_cols", losses.columns.loss);
  LyricsObjective objective;
  requireLike(file, "model.out.total_thesis", total(losses, objective));
  objective.audioLoss = AudioLoss::mean;
  const auto loss = total(losses, objective);
  requireLike(file, "model.out.total_mean_audio", loss);
  loss.backward();
  const std::string prefix = "model.grad_total_mean.";
  const auto parameters = model.net.named_parameters();
  REQUIRE_FALSE(file.names(prefix).empty());
  for (const auto& name : file.names(prefix)) {
    INFO(name);
    const auto* parameter = parameters.find(name.substr(prefix.size()));
    REQUIRE(parameter != nullptr);
    REQUIRE(parameter->grad().defined());
    const auto expected = take(file, name);
    const auto scale = expected.abs().max().item<double>();
    REQUIRE(test::largestDifference(parameter->grad(), expected) <= 1e-4 * scale + 1e-5);
  }
}

TEST_CASE("The classifier hears, reads, and does either alone") {
  Recorded model;
  const auto& file = model.file;
  const auto logits = model.net.logits(model.sound, model.ids);
  requireLike(file, "finetune.out.logits", logits);
  requireLike(file, "finetune.out.logits_audio_only", model.net.logits(model.sound, {}));
  requireLike(file, "finetune.out.logits_text_only", model.net.logits({}, model.ids));
  const auto labels = take(file, "finetune.in.labels");
  requireLike(file, "finetune.out.bce_mean", multiLabelLoss(logits, labels, ClassLoss::mean));
  requireLike(file, "finetune.out.bce_sum_over_classes", multiLabelLoss(logits, labels, ClassLoss::sumOfClasses));
}

TEST_CASE("Inference gives what the trainable net gives") {
  Recorded model;
  const auto& file = model.file;
  const LyricsInference inference(model.net, nn::Runtime{});
  const auto requireGiven = [&](const char* name, const std::optional<at::Tensor>& got) {
    REQUIRE(got);
    requireLike(file, name, *got);
  };
  requireGiven("finetune.out.logits", inference.logits(model.sound, model.ids, {}));
  requireGiven("finetune.out.logits_audio_only", inference.logits(model.sound, {}, {}));
  requireGiven("finetune.out.logits_text_only", inference.logits({}, model.ids, {}));
  const auto painted = inference.paint(model.sound, model.ids, nn::maskByNoise(take(file, "model.in.noise_audio"), maskRatio(file)),
                                       nn::maskByNoise(take(file, "model.in.noise_text"), maskRatio(file)), {});
  REQUIRE(painted);
  requireLike(file, "model.out.joint", painted->encoding.joint);
  requireLike(file, "model.out.contrast_audio", painted->encoding.sound);
  requireLike(file, "model.out.contrast_text", painted->encoding.text);
  requireLike(file, "model.out.pred_audio", painted->prediction.sound);
  requireLike(file, "model.out.pred_text", painted->prediction.text);
}

// The last case: Catch runs them in the order of the file.
TEST_CASE("No tensor of the file was left out") {
  const GoldenFile file("lyrics_mae_tiny");
  for (const auto& name : file.names()) {
    INFO(name);
    CHECK(seen().contains(name));
  }
}
