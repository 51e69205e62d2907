#include "models/cavmae/cavmae_forward.h"

#include <torch/types.h>

#include "core/nn/patches.h"

namespace chladni::models::cavmae {
namespace {

using nn::Norms;

Norms ownNorms(Branch branch) { return branch == Branch::sound ? Norms::a : Norms::v; }
Stack ownStack(Branch branch) { return branch == Branch::sound ? Stack::sound : Stack::picture; }

at::Tensor branchTokens(const CavmaeNet& net, const StackRunner& stacks, Branch branch, const at::Tensor& input) {
  return stacks.run({ownStack(branch)}, net.embed(branch, input));
}

// The unified blocks and the norm that ends them.
at::Tensor unified(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& tokens, Norms norms,
                   bool lastOnly = false) {
  return net.finalNorm(norms).forward(stacks.run({Stack::unified, norms, lastOnly}, tokens));
}

at::Tensor targetOf(const at::Tensor& patches, bool pixelNorm) {
  return pixelNorm ? nn::standardised(patches) : patches;
}

at::Tensor missing(const CavmaeNet& net, const StackRunner& stacks, Branch branch, const at::Tensor& input) {
  const auto tokens = branchTokens(net, stacks, branch, input);
  const auto joint = unified(net, stacks, tokens, Norms::plain).mean(1);
  return (joint + unified(net, stacks, tokens, ownNorms(branch)).mean(1)) / 2.0;
}

at::Tensor pooled(const CavmaeNet& net, const StackRunner& stacks, Mode mode, const at::Tensor& sound,
                  const at::Tensor& picture) {
  switch (mode) {
    case Mode::audioOnly: return features(net, stacks, Branch::sound, sound).mean(1);
    case Mode::videoOnly: return features(net, stacks, Branch::picture, picture).mean(1);
    case Mode::missingAudioOnly: return missing(net, stacks, Branch::sound, sound);
    case Mode::missingVideoOnly: return missing(net, stacks, Branch::picture, picture);
    case Mode::multimodal: break;
  }
  return jointFeatures(net, stacks, sound, picture).mean(1);
}

}  // namespace

Encoded encode(const CavmaeNet& net, const StackRunner& stacks, const MaskedInput& input, bool alone) {
  const auto shown = [&](Branch branch, const at::Tensor& pixels, const nn::TokenMask& mask) {
    return mask.kept == 0 ? at::Tensor{}
                          : stacks.run({ownStack(branch)}, nn::keepTokens(net.embed(branch, pixels), mask));
  };
  const auto sound = shown(Branch::sound, input.sound, input.soundMask);
  const auto picture = shown(Branch::picture, input.picture, input.pictureMask);
  const auto joint = !sound.defined() ? picture : !picture.defined() ? sound : torch::cat({sound, picture}, 1);
  Encoded encoded;
  encoded.joint = unified(net, stacks, joint, Norms::plain);
  if (!alone) return encoded;
  const bool lastOnly = net.config().unifiedSingleModality == SingleModality::lastBlockOnly;
  encoded.soundAlone = unified(net, stacks, sound, Norms::a, lastOnly);
  encoded.pictureAlone = unified(net, stacks, picture, Norms::v, lastOnly);
  return encoded;
}

Predicted decode(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& joint, const MaskedInput& input) {
  const auto tokens = net.decoder_embed->forward(joint);
  const auto shownSound = input.soundMask.kept;
  const auto sound = nn::restoreTokens(tokens.narrow(1, 0, shownSound), net.mask_token, input.soundMask);
  const auto picture =
      nn::restoreTokens(tokens.narrow(1, shownSound, input.pictureMask.kept), net.mask_token, input.pictureMask);
  const auto all = torch::cat({sound + net.decoder_pos_embed_a + net.decoder_modality_a,
                               picture + net.decoder_pos_embed_v + net.decoder_modality_v}, 1);
  const auto decoded = net.decoder_norm->forward(stacks.run({Stack::decoder}, all));
  return {net.decoder_pred_a->forward(decoded.narrow(1, 0, sound.size(1))),
          net.decoder_pred_v->forward(decoded.narrow(1, sound.size(1), picture.size(1)))};
}

at::Tensor soundPatches(const CavmaeConfig& config, const at::Tensor& sound) {
  return nn::patchify(sound.unsqueeze(1).transpose(2, 3), config.patch);
}

at::Tensor picturePatches(const CavmaeConfig& config, const at::Tensor& picture) {
  return nn::patchify(picture, config.patch);
}

at::Tensor soundFromPatches(const CavmaeConfig& config, const at::Tensor& patches) {
  return nn::unpatchify(patches, config.soundRows(), config.soundColumns(), 1).squeeze(1).transpose(1, 2);
}

at::Tensor pictureFromPatches(const CavmaeConfig& config, const at::Tensor& patches) {
  return nn::unpatchify(patches, config.pictureRows(), config.pictureRows(), 3);
}

PaintLoss soundLoss(const CavmaeConfig& config, const Predicted& predicted, const MaskedInput& input, bool pixelNorm) {
  const auto error = nn::patchError(predicted.sound, targetOf(soundPatches(config, input.sound), pixelNorm));
  return {error, nn::maskedMean(error, input.soundMask.mask)};
}

PaintLoss pictureLoss(const CavmaeConfig& config, const Predicted& predicted, const MaskedInput& input, bool pixelNorm) {
  const auto error = nn::patchError(predicted.picture, targetOf(picturePatches(config, input.picture), pixelNorm));
  return {error, nn::maskedMean(error, input.pictureMask.mask)};
}

nn::ContrastiveResult contrast(const Encoded& encoded, bool bothWays) {
  return nn::contrastive(encoded.soundAlone.mean(1), encoded.pictureAlone.mean(1),
                         bothWays ? nn::ContrastiveReading::both : nn::ContrastiveReading::columns);
}

PretrainLosses pretrainLosses(const CavmaeNet& net, const StackRunner& stacks, const MaskedInput& input) {
  const auto& config = net.config();
  const auto zero = torch::zeros({}, net.norm->weight.options().requires_grad(false));
  const bool contrasts = config.contrastiveWeight > 0.0 && input.sound.defined() && input.picture.defined();
  const auto encoded = encode(net, stacks, input, contrasts);
  PretrainLosses losses{zero, zero, zero, zero, zero, zero, {}};
  if (config.reconstructionWeight > 0.0) {
    losses.painted = decode(net, stacks, encoded.joint, input);
    if (input.sound.defined()) losses.sound = soundLoss(config, losses.painted, input, config.pixelNorm).mean;
    if (input.picture.defined()) losses.picture = pictureLoss(config, losses.painted, input, config.pixelNorm).mean;
    losses.reconstruction = config.reconstructionWeight * (losses.sound + losses.picture);
  }
  if (contrasts) {
    const auto compared = contrast(encoded, config.contrastBothWays);
    losses.contrastive = config.contrastiveWeight * compared.loss;
    losses.accuracy = compared.accuracy;
  }
  losses.total = losses.reconstruction + losses.contrastive;
  return losses;
}

at::Tensor features(const CavmaeNet& net, const StackRunner& stacks, Branch branch, const at::Tensor& input) {
  return unified(net, stacks, branchTokens(net, stacks, branch, input), ownNorms(branch));
}

at::Tensor branchTokensOf(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& sound, const at::Tensor& picture) {
  if (!picture.defined()) return branchTokens(net, stacks, Branch::sound, sound);
  if (!sound.defined()) return branchTokens(net, stacks, Branch::picture, picture);
  return torch::cat({branchTokens(net, stacks, Branch::sound, sound), branchTokens(net, stacks, Branch::picture, picture)}, 1);
}

at::Tensor jointFeatures(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& sound, const at::Tensor& picture) {
  return unified(net, stacks, branchTokensOf(net, stacks, sound, picture), Norms::plain);
}

std::string_view modeName(Mode mode) {
  switch (mode) {
    case Mode::audioOnly: return "audioonly";
    case Mode::videoOnly: return "videoonly";
    case Mode::missingAudioOnly: return "missingaudioonly";
    case Mode::missingVideoOnly: return "missingvideoonly";
    case Mode::multimodal: break;
  }
  return "multimodal";
}

std::optional<Mode> modeFor(TrainedOn trained, bool sound, bool picture) {
  if (trained == TrainedOn::sound) return sound ? std::optional(Mode::audioOnly) : std::nullopt;
  if (trained == TrainedOn::picture) return picture ? std::optional(Mode::videoOnly) : std::nullopt;
  if (sound && picture) return Mode::multimodal;
  if (sound) return Mode::missingAudioOnly;
  return picture ? std::optional(Mode::missingVideoOnly) : std::nullopt;
}

at::Tensor classify(const CavmaeNet& net, const StackRunner& stacks, Mode mode, const at::Tensor& sound,
                    const at::Tensor& picture) {
  return net.mlp_head->forward(pooled(net, stacks, mode, sound, picture));
}

}  // namespace chladni::models::cavmae
