#include "models/bag_of_codes/bag_model.h"

#include <algorithm>
#include <cmath>

#include <torch/types.h>

#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "models/bag_of_codes/bag_patches.h"
#include "models/bag_of_codes/bag_training.h"

namespace chladni::models::bag {
namespace {

constexpr char kCentreSuffix[] = "-centre";

Unexpected cancelled() { return fail(ErrorCode::cancelled, "stopped"); }

struct Mode {
  PatchKind kind;
  bool fromCentres;
};

std::optional<Mode> modeNamed(const std::string& name) {
  for (const auto kind : kPatchKinds) {
    if (name == nameOf(kind)) return Mode{kind, false};
    if (name == std::string(nameOf(kind)) + kCentreSuffix) return Mode{kind, true};
  }
  return std::nullopt;
}

// Whole seconds of a clip; one that is shorter counts as one.
std::vector<inference::Clip> secondsOf(inference::Clip sound, std::size_t samples) {
  std::vector<inference::Clip> seconds;
  for (std::size_t first = 0; first + samples <= sound.size(); first += samples)
    seconds.push_back(sound.subspan(first, samples));
  if (seconds.empty()) seconds.push_back(sound);
  return seconds;
}

// Logits [second, class] to those of the mean probability. In double, because the mean of near certainties is read back.
at::Tensor clipLogits(const at::Tensor& logits, bool multiLabel) {
  if (logits.size(0) == 1) return logits[0];
  constexpr double kEdge = 1e-12;
  if (!multiLabel) return clipProbabilities(logits.to(at::kDouble).softmax(-1)).clamp_min(kEdge).log().to(at::kFloat);
  return at::logit(clipProbabilities(logits.to(at::kDouble).sigmoid()), kEdge).to(at::kFloat);
}

// [bin, frame] to [frame, bin].
Matrix upright(const at::Tensor& picture) { return nn::toMatrix(picture.t().contiguous()); }

}  // namespace

BagModel::BagModel(inference::ModelSpec spec, dsp::Frontend frontend, BagInference inference)
    : spec_(std::move(spec)), frontend_(std::move(frontend)), inference_(std::move(inference)) {}

double BagModel::windowSeconds() const {
  return static_cast<double>(inference_.config().frames) * spec_.frontend.frameShiftMs / 1000.0;
}

std::size_t BagModel::windowSamples() const {
  return static_cast<std::size_t>(std::max(1.0, std::round(windowSeconds() * spec_.frontend.rate.hz())));
}

Result<Matrix> BagModel::picture(inference::Clip second) const {
  if (second.empty())
    return fail(ErrorCode::invalidArgument, spec_.name + " needs sound and was given none; choose a recording with sound");
  auto table = frontend_.modelInput(second);
  if (!table) return fail(std::move(table).error(), "preparing a clip for " + spec_.name);
  return table;
}

template <class Each>
Result<void> BagModel::encodeSeconds(std::span<const inference::Clip> seconds, std::stop_token stop, const Each& each) const {
  const std::size_t batch = inference_.runtime().device.is_cpu() ? 16 : 256;
  for (std::size_t first = 0; first < seconds.size(); first += batch) {
    std::vector<Matrix> pictures;
    for (const auto& second : seconds.subspan(first, std::min(batch, seconds.size() - first))) {
      if (stop.stop_requested()) return cancelled();
      auto made = picture(second);
      if (!made) return fail(std::move(made).error());
      pictures.push_back(std::move(*made));
    }
    const auto stacked = nn::toTensor(std::span<const Matrix>(pictures)).transpose(1, 2);  // [second, bin, frame]
    const auto codes = inference_.codes(stacked, stop);
    if (!codes) return fail(codes.error());
    each(*codes);
  }
  return {};
}

Result<Matrix> BagModel::logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  return nn::translated("classifying with " + spec_.name, [&]() -> Result<Matrix> {
    if (inputs.empty()) return Matrix(0, inference_.config().classes);
    std::vector<inference::Clip> seconds;
    std::vector<std::int64_t> counts;
    for (const auto& input : inputs) {
      const auto own = secondsOf(input.sound, windowSamples());
      seconds.insert(seconds.end(), own.begin(), own.end());
      counts.push_back(static_cast<std::int64_t>(own.size()));
    }
    std::vector<at::Tensor> parts;
    auto done = encodeSeconds(seconds, stop, [&](const BagInference::Codes& codes) {
      parts.push_back(inference_.logits(codes.counts));
    });
    if (!done) return fail(std::move(done).error());
    const auto logits = at::cat(parts);  // [second, class]
    std::vector<at::Tensor> rows;
    std::int64_t first = 0;
    for (const auto count : counts) {
      rows.push_back(clipLogits(logits.narrow(0, first, count), spec_.multiLabel));
      first += count;
    }
    return nn::toMatrix(at::stack(rows));
  });
}

