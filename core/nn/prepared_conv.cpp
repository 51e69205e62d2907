#include "core/nn/prepared_conv.h"

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/one_dnn.h"

namespace chladni::nn {
namespace {

bool usesOneDnn(const Runtime& runtime) {
  return runtime.device.is_cpu() && runtime.type != at::kDouble && oneDnnUsable();
}

}  // namespace

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
  auto& pad = shape_.padding;
  CHLADNI_ASSERT(pad[1] - pad[0] <= 1 && pad[1] >= pad[0] && pad[3] - pad[2] <= 1 && pad[3] >= pad[2]);
  // One zero more behind than before: a kernel that begins with a row of zeros and as many zeros on both sides.
  weight_ = at::constant_pad_nd(weights.weight.detach(), {pad[3] - pad[2], 0, pad[1] - pad[0], 0}, 0)
                .to(runtime.device, runtime.type);
  if (weights.bias.defined()) bias_ = weights.bias.detach().to(runtime.device, runtime.type);
  if (!usesOneDnn(runtime)) {
    weight_ = weight_.contiguous(at::MemoryFormat::ChannelsLast);
    return;
  }
  const auto prepared = weight_.contiguous().to_mkldnn();
  weight_ = at::mkldnn_reorder_conv2d_weight(prepared, {pad[1], pad[3]}, {shape.stride, shape.stride}, {1, 1}, shape.groups);
  if (bias_.defined()) bias_ = bias_.to_mkldnn();
}

at::Tensor PreparedConv::forward(const at::Tensor& pictures) const {
  const std::array<std::int64_t, 2> padding{shape_.padding[1], shape_.padding[3]};
  auto result = at::conv2d(pictures, weight_, bias_, shape_.stride, padding, 1, shape_.groups);
  if (shape_.relu) result.relu_();
  return result;
}

at::Tensor toConvInput(const at::Tensor& pictures, const Runtime& runtime) {
  const auto moved = pictures.to(runtime.device, runtime.type);
  return usesOneDnn(runtime) ? moved.contiguous().to_mkldnn() : moved.contiguous(at::MemoryFormat::ChannelsLast);
}

at::Tensor fromConv(const at::Tensor& pictures) { return pictures.is_mkldnn() ? pictures.to_dense() : pictures; }

at::Tensor maxPool(const at::Tensor& pictures, at::IntArrayRef size, at::IntArrayRef stride, at::IntArrayRef padding) {
  return pictures.is_mkldnn() ? at::mkldnn_max_pool2d(pictures, size, stride, padding)
                              : at::max_pool2d(pictures, size, stride, padding);
}

}  // namespace chladni::nn
