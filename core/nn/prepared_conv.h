// PreparedConv: a convolution of a finished network, its batch norm folded in, its weights put once into the form that
// the device multiplies fastest. On the CPU pictures [batch, channel, row, column] travel between convolutions in oneDNN's
// own blocked layout (faster than channels-last memory, and nearer to the exact sum); relu_ and add_ of ATen take them as
// they are, maxPool here too. No gradients. Immutable; any thread may call. Throws c10::Error.
#pragma once

#include <array>
#include <cstdint>

#include <ATen/core/Tensor.h>

#include "core/nn/device.h"

namespace chladni::nn {

// weight [out, in / groups, height, width]; bias [out] or undefined.
struct ConvWeights {
  at::Tensor weight, bias;
};

// Statistics of a trained batch norm, [channel] each; an undefined gain is 1, an undefined shift 0.
struct BatchNormWeights {
  at::Tensor gain, shift, mean, variance;
  double epsilon = 1e-5;
  // The norm as y = scale x + offset, fp32 [channel] each, computed in double.
  [[nodiscard]] std::array<at::Tensor, 2> affine() const;
};

// The convolution followed by the norm as one convolution.
ConvWeights folded(const ConvWeights& conv, const BatchNormWeights& norm);

struct ConvShape {
  std::int64_t stride = 1;
  // Zeros before and after in rows, before and after in columns. After may be one more than before, as in TensorFlow.
  std::array<std::int64_t, 4> padding{};
  std::int64_t groups = 1;
  bool relu = false;
};

class PreparedConv {
 public:
  PreparedConv(const ConvWeights& weights, const ConvShape& shape, const Runtime& runtime);
  // Pictures of toConvInput or of another convolution.
  [[nodiscard]] at::Tensor forward(const at::Tensor& pictures) const;

 private:
  at::Tensor weight_, bias_;
  ConvShape shape_;
};

// Pictures as the convolutions want them: on the device, of its type, in its layout.
at::Tensor toConvInput(const at::Tensor& pictures, const Runtime& runtime);
// The same pictures in plain memory, of the runtime's type: what everything else wants.
at::Tensor fromConv(const at::Tensor& pictures);
// As at::max_pool2d, which throws for pictures in oneDNN's layout where LibTorch has kernels for Vulkan (Debian 13).
at::Tensor maxPool(const at::Tensor& pictures, at::IntArrayRef size, at::IntArrayRef stride = {}, at::IntArrayRef padding = 0);

}  // namespace chladni::nn
