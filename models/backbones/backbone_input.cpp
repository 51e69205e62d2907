#include "models/backbones/backbone_input.h"

#include <algorithm>
#include <cmath>

#include <torch/types.h>

#include "core/dsp/log_mel.h"
#include "core/nn/tensor_exchange.h"
#include "core/picture/picture_input.h"

namespace chladni::models::backbones {
namespace {

constexpr double kDefaultHopSeconds = 0.1;

// A front end that keeps every frame: the net's own example size is cut out here.
FrontendSpec unlimited(const FrontendSpec& spec) {
  FrontendSpec copy = spec;
  copy.targetFrames = 0;
  return copy;
}

std::vector<float> filledUp(inference::Clip sound, std::int64_t before, std::int64_t samples) {
  std::vector<float> filled(static_cast<std::size_t>(before), 0.0F);
  filled.insert(filled.end(), sound.begin(), sound.end());
  if (static_cast<std::int64_t>(filled.size()) < samples) filled.resize(static_cast<std::size_t>(samples), 0.0F);
  return filled;
}

Unexpected lacking(const char* what) {
  return fail(ErrorCode::invalidArgument, std::string("this backbone needs ") + what + ", and there is none in the input");
}

}  // namespace

std::int64_t windowCount(std::int64_t samples, std::int64_t window, std::int64_t hop) {
  return samples <= window ? 1 : (samples - window + hop - 1) / hop + 1;
}

Result<BackboneInput> BackboneInput::create(const Kind& kind, const inference::ModelSpec& spec) {
  if (!kind.sound) return BackboneInput(kind, spec, std::nullopt);
  auto frontend = dsp::Frontend::create(unlimited(spec.frontend));
  if (!frontend) return fail(std::move(frontend).error());
  const auto rate = static_cast<double>(spec.frontend.rate.hz());
  const auto hopSeconds = spec.number("example_hop_seconds").value_or(kDefaultHopSeconds);
  if (!(hopSeconds > 0.0 && hopSeconds < 86'400.0))
    return fail(ErrorCode::incompatibleModel, "architecture field 'example_hop_seconds' is not above 0; correct model.json");
  BackboneInput input(kind, spec, std::move(*frontend));
  const double frames = static_cast<double>(spec.frontend.targetFrames - 1) * spec.frontend.frameShiftMs / 1000.0 * rate;
  input.windowSamples_ = kind.windowsOfSound ? std::llround(rate)
                                             : std::llround(frames) + std::llround(spec.frontend.frameLengthMs / 1000.0 * rate);
  input.hopSamples_ = std::max<std::int64_t>(1, std::llround(hopSeconds * rate));
  input.centre_ = spec.flag("centre").value_or(true);
  return input;
}

Result<at::Tensor> BackboneInput::examples(const inference::ModelInput& input, std::size_t most) const {
  if (!kind_.sound) return pictures(input.frames, most);
  if (input.sound.empty()) return lacking("sound");
  return kind_.windowsOfSound ? windows(input.sound, most) : patches(input.sound, most);
}

Result<at::Tensor> BackboneInput::patches(inference::Clip sound, std::size_t most) const {
  const auto filled = filledUp(sound, 0, windowSamples_);
  auto features = frontend_->modelInput(filled);
  if (!features) return fail(std::move(features).error());
  if (features->rows < spec_.targetFrames) {
    features->rows = spec_.targetFrames;
    features->values.resize(static_cast<std::size_t>(features->rows * features->columns), spec_.padValue);
  }
  auto cut = dsp::slicePatches(*features, spec_.targetFrames, spec_.logMel.patchHopFrames);
  cut.resize(std::min(cut.size(), most));
  return nn::toTensor(std::span<const Matrix>(cut));
}

Result<at::Tensor> BackboneInput::windows(inference::Clip sound, std::size_t most) const {
  const auto before = centre_ ? windowSamples_ / 2 : 0;
  const auto count = windowCount(before + static_cast<std::int64_t>(sound.size()), windowSamples_, hopSamples_);
  const auto filled = filledUp(sound, before, (count - 1) * hopSamples_ + windowSamples_);
  std::vector<Matrix> made;
  for (std::int64_t i = 0; i < count && made.size() < most; ++i) {
    const auto start = i * hopSamples_;
    auto features = frontend_->modelInput(std::span(filled).subspan(static_cast<std::size_t>(start), static_cast<std::size_t>(windowSamples_)));
    if (!features) return fail(std::move(features).error());
    if (features->rows != spec_.targetFrames)
      return fail(ErrorCode::incompatibleModel, "the front end makes " + std::to_string(features->rows) + " frames of a second, not the " +
                                                    std::to_string(spec_.targetFrames) + " that model.json says");
    made.push_back(std::move(*features));
  }
  return nn::toTensor(std::span<const Matrix>(made));
}

Result<at::Tensor> BackboneInput::pictures(std::span<const VideoFrame> frames, std::size_t most) const {
  if (frames.empty()) return lacking("pictures");
  const auto count = std::min(frames.size(), most);
  const std::int64_t size = spec_.picture->size;
  auto batch = torch::empty({static_cast<std::int64_t>(count), 3, size, size}, at::kFloat);
  float* out = batch.data_ptr<float>();
  for (const auto& frame : frames.first(count)) {
    auto picture = picture::pictureInput(frame, *spec_.picture);
    if (!picture) return fail(std::move(picture).error());
    out = std::copy(picture->begin(), picture->end(), out);
  }
  return batch;
}

}  // namespace chladni::models::backbones
