#include "models/lyrics_mae/lyrics_reconstruct.h"

#include <algorithm>
#include <cmath>

#include <ATen/CPUGeneratorImpl.h>
#include <torch/types.h>

#include "core/nn/patches.h"
#include "core/nn/tensor_exchange.h"

namespace chladni::models::lyrics_mae {
namespace {

// [1, patch, value] to [frame, bin].
Matrix asSpectrogram(const at::Tensor& patches, const LyricsConfig& config) {
  return nn::toMatrix(nn::unpatchify(patches, config.rows(), config.columns(), 1)[0][0].t().contiguous());
}

}  // namespace

Result<void> checkRequest(const inference::MaskRequest& request, const LyricsConfig& config) {
  if (request.mode != "unstructured")
    return fail(ErrorCode::invalidArgument, "masking mode '" + request.mode + "' is not one of this model's; use unstructured");
  if (!request.soundMask.empty()) {
    if (static_cast<std::int64_t>(request.soundMask.size()) != config.patches())
      return fail(ErrorCode::invalidArgument, "the mask has " + std::to_string(request.soundMask.size()) +
                                                  " patches but the model's grid has " + std::to_string(config.patches()));
    if (std::all_of(request.soundMask.begin(), request.soundMask.end(), [](auto hidden) { return hidden != 0; }))
      return fail(ErrorCode::invalidArgument, "the mask hides every patch; leave the model at least one to see");
    return {};
  }
  if (!(request.soundRatio >= 0.0 && request.soundRatio < 1.0) || nn::keptCount(config.patches(), request.soundRatio) < 1)
    return fail(ErrorCode::invalidArgument, "a masking ratio of " + std::to_string(request.soundRatio) +
                                                " leaves the model nothing to see; use 0 to below 1");
  return {};
}

LyricsMasks masksFor(const inference::MaskRequest& request, const LyricsConfig& config, bool lyrics) {
  auto generator = at::detail::createCPUGenerator(request.seed);
  const auto soundNoise = torch::rand({1, config.patches()}, generator);
  const auto textNoise = torch::rand({1, config.tokens}, generator);
  LyricsMasks masks;
  if (request.soundMask.empty()) {
    masks.sound = nn::maskByNoise(soundNoise, request.soundRatio);
  } else {
    auto painted = torch::empty({1, config.patches()});
    std::transform(request.soundMask.begin(), request.soundMask.end(), painted.data_ptr<float>(),
                   [](std::uint8_t hidden) { return hidden != 0 ? 1.0F : 0.0F; });
    masks.sound = nn::maskByNoise(painted, static_cast<std::int64_t>(std::count(request.soundMask.begin(), request.soundMask.end(), 0)));
  }
  const auto ratio = request.soundMask.empty() ? request.soundRatio : masks.sound.mask.mean().item<double>();
  masks.text = nn::maskByNoise(textNoise, lyrics ? nn::keptCount(config.tokens, ratio) : 0);
  return masks;
}

Reconstruction describe(const LyricsNet& net, const at::Tensor& sound, const at::Tensor& ids, const Painted& painted,
                        std::int64_t padId) {
  const auto& config = net.config();
  const auto truth = net.soundTargets(sound);
  auto target = truth;
  auto predicted = painted.prediction.sound;
  Reconstruction result;
  if (config.objective.standardisedTargets) {
    const auto statistics = nn::patchStatistics(truth);
    target = nn::standardised(truth);
    predicted = predicted * statistics.deviation + statistics.mean;
    result.trueStatistics = true;
  }
  const auto error = nn::patchError(painted.prediction.sound, target).contiguous();
  const auto mask = painted.encoding.soundMask.mask.contiguous();
  const auto count = static_cast<std::size_t>(config.patches());
  result.sound.patchLoss.assign(error.data_ptr<float>(), error.data_ptr<float>() + count);
  result.sound.mask.resize(count);
  std::transform(mask.data_ptr<float>(), mask.data_ptr<float>() + count, result.sound.mask.begin(),
                 [](float hidden) { return static_cast<std::uint8_t>(hidden > 0.5F); });
  const bool anyHidden = mask.sum().item<double>() > 0.0;
  result.sound.loss = anyHidden ? nn::maskedMean(error, mask).item<double>() : 0.0;
  result.losses["mae_a"] = result.sound.loss;
  if (ids.defined()) {
    const auto text = textLoss(painted.prediction.text, ids, painted.encoding.textMask.mask,
                               config.objective.ignorePadding ? padId : -1);
    result.losses["text"] = text.item<double>();
  }
  result.soundInput = asSpectrogram(truth, config);
  result.soundPredicted = asSpectrogram(predicted, config);
  return result;
}

std::string maskTitle(const inference::MaskRequest& request) {
  if (!request.soundMask.empty()) return "painted mask";
  return "unstructured masking · " + std::to_string(std::lround(request.soundRatio * 100.0)) + " % · seed " +
         std::to_string(request.seed);
}

}  // namespace chladni::models::lyrics_mae
