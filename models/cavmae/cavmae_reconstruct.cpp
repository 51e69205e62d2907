// CavmaeModel as a Reconstructor: hides patches of sound and picture, has the net paint them from what is left of both,
// and brings what was painted back to the units of the input.
#include <algorithm>
#include <cmath>
#include <string>

#include <torch/types.h>

#include "core/nn/mask_modes.h"
#include "core/nn/patches.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "models/cavmae/cavmae_model.h"

namespace chladni::models::cavmae {
namespace {

using inference::MaskRequest;

// What is asked of one modality.
struct Part {
  const char* name;
  bool given;  // there is an input
  nn::MaskPlan plan;
  const std::vector<std::uint8_t>& painted;
  [[nodiscard]] bool allHidden() const { return !given || (painted.empty() ? plan.ratio == 1.0 : handShown() == 0); }
  [[nodiscard]] std::int64_t handShown() const { return std::count(painted.begin(), painted.end(), 0); }
};

Result<void> checkPart(const Part& part) {
  if (!part.painted.empty() && static_cast<std::int64_t>(part.painted.size()) != part.plan.patches())
    return fail(ErrorCode::invalidArgument, "the mask of the " + std::string(part.name) + " has " +
                                                std::to_string(part.painted.size()) + " patches but the model's grid has " +
                                                std::to_string(part.plan.patches()));
  if (!part.painted.empty() || part.allHidden()) return {};
  return nn::checkMask(part.plan);
}

// Draws in every case, so that the second modality's mask does not depend on how the first one's was made.
nn::TokenMask maskOf(const Part& part, at::Generator generator) {
  auto plan = part.plan;
  if (part.allHidden() || !part.painted.empty()) plan = {nn::MaskMode::unstructured, 0.0, plan.rows, plan.columns};
  const auto drawn = nn::drawMask(plan, 1, generator);
  if (part.allHidden()) return nn::maskByNoise(torch::zeros({1, plan.patches()}), std::int64_t{0});
  if (part.painted.empty()) return drawn;
  auto hidden = torch::empty({1, plan.patches()});
  std::transform(part.painted.begin(), part.painted.end(), hidden.data_ptr<float>(),
                 [](std::uint8_t one) { return one != 0 ? 1.0F : 0.0F; });
  return nn::maskByTable(hidden);
}

// The patches painted, in units of the input where the truth allows, and how far off they are.
struct Painted {
  ReconstructedPlane plane;
  at::Tensor patches;
};

// truth [1, patch, value], undefined when there was none.
Painted painted(const at::Tensor& predicted, const at::Tensor& truth, const nn::TokenMask& mask, bool pixelNorm) {
  Painted result;
  result.patches = predicted;
  const auto count = static_cast<std::size_t>(mask.mask.size(1));
  const auto hidden = mask.mask.contiguous();
  result.plane.mask.resize(count);
  std::transform(hidden.data_ptr<float>(), hidden.data_ptr<float>() + count, result.plane.mask.begin(),
                 [](float one) { return static_cast<std::uint8_t>(one > 0.5F); });
  if (!truth.defined()) return result;
  const auto error = nn::patchError(predicted, pixelNorm ? nn::standardised(truth) : truth).contiguous();
  result.plane.patchLoss.assign(error.data_ptr<float>(), error.data_ptr<float>() + count);
  if (mask.kept < mask.mask.size(1)) result.plane.loss = nn::maskedMean(error, mask.mask).item<double>();
  if (!pixelNorm) return result;
  const auto statistics = nn::patchStatistics(truth);
  result.patches = predicted * statistics.deviation + statistics.mean;
  return result;
}

Matrix asSpectrogram(const CavmaeConfig& config, const at::Tensor& patches) {
  return nn::toMatrix(soundFromPatches(config, patches)[0].contiguous());
}

Matrix asPicture(const CavmaeConfig& config, const at::Tensor& patches) {
  const auto pixels = pictureFromPatches(config, patches)[0].permute({1, 2, 0});
  return nn::toMatrix(pixels.reshape({config.imageSize, -1}).contiguous());
}

std::string shareText(const Part& part, const nn::TokenMask& mask) {
  if (part.allHidden()) return std::string("no ") + part.name;
  return std::string(part.name) + " " + std::to_string(std::lround(100.0 * mask.mask.mean().item<double>())) + " %";
}

std::string titleOf(const MaskRequest& request, const Part& sound, const Part& picture, const MaskedInput& input) {
  const bool byHand = !sound.painted.empty() || !picture.painted.empty();
  return (byHand ? std::string("masked by hand") : request.mode + " masking") + " · " + shareText(sound, input.soundMask) +
         " · " + shareText(picture, input.pictureMask) + (byHand ? "" : " · seed " + std::to_string(request.seed));
}

}  // namespace

std::vector<std::string> CavmaeModel::modes() const { return nn::maskModeNames(); }

Result<Reconstruction> CavmaeModel::reconstruct(const inference::ModelInput& input, const MaskRequest& request,
                                                std::stop_token stop) const {
  if (classifies()) return fail(ErrorCode::unsupported, spec_.name + " cannot paint; choose a cavmae-pretrain model");
  const auto mode = nn::maskModeFromName(request.mode);
  if (!mode)
    return fail(ErrorCode::invalidArgument, "masking mode '" + request.mode +
                                            "' is unknown; there are unstructured, time, frequency, time-frequency, block, grid");
  const bool soundOnly = *mode == nn::MaskMode::time || *mode == nn::MaskMode::frequency || *mode == nn::MaskMode::timeFrequency;
  const Part sound{"sound", hears(input), {*mode, request.soundRatio, config().soundRows(), config().soundColumns()}, request.soundMask};
  const Part picture{"picture", sees(input),
                     {soundOnly ? nn::MaskMode::unstructured : *mode, request.pictureRatio, config().pictureRows(), config().pictureRows()},
                     request.pictureMask};
  for (const auto* part : {&sound, &picture})
    if (auto checked = checkPart(*part); !checked) return fail(std::move(checked).error());
  if (sound.allHidden() && picture.allHidden())
    return fail(ErrorCode::invalidArgument, "the mask leaves " + spec_.name + " nothing to see or hear; show it something of either");

  return nn::translated("reconstructing with " + spec_.name, [&]() -> Result<Reconstruction> {
    const auto clip = shown(input, stop);
    if (!clip) return fail(clip.error());
    auto generator = nn::seededGenerator(request.seed);
    MaskedInput masked{clip->sound, clip->picture, {}, {}};
    masked.soundMask = maskOf(sound, generator);
    masked.pictureMask = maskOf(picture, generator);
    const auto predicted = inference_.paint(masked, stop);
    if (!predicted) return fail(ErrorCode::cancelled, "stopped");

    const bool pixelNorm = config().pixelNorm;
    const auto soundTruth = sound.given ? soundPatches(config(), clip->sound) : at::Tensor{};
    const auto pictureTruth = picture.given ? picturePatches(config(), clip->picture) : at::Tensor{};
    auto heard = painted(predicted->sound, soundTruth, masked.soundMask, pixelNorm);
    auto seen = painted(predicted->picture, pictureTruth, masked.pictureMask, pixelNorm);
    Reconstruction result;
    result.sound = std::move(heard.plane);
    result.sound.grid = grid();
    result.soundPredicted = asSpectrogram(config(), heard.patches);
    result.picture = std::move(seen.plane);
    result.picture.grid = config().pictureGrid();
    result.picturePredicted = asPicture(config(), seen.patches);
    result.trueStatistics = pixelNorm;
    result.title = titleOf(request, sound, picture, masked);
    if (sound.given) {
      result.soundInput = asSpectrogram(config(), soundTruth);
      result.losses["mae_a"] = result.sound.loss;
    }
    if (picture.given) {
      result.pictureInput = asPicture(config(), pictureTruth);
      result.losses["mae_v"] = result.picture.loss;
    }
    if (sound.given && picture.given) result.losses["mae"] = result.sound.loss + result.picture.loss;
    if (pixelNorm && (!sound.given || !picture.given))
      result.title += " · patches of what was not given lack their own brightness and contrast";
    return result;
  });
}

}  // namespace chladni::models::cavmae
