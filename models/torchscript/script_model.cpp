#include "models/torchscript/script_model.h"

#include <algorithm>

#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "core/picture/picture_input.h"

namespace chladni::models::torchscript {
namespace {

constexpr std::int64_t kPicturesAtOnce = 8;
constexpr const char* kLogits = "logits";

Unexpected lacking(const std::string& what) {
  return fail(ErrorCode::invalidArgument, "this package needs " + what + ", and there is none in the input");
}

std::optional<std::size_t> indexOf(const std::vector<inference::FeatureTap>& taps, const std::string& name) {
  const auto it = std::find_if(taps.begin(), taps.end(), [&](const auto& tap) { return tap.name == name; });
  if (it == taps.end()) return std::nullopt;
  return static_cast<std::size_t>(it - taps.begin());
}

}  // namespace

ScriptModel::ScriptModel(inference::ModelSpec spec, ScriptConfig config, std::optional<dsp::Frontend> frontend,
                         torch::jit::Module module, const nn::Runtime& runtime)
    : spec_(std::move(spec)),
      config_(std::move(config)),
      frontend_(std::move(frontend)),
      module_(std::move(module)),
      runtime_(runtime) {}

const inference::Classifier* ScriptModel::classifier() const { return indexOf(config_.taps, kLogits) ? this : nullptr; }

Result<at::Tensor> ScriptModel::waveform(inference::Clip sound) const {
  if (sound.empty()) return lacking("sound");
  auto window = torch::zeros({1, config_.windowSamples}, at::kFloat);
  const auto count = std::min<std::size_t>(sound.size(), static_cast<std::size_t>(config_.windowSamples));
  std::copy_n(sound.begin(), count, window.data_ptr<float>());
  if (!config_.normaliseWaveform) return window;
  return at::layer_norm(window, {config_.windowSamples}, {}, {}, 1e-5);
}

Result<at::Tensor> ScriptModel::pictures(std::span<const VideoFrame> frames) const {
  if (frames.empty()) return lacking("pictures");
  const auto& picture = *spec_.frontend.picture;
  auto batch = torch::empty({static_cast<std::int64_t>(frames.size()), 3, picture.size, picture.size}, at::kFloat);
  float* out = batch.data_ptr<float>();
  for (const auto& frame : frames) {
    const auto values = picture::pictureInput(frame, picture);
    if (!values) return fail(values.error());
    out = std::copy(values->begin(), values->end(), out);
  }
  return batch;
}

Result<at::Tensor> ScriptModel::examples(const inference::ModelInput& input) const {
  if (config_.input == ScriptInput::picture) return pictures(input.frames);
  if (config_.input == ScriptInput::waveform) return waveform(input.sound);
  if (input.sound.empty()) return lacking("sound");
  const auto spectrogram = frontend_->modelInput(input.sound);
  if (!spectrogram) return fail(spectrogram.error());
  return nn::toTensor(*spectrogram).unsqueeze(0);
}

Result<at::Tensor> ScriptModel::run(const at::Tensor& examples, std::size_t tap) const {
  const auto returned = module_.forward({examples.to(runtime_.device)});
  at::Tensor value;
  std::size_t count = 1;
  if (returned.isTensor()) {
    value = returned.toTensor();
  } else if (returned.isTuple()) {
    const auto& elements = returned.toTupleRef().elements();
    count = elements.size();
    if (tap < count && elements[tap].isTensor()) value = elements[tap].toTensor();
  }
  if (count != config_.taps.size() || !value.defined())
    return fail(ErrorCode::incompatibleModel, "the script returns no tuple of " + std::to_string(config_.taps.size()) +
                                                  " tensors, as its taps say; export the package again");
  const auto& wanted = config_.taps[tap];
  std::vector<std::int64_t> shape{examples.size(0)};
  shape.insert(shape.end(), wanted.shape.begin(), wanted.shape.end());
  if (value.sizes() != at::IntArrayRef(shape))
    return fail(ErrorCode::incompatibleModel, "tap '" + wanted.name + "' of the script is " + nn::shapeText(value) + ", expected " +
                                                  nn::shapeText(shape) + "; export the package again");
  return value.to(at::kCPU, at::kFloat);
}

template <class Take>
Result<void> ScriptModel::eachRow(std::span<const inference::ModelInput> inputs, std::size_t tap, const std::stop_token& stop,
                                  Take take) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto made = examples(inputs[i]);
    if (!made) return fail(made.error(), "preparing input " + std::to_string(i) + " for " + spec_.name);
    at::Tensor sum;
    for (const auto& part : made->split(kPicturesAtOnce)) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
      const auto values = run(part, tap);
      if (!values) return fail(values.error());
      sum = sum.defined() ? sum + values->sum(0) : values->sum(0);
    }
    const auto row = (sum / static_cast<double>(made->size(0))).contiguous();
    take(i, std::span<const float>(row.template data_ptr<float>(), static_cast<std::size_t>(row.numel())));
  }
  return {};
}

Result<inference::FeatureBlock> ScriptModel::features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                                      std::stop_token stop) const {
  const auto index = tap.empty() ? std::optional<std::size_t>(0) : indexOf(config_.taps, tap);
  if (!index) {
    std::string known;
    for (const auto& item : config_.taps) known += (known.empty() ? "" : ", ") + item.name;
    return fail(ErrorCode::invalidArgument, "the package has no tap '" + tap + "'; it has: " + known);
  }
  return nn::translated("features of " + spec_.name, [&]() -> Result<inference::FeatureBlock> {
    inference::FeatureBlock block;
    block.rows = static_cast<std::int64_t>(windows.size());
    block.shape = config_.taps[*index].shape;
    block.hopSeconds = hopSeconds();
    block.windowSeconds = windowSeconds();
    auto done = eachRow(windows, *index, stop, [&](std::size_t, std::span<const float> row) {
      block.values.insert(block.values.end(), row.begin(), row.end());
    });
    if (!done) return fail(std::move(done).error());
    return block;
  });
}

Result<Matrix> ScriptModel::logitsOf(std::span<const inference::ModelInput> inputs, std::stop_token stop) const {
  const auto index = indexOf(config_.taps, kLogits);
  if (!index) return fail(ErrorCode::unsupported, spec_.name + " has no tap logits and so no classes");
  return nn::translated("classifying with " + spec_.name, [&]() -> Result<Matrix> {
    Matrix all(static_cast<std::int64_t>(inputs.size()), static_cast<std::int64_t>(spec_.classes.size()));
    auto done = eachRow(inputs, *index, stop, [&](std::size_t i, std::span<const float> row) {
      std::copy(row.begin(), row.end(), all.row(static_cast<std::int64_t>(i)).begin());
    });
    if (!done) return fail(std::move(done).error());
    return all;
  });
}

}  // namespace chladni::models::torchscript
