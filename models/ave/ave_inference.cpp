#include "models/ave/ave_inference.h"

#include <torch/types.h>

#include "core/nn/weights.h"

namespace chladni::models::ave {
namespace {

// The same product as a layer whose bias is zero, the form that is prepared.
nn::Linear withZeroBias(const Projection& projection) {
  at::NoGradGuard guard;
  nn::Linear linear(projection.weight.size(1), projection.weight.size(0));
  linear.weight.copy_(projection.weight);
  linear.bias.zero_();
  return linear;
}

std::shared_ptr<const AveNet> onDevice(std::shared_ptr<AveNet> net, const nn::Runtime& runtime) {
  net->to(runtime.device);
  return net;
}

}  // namespace

AveInference::AveInference(std::shared_ptr<AveNet> net, const nn::Runtime& runtime)
    : runtime_(runtime), net_(onDevice(std::move(net), runtime)) {
  if (!config().attends()) return;
  video_.emplace(*net_->affine_video, runtime);
  term_.emplace(withZeroBias(*net_->affine_v), runtime);
}

at::Tensor AveInference::pictureTerm(const at::Tensor& regions) const {
  return term_->forward(video_->forward(regions.to(runtime_.type)).relu_()).to(at::kFloat);
}

std::optional<at::Tensor> AveInference::logits(const at::Tensor& sound, const at::Tensor& picture, std::stop_token stop,
                                               AveSeen* seen) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  if (stop.stop_requested()) return std::nullopt;
  const auto toDevice = [&](const at::Tensor& x) { return x.defined() ? x.to(runtime_.device) : x; };
  const auto heard = toDevice(sound);
  AveForward options{seen, {}};
  if (video_) options.pictureTerm = [this](const at::Tensor& regions) { return pictureTerm(regions); };
  const auto attended = net_->attend(heard, toDevice(picture), options);
  if (stop.stop_requested()) return std::nullopt;
  return net_->localise(heard, attended, seen).to(at::kCPU);
}

std::int64_t AveInference::parameters() const { return nn::countParameters(*net_); }

}  // namespace chladni::models::ave
