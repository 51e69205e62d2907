#include "models/asit/asit_views.h"

#include <algorithm>
#include <cmath>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"

namespace chladni::models::asit {
namespace {

std::vector<float> cut(std::span<const float> sound, std::int64_t samples, Random& random) {
  const auto length = static_cast<std::int64_t>(sound.size());
  const auto start = length > samples ? random.below(length - samples + 1) : 0;
  std::vector<float> clip(static_cast<std::size_t>(samples), 0.0F);
  std::copy_n(sound.begin() + start, std::min(length, samples), clip.begin());
  return clip;
}

at::Tensor asTensor(const std::vector<PixelMask>& masks) {
  std::vector<at::Tensor> tables;
  for (const auto& mask : masks)
    tables.push_back(torch::tensor(at::ArrayRef<std::uint8_t>(mask.hidden), torch::kUInt8).reshape({mask.columns, mask.bins}));
  return torch::stack(tables);
}

}  // namespace

std::array<std::vector<float>, 2> drawTwoClips(std::span<const float> sound, std::int64_t samples, double rotationChance,
                                               Random& random) {
  std::vector<float> turned(sound.begin(), sound.end());
  if (!turned.empty() && random.chance(rotationChance))
    std::rotate(turned.begin(), turned.begin() + random.below(static_cast<std::int64_t>(turned.size())), turned.end());
  auto first = cut(turned, samples, random);
  return {std::move(first), cut(turned, samples, random)};
}

Result<ViewBatch> makeViews(std::span<const std::span<const float>> sounds, const dsp::Frontend& frontend,
                            const PretrainSettings& settings, Random& random) {
  const auto samples = std::llround(settings.clipSeconds * frontend.spec().rate.hz());
  std::array<std::vector<Matrix>, 2> clean;
  for (const auto sound : sounds) {
    const auto clips = drawTwoClips(sound, samples, settings.rotationChance, random);
    for (std::size_t view = 0; view < clips.size(); ++view) {
      auto table = frontend.modelInput(clips[view]);
      if (!table) return fail(std::move(table).error());
      clean[view].push_back(std::move(*table));
    }
  }
  std::array<ViewBatch, 2> views;  // alien content stays within a view
  for (std::size_t view = 0; view < clean.size(); ++view) {
    const auto batch = corruptBatch(clean[view], settings.mask, settings.alienRatio, random);
    views[view] = {nn::toTensor(std::span<const Matrix>(clean[view])), nn::toTensor(std::span<const Matrix>(batch.pictures)),
                   asTensor(batch.masks)};
  }
  return ViewBatch{torch::cat({views[0].clean, views[1].clean}), torch::cat({views[0].corrupted, views[1].corrupted}),
                   torch::cat({views[0].hidden, views[1].hidden})};
}

}  // namespace chladni::models::asit
