// AsitModel as a Reconstructor: hides groups of pixels, has the net paint them, and measures by the mean absolute
// difference that it was trained with.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "models/asit/asit_model.h"

namespace chladni::models::asit {
namespace {

struct Mode {
  const char* name;
  GroupShape shape;
  bool aligned;
  GroupFill fill;
  const char* title;
};
constexpr std::array<Mode, 6> kModes{
    {{"block", GroupShape::block, false, GroupFill::zeros, "group masking"},
     {"block-aligned", GroupShape::block, true, GroupFill::zeros, "aligned group masking"},
     {"block-noise", GroupShape::block, false, GroupFill::noise, "group masking with noise"},
     {"block-alien", GroupShape::block, false, GroupFill::alien, "group masking with alien sound"},
     {"time", GroupShape::time, false, GroupFill::zeros, "time masking"},
     {"frequency", GroupShape::frequency, false, GroupFill::zeros, "frequency masking"}}};

const Mode* modeNamed(const std::string& name) {
  for (const auto& mode : kModes)
    if (name == mode.name) return &mode;
  return nullptr;
}

std::string modeNames() {
  std::string names;
  for (const auto& mode : kModes) names += (names.empty() ? "" : ", ") + std::string(mode.name);
  return names;
}

// The clip turned in a circle by half its length: the only other sound at hand where one clip is all there is.
Matrix otherHalfFirst(const Matrix& clip) {
  auto turned = clip;
  const auto middle = clip.rows / 2 * clip.columns;
  std::rotate_copy(clip.values.begin(), clip.values.begin() + static_cast<std::ptrdiff_t>(middle), clip.values.end(),
                   turned.values.begin());
  return turned;
}

// What the model is shown. A mask painted by hand is filled with zeros.
Matrix shownTo(const Matrix& clean, const PixelMask& mask, const inference::MaskRequest& request) {
  const auto fill = request.soundMask.empty() ? modeNamed(request.mode)->fill : GroupFill::zeros;
  const auto alien = otherHalfFirst(clean);
  FillNoise noise;
  noise.seed = request.seed;
  return corrupted(clean, mask, fill, &alien, noise);
}

// patches: row by row, rows are frequency.
PixelMask fromPatches(const std::vector<std::uint8_t>& patches, const AsitConfig& config) {
  PixelMask mask{config.frames, config.bins, std::vector<std::uint8_t>(static_cast<std::size_t>(config.frames * config.bins))};
  for (std::int64_t column = 0; column < config.frames; ++column)
    for (std::int64_t bin = 0; bin < config.bins; ++bin)
      mask.hidden[static_cast<std::size_t>(column * config.bins + bin)] =
          patches[static_cast<std::size_t>(bin / config.patch * config.columns() + column / config.patch)] != 0 ? 1 : 0;
  return mask;
}

// Flags and losses of the patches from those of the pixels.
ReconstructedPlane measured(const Matrix& input, const Matrix& painted, const PixelMask& mask, const AsitConfig& config,
                            const PatchGrid& grid) {
  ReconstructedPlane plane;
  plane.grid = grid;
  const auto patches = static_cast<std::size_t>(config.patches());
  plane.mask.assign(patches, 0);
  plane.patchLoss.assign(patches, 0.0F);
  std::vector<double> sums(patches, 0.0);
  std::vector<std::int64_t> counts(patches, 0);
  double sum = 0.0;
  for (std::int64_t column = 0; column < config.frames; ++column)
    for (std::int64_t bin = 0; bin < config.bins; ++bin) {
      const auto pixel = static_cast<std::size_t>(column * config.bins + bin);
      if (mask.hidden[pixel] == 0) continue;
      const auto patch = static_cast<std::size_t>(bin / config.patch * config.columns() + column / config.patch);
      const double difference = std::abs(static_cast<double>(painted.values[pixel]) - input.values[pixel]);
      plane.mask[patch] = 1;
      sums[patch] += difference;
      ++counts[patch];
      sum += difference;
    }
  for (std::size_t patch = 0; patch < patches; ++patch)
    if (counts[patch] > 0) plane.patchLoss[patch] = static_cast<float>(sums[patch] / static_cast<double>(counts[patch]));
  const auto hidden = mask.count();
  plane.loss = hidden > 0 ? sum / static_cast<double>(hidden) : 0.0;
  return plane;
}

std::string titleOf(const inference::MaskRequest& request, const PixelMask& mask) {
  const auto percent = std::to_string(std::lround(100.0 * mask.share())) + " %";
  if (!request.soundMask.empty()) return "masked by hand · " + percent;
  return std::string(modeNamed(request.mode)->title) + " · " + percent + " · seed " + std::to_string(request.seed);
}

}  // namespace

std::vector<std::string> AsitModel::modes() const {
  std::vector<std::string> names;
  for (const auto& mode : kModes) names.emplace_back(mode.name);
  return names;
}

Result<PixelMask> AsitModel::pixelMask(const inference::MaskRequest& request) const {
  const auto& config = inference_.config();
  if (!request.soundMask.empty()) {
    if (static_cast<std::int64_t>(request.soundMask.size()) != config.patches())
      return fail(ErrorCode::invalidArgument, "the mask has " + std::to_string(request.soundMask.size()) + " patches, but " +
                                                  spec_.name + " has " + std::to_string(config.patches()));
    return fromPatches(request.soundMask, config);
  }
  const auto* mode = modeNamed(request.mode);
  if (!mode)
    return fail(ErrorCode::unsupported, spec_.name + " cannot mask '" + request.mode + "'; it masks " + modeNames());
  if (!(request.soundRatio >= 0.0 && request.soundRatio <= 1.0))
    return fail(ErrorCode::invalidArgument, "the share to hide is not between 0 and 1");
  GroupMaskOptions options;
  options.shape = mode->shape;
  options.ratio = options.leastRatio = request.soundRatio;
  options.alignment = mode->aligned ? config.patch : 1;
  SeededDraws draws(request.seed);
  return drawGroupMask(config.frames, config.bins, options, draws);
}

Result<Reconstruction> AsitModel::reconstruct(const inference::ModelInput& input, const inference::MaskRequest& request,
                                              std::stop_token stop) const {
  if (!reconstructor())
    return fail(ErrorCode::unsupported, spec_.name + " has no reconstruction head; choose a pre-trained model");
  return nn::translated("reconstructing with " + spec_.name, [&]() -> Result<Reconstruction> {
    const auto mask = pixelMask(request);
    if (!mask) return fail(mask.error());
    auto clean = spectrogram(input);
    if (!clean) return fail(std::move(clean).error());
    const auto shown = nn::toTensor(shownTo(*clean, *mask, request)).unsqueeze(0);
    const auto painted = inference_.paint(shown, stop);
    if (!painted) return fail(ErrorCode::cancelled, "stopped");
    Reconstruction result;
    result.soundPredicted = nn::toMatrix((*painted)[0]);
    result.sound = measured(*clean, result.soundPredicted, *mask, inference_.config(), grid());
    result.soundInput = std::move(*clean);
    result.soundPixels = mask->hidden;
    result.losses = {{"l1", result.sound.loss}};
    result.title = titleOf(request, *mask);
    return result;
  });
}

}  // namespace chladni::models::asit
