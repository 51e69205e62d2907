#include "models/ave/stem_model.h"

#include <algorithm>
#include <cmath>

#include <torch/types.h>

#include "core/nn/load_package.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/translate.h"
#include "core/nn/weights.h"
#include "core/picture/motion_picture.h"

namespace chladni::models::ave {
namespace {

constexpr std::int64_t kMostWidth = 4096;

Result<std::int64_t> widthOf(const inference::ModelSpec& spec) {
  const auto width = spec.number("width");
  if (!width || !(*width >= 1.0 && *width <= kMostWidth) || *width != std::floor(*width))
    return fail(ErrorCode::incompatibleModel, "architecture field 'width' is not a whole number from 1 to " + std::to_string(kMostWidth) + "; correct model.json");
  return static_cast<std::int64_t>(*width);
}

template <class Net>
Result<void> fill(Net& net, const inference::ModelSpec& spec, const nn::Runtime& runtime) {
  auto tensors = nn::weightsOfPackage(spec);
  if (!tensors) return fail(std::move(tensors).error());
  if (auto loaded = nn::loadWeights(net, *tensors); !loaded) return loaded;
  net.to(runtime.device);
  return {};
}

}  // namespace

Result<std::shared_ptr<const StemModel>> StemModel::load(const inference::ModelSpec& spec, const inference::RuntimeOptions& options) {
  auto runtime = nn::resolveRuntime(options);
  if (!runtime) return fail(runtime.error());
  const auto width = widthOf(spec);
  if (!width) return fail(width.error());
  auto model = std::shared_ptr<StemModel>(new StemModel(spec, *runtime, *width));
  if (spec.family == kEarFamily) {
    auto frontend = dsp::Frontend::create(spec.frontend);
    if (!frontend) return fail(frontend.error());
    if (!spec.frontend.sound || spec.frontend.targetFrames < 16 || frontend->bins() < 16)
      return fail(ErrorCode::incompatibleModel, "frontend: an ear needs sound, at least 16 columns and 16 bands; correct model.json");
    model->frontend_.emplace(std::move(*frontend));
    auto net = std::make_shared<EarNet>(spec.frontend.targetFrames, model->frontend_->bins(), *width);
    if (auto filled = fill(*net, spec, *runtime); !filled) return fail(filled.error());
    model->ear_ = std::move(net);
  } else {
    if (!spec.frontend.picture || spec.frontend.picture->size < kEyeStride || spec.frontend.picture->size % kEyeStride != 0)
      return fail(ErrorCode::incompatibleModel, "frontend.picture: an eye needs a size that 16 divides; correct model.json");
    auto net = std::make_shared<EyeNet>(*width);
    if (auto filled = fill(*net, spec, *runtime); !filled) return fail(filled.error());
    model->eye_ = std::move(net);
  }
  return std::shared_ptr<const StemModel>(std::move(model));
}

std::int64_t StemModel::parameters() const { return nn::countParameters(ear_ ? static_cast<const torch::nn::Module&>(*ear_) : *eye_); }

std::vector<inference::FeatureTap> StemModel::taps() const {
  if (ear_) return {{"vector", {width_}}};
  const std::int64_t side = spec_.frontend.picture->size / kEyeStride;
  return {{"grid", {side, side, width_}}};
}

Result<at::Tensor> StemModel::inputOf(const inference::ModelInput& window) const {
  if (ear_) {
    if (window.sound.empty()) return fail(ErrorCode::invalidArgument, spec_.name + " needs sound, and there is none in the input");
    auto table = frontend_->modelInput(window.sound);
    if (!table) return fail(table.error());
    return nn::toTensor(*table);
  }
  auto planes = picture::motionPicture(window.frames, *spec_.frontend.picture);
  if (!planes) return fail(planes.error());
  const std::int64_t size = spec_.frontend.picture->size;
  return torch::tensor(at::ArrayRef<float>(*planes)).reshape({picture::kMotionPlanes, size, size});
}

Result<inference::FeatureBlock> StemModel::features(std::span<const inference::ModelInput> windows, const std::string& tap,
                                                    std::stop_token stop) const {
  const auto known = taps().front();
  if (!tap.empty() && tap != known.name) return fail(ErrorCode::invalidArgument, "the backbone has no tap '" + tap + "'; it has: " + known.name);
  return nn::translated("features of " + spec_.name, [&]() -> Result<inference::FeatureBlock> {
    at::NoGradGuard guard;
    nn::takeThreads();
    inference::FeatureBlock block{static_cast<std::int64_t>(windows.size()), known.shape, {}, 1.0, 1.0};
    if (windows.empty()) return block;
    std::vector<at::Tensor> inputs;
    for (const auto& window : windows) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
      auto input = inputOf(window);
      if (!input) return fail(input.error());
      inputs.push_back(*input);
    }
    const auto batch = at::stack(inputs).to(runtime_.device);
    const auto rows = (ear_ ? ear_->forward(batch) : eye_->forward(batch)).to(at::kCPU).contiguous();
    block.values.assign(rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel());
    return block;
  });
}

}  // namespace chladni::models::ave
