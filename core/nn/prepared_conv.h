// PreparedConv: a convolution of a finished network, its batch norm folded in, its weights put once into the form that
// the device multiplies fastest. Pictures [batch, channel, row, column] of the runtime's type, in channels-last memory;
// no gradients. Immutable; any thread may call. Throws c10::Error.
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
  std::array<std::int64_t, 4> padding{};  // zeros before and after in rows, before and after in columns
  std::int64_t groups = 1;
  bool relu = false;
};

class PreparedConv {
 public:
  PreparedConv(const ConvWeights& weights, const ConvShape& shape, const Runtime& runtime);
  [[nodiscard]] at::Tensor forward(const at::Tensor& pictures) const;

 private:
  at::Tensor weight_, bias_;
  ConvShape shape_;
  bool symmetric_ = true;
};

// A picture or batch of them as the convolutions want it: on the device, of its type, channels last in memory.
at::Tensor toConvInput(const at::Tensor& pictures, const Runtime& runtime);

}  // namespace chladni::nn
