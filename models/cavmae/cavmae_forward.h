// The forward passes of a CAV-MAE over a StackRunner: encoding masked patches, decoding them, the losses of pretraining,
// features of one modality, and the five modes of the classifier. Shapes as in cavmae_net.h. Stateless.
// Throws c10::Error. Source: Gong et al. 2023, with the published code where the two differ (README.md).
#pragma once

#include <optional>
#include <string_view>

#include "core/nn/contrastive.h"
#include "core/nn/masking.h"
#include "models/cavmae/cavmae_net.h"

namespace chladni::models::cavmae {

// A modality of which nothing is kept is not looked at and may be undefined; at least one has something to show.
struct MaskedInput {
  at::Tensor sound, picture;
  nn::TokenMask soundMask, pictureMask;
};

struct Encoded {
  at::Tensor joint;                     // [batch, shown sound then shown picture, width]: what is decoded
  at::Tensor soundAlone, pictureAlone;  // [batch, shown, width]: what is contrasted
};
struct Predicted {
  at::Tensor sound;    // [batch, patch, patch * patch]
  at::Tensor picture;  // [batch, patch, patch * patch * 3]
};
// Without `alone` the passes of one modality are left out.
Encoded encode(const CavmaeNet& net, const StackRunner& stacks, const MaskedInput& input, bool alone = true);
Predicted decode(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& joint, const MaskedInput& input);

// Spectrogram or pictures as patches, in the order and units that are predicted.
at::Tensor soundPatches(const CavmaeConfig& config, const at::Tensor& sound);
at::Tensor picturePatches(const CavmaeConfig& config, const at::Tensor& picture);
at::Tensor soundFromPatches(const CavmaeConfig& config, const at::Tensor& patches);      // [batch, frames, bands]
at::Tensor pictureFromPatches(const CavmaeConfig& config, const at::Tensor& patches);    // [batch, 3, size, size]
struct PaintLoss {
  at::Tensor perPatch;  // [batch, patch]
  at::Tensor mean;      // over hidden patches
};
PaintLoss soundLoss(const CavmaeConfig& config, const Predicted& predicted, const MaskedInput& input, bool pixelNorm);
PaintLoss pictureLoss(const CavmaeConfig& config, const Predicted& predicted, const MaskedInput& input, bool pixelNorm);
nn::ContrastiveResult contrast(const Encoded& encoded, bool bothWays);

struct PretrainLosses {
  at::Tensor total, reconstruction;  // the second weighted
  at::Tensor sound, picture;         // unweighted
  at::Tensor contrastive;            // weighted
  at::Tensor accuracy;
  Predicted painted;                 // undefined when reconstruction weighs nothing
};
// A part of weight 0 is not computed: its losses are 0 and its parameters get no gradient. A modality that is undefined,
// with a mask that keeps nothing, is painted but has no loss, and nothing is contrasted then.
PretrainLosses pretrainLosses(const CavmaeNet& net, const StackRunner& stacks, const MaskedInput& input);

// Nothing masked, unified blocks chained with the modality's norms, not pooled: [batch, patch, width].
at::Tensor features(const CavmaeNet& net, const StackRunner& stacks, Branch branch, const at::Tensor& input);
// The same of both together with the plain norms, sound first.
at::Tensor jointFeatures(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& sound, const at::Tensor& picture);
// What the unified blocks are fed with: sound, then picture; either may be undefined.
at::Tensor branchTokensOf(const CavmaeNet& net, const StackRunner& stacks, const at::Tensor& sound, const at::Tensor& picture);

enum class Mode { multimodal, audioOnly, videoOnly, missingAudioOnly, missingVideoOnly };
std::string_view modeName(Mode mode);  // "multimodal", "audioonly", ...
// What a model trained on `trained` does with what there is; nothing when it cannot.
std::optional<Mode> modeFor(TrainedOn trained, bool sound, bool picture);
// Logits [batch, class]; the modality that a mode does without may be undefined.
at::Tensor classify(const CavmaeNet& net, const StackRunner& stacks, Mode mode, const at::Tensor& sound,
                    const at::Tensor& picture);

}  // namespace chladni::models::cavmae
