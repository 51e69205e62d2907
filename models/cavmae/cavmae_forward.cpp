#include "models/cavmae/cavmae_forward.h"

#include <torch/types.h>

namespace chladni::models::cavmae {
namespace {

using nn::NormPair;

NormPair ownNorms(Branch branch) { return branch == Branch::sound ? NormPair::a : NormPair::v; }
Stack ownStack(Branch branch) { return branch == Branch::sound ? Stack::sound : Stack::picture; }

at::Tensor branchTokens(const CavmaeNet& net, const StackRunner& stacks, Branch branch, const at::Tensor& input) {
  return stacks.run({ownStack(branch)}, net.embed(branch, input));
}

// The unified blocks and the norm that ends them.
at::Tensor unified(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& tokens, NormPair norms,
                   bool lastOnly = false) {
  return net.finalNorm(norms).forward(stacks.run({Stack::unified, norms, lastOnly}, tokens));
}

at::Tensor targetOf(const at::Tensor& patches, bool pixelNorm) {
  return pixelNorm ? nn::normalisedPatches(patches) : patches;
}

at::Tensor missing(const CavmaeNet& net, const StackRunner& stacks, Branch branch, const at::Tensor& input) {
  const auto tokens = branchTokens(net, stacks, branch, input);
  const auto joint = unified(net, stacks, tokens, NormPair::plain).mean(1);
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
  const auto both = torch::cat({branchTokens(net, stacks, Branch::sound, sound),
                                branchTokens(net, stacks, Branch::picture, picture)}, 1);
  return unified(net, stacks, both, NormPair::plain).mean(1);
}

}  // namespace

Encoded encode(const CavmaeNet& net, const StackRunner& stacks, const MaskedInput& input, bool alone) {
  const auto sound = stacks.run({Stack::sound}, nn::shownTokens(net.embed(Branch::sound, input.sound), input.soundMask));
  const auto picture =
      stacks.run({Stack::picture}, nn::shownTokens(net.embed(Branch::picture, input.picture), input.pictureMask));
  Encoded encoded;
  encoded.joint = unified(net, stacks, torch::cat({sound, picture}, 1), NormPair::plain);
  if (!alone) return encoded;
  const bool lastOnly = net.config().unifiedSingleModality == SingleModality::lastBlockOnly;
  encoded.soundAlone = unified(net, stacks, sound, NormPair::a, lastOnly);
  encoded.pictureAlone = unified(net, stacks, picture, NormPair::v, lastOnly);
  return encoded;
}

Predicted decode(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& joint, const MaskedInput& input) {
  const auto tokens = net.decoder_embed->forward(joint);
  const auto shownSound = input.soundMask.kept;
  const auto sound = nn::filledTokens(tokens.narrow(1, 0, shownSound), net.mask_token, input.soundMask);
  const auto picture =
      nn::filledTokens(tokens.narrow(1, shownSound, input.pictureMask.kept), net.mask_token, input.pictureMask);
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

nn::PatchLayout soundLayout(const CavmaeConfig& config) { return {config.patch, config.soundRows(), config.soundColumns(), 1}; }

nn::PatchLayout pictureLayout(const CavmaeConfig& config) {
  return {config.patch, config.pictureRows(), config.pictureRows(), 3};
}

nn::PatchLoss soundLoss(const CavmaeConfig& config, const Predicted& predicted, const MaskedInput& input, bool pixelNorm) {
  return nn::hiddenPatchLoss(targetOf(soundPatches(config, input.sound), pixelNorm), predicted.sound, input.soundMask.hidden);
}

nn::PatchLoss pictureLoss(const CavmaeConfig& config, const Predicted& predicted, const MaskedInput& input, bool pixelNorm) {
  return nn::hiddenPatchLoss(targetOf(picturePatches(config, input.picture), pixelNorm), predicted.picture,
                             input.pictureMask.hidden);
}

nn::Contrast contrast(const Encoded& encoded, bool bothWays) {
  return nn::contrastOf(encoded.soundAlone.mean(1), encoded.pictureAlone.mean(1),
                        bothWays ? nn::ContrastOver::both : nn::ContrastOver::first);
}

PretrainLosses pretrainLosses(const CavmaeNet& net, const StackRunner& stacks, const MaskedInput& input) {
  const auto& config = net.config();
  const auto zero = torch::zeros({}, net.norm->weight.options().requires_grad(false));
  const auto encoded = encode(net, stacks, input, config.contrastiveWeight > 0.0);
  PretrainLosses losses{zero, zero, zero, zero, zero, zero};
  if (config.reconstructionWeight > 0.0) {
    const auto predicted = decode(net, stacks, encoded.joint, input);
    losses.sound = soundLoss(config, predicted, input, config.pixelNorm).mean;
    losses.picture = pictureLoss(config, predicted, input, config.pixelNorm).mean;
    losses.reconstruction = config.reconstructionWeight * (losses.sound + losses.picture);
  }
  if (config.contrastiveWeight > 0.0) {
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