std::vector<inference::FeatureTap> BagModel::taps() const {
  return {{"counts", {inference_.config().counts()}}, {"codes", {inference_.config().patches()}}};
}

Result<inference::FeatureBlock> BagModel::features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                                   std::stop_token stop) const {
  const auto known = taps();
  const auto wanted = tap.empty() ? known.front().name : tap;
  const auto found = std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.name == wanted; });
  if (found == known.end())
    return fail(ErrorCode::invalidArgument, spec_.name + " has no output '" + tap + "'; use counts or codes");
  return nn::translated("features of " + spec_.name, [&]() -> Result<inference::FeatureBlock> {
    std::vector<inference::Clip> seconds;
    for (const auto& window : windows) seconds.push_back(window.sound);
    inference::FeatureBlock block;
    block.rows = static_cast<std::int64_t>(windows.size());
    block.shape = found->shape;
    block.hopSeconds = hopSeconds();
    block.windowSeconds = windowSeconds();
    auto done = encodeSeconds(seconds, stop, [&](const BagInference::Codes& codes) {
      if (wanted == "counts") {
        block.values.insert(block.values.end(), codes.counts.values.begin(), codes.counts.values.end());
        return;
      }
      for (std::int64_t second = 0; second < codes.counts.rows; ++second)
        for (const auto kind : kPatchKinds) {
          const auto& indices = codes.indices[static_cast<std::size_t>(kind)];
          const auto count = inference_.config().shape(kind).count();
          block.values.insert(block.values.end(), indices.begin() + second * count, indices.begin() + (second + 1) * count);
        }
    });
    if (!done) return fail(std::move(done).error());
    return block;
  });
}

std::vector<std::string> BagModel::modes() const {
  std::vector<std::string> names;
  for (const auto* suffix : {"", kCentreSuffix})
    for (auto kind = kPatchKinds.rbegin(); kind != kPatchKinds.rend(); ++kind) names.push_back(std::string(nameOf(*kind)) + suffix);
  return names;
}

Result<Reconstruction> BagModel::reconstruct(const inference::ModelInput& input, const inference::MaskRequest& request,
                                             std::stop_token stop) const {
  const auto mode = modeNamed(request.mode);
  if (!mode)
    return fail(ErrorCode::unsupported, spec_.name + " cannot paint in mode '" + request.mode +
                                            "'; use pat, fenv, env or whole, or one of them with " + kCentreSuffix);
  if (!request.soundMask.empty())
    return fail(ErrorCode::unsupported, spec_.name + " hides nothing and takes no mask; leave the mask out");
  return nn::translated("painting with " + spec_.name, [&]() -> Result<Reconstruction> {
    if (stop.stop_requested()) return cancelled();
    const auto& config = inference_.config();
    const auto table = picture(input.sound);
    if (!table) return fail(table.error());
    const auto shown = pictureFor(mode->kind, nn::toTensor(*table).t().unsqueeze(0), config);  // [1, bin, frame]
    const auto shape = config.shape(mode->kind);
    const auto patches = cutPatches(shown, shape)[0].contiguous();
    const auto painted = inference_.paint(mode->kind, patches, mode->fromCentres);
    if (!painted) return fail(painted.error());
    const auto losses = (*painted - patches).square().mean(1).contiguous();  // [patch]

    Reconstruction result;
    result.soundInput = upright(shown[0]);
    result.soundPredicted = upright(joinPatches(painted->unsqueeze(0), shape)[0]);
    result.sound.grid = config.grid(mode->kind, spec_.frontend.frameShiftMs / 1000.0);
    result.sound.mask.assign(static_cast<std::size_t>(shape.count()), 1);
    result.sound.patchLoss.assign(losses.data_ptr<float>(), losses.data_ptr<float>() + losses.numel());
    result.sound.loss = losses.mean().item<double>();
    result.losses["mse"] = result.sound.loss;
    result.title = std::string("painted from ") + (mode->fromCentres ? "the nearest centres of kind '" : "the codes of kind '") +
                   nameOf(mode->kind) + "'";
    return result;
  });
}

}  // namespace chladni::models::bag
