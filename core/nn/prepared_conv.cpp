#include "core/nn/prepared_conv.h"

#include <torch/types.h>

namespace chladni::nn {

std::array<at::Tensor, 2> BatchNormWeights::affine() const {
  at::NoGradGuard guard;
  auto scale = at::rsqrt(variance.to(at::kDouble) + epsilon);
  if (gain.defined()) scale = scale * gain.to(at::kDouble);
  auto offset = -mean.to(at::kDouble) * scale;
  if (shift.defined()) offset = offset + shift.to(at::kDouble);
  return {scale.to(at::kFloat), offset.to(at::kFloat)};
}

ConvWeights folded(const ConvWeights& conv, const BatchNormWeights& norm) {
  at::NoGradGuard guard;
  const auto [scale, offset] = norm.affine();
  ConvWeights result;
  result.weight = conv.weight.to(at::kFloat) * scale.view({-1, 1, 1, 1});
  result.bias = conv.bias.defined() ? offset + scale * conv.bias.to(at::kFloat) : offset;
  return result;
}

PreparedConv::PreparedConv(const ConvWeights& weights, const ConvShape& shape, const Runtime& runtime) : shape_(shape) {
  at::NoGradGuard guard;
  const auto& pad = shape.padding;
  symmetric_ = pad[0] == pad[1] && pad[2] == pad[3];
  weight_ = weights.weight.detach().to(runtime.device, runtime.type).contiguous(at::MemoryFormat::ChannelsLast);
  if (weights.bias.defined()) bias_ = weights.bias.detach().to(runtime.device, runtime.type);
}

at::Tensor PreparedConv::forward(const at::Tensor& pictures) const {
  const auto& pad = shape_.padding;
  const auto padded = symmetric_ ? pictures : at::constant_pad_nd(pictures, {pad[2], pad[3], pad[0], pad[1]}, 0);
  const std::array<std::int64_t, 2> rest{symmetric_ ? pad[0] : 0, symmetric_ ? pad[2] : 0};
  auto result = at::conv2d(padded, weight_, bias_, shape_.stride, rest, 1, shape_.groups);
  if (shape_.relu) result.relu_();
  return result;
}

at::Tensor toConvInput(const at::Tensor& pictures, const Runtime& runtime) {
  return pictures.to(runtime.device, runtime.type).contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace chladni::nn
