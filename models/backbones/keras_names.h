// Names and axes of Keras and TensorFlow variables. A variable is "layer/part" with an optional ":0" and enclosing
// scopes; kernels are [height, width, in, out], depthwise ones [height, width, channel, 1], dense ones [in, out].
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <ATen/core/Tensor.h>

namespace chladni::models::backbones {

struct KerasVariable {
  std::string layer;  // "conv2d_3", "layer4/depthwise_conv"
  std::string part;   // "kernel", "bias", "gamma", ...
};

// Nothing for what only an optimiser needs.
std::optional<KerasVariable> kerasVariable(const std::string& name);

// How a tensor is laid out anew besides the usual turning of its axes.
enum class Layout {
  plain,
  flattenedMap  // a dense kernel whose inputs are a map [7, 7, channel] laid out flat; ours is [channel, 7, 7]
};
// Our name of the variable; nothing when the family has no such layer.
std::optional<std::pair<std::string, Layout>> kerasName(std::string_view family, const KerasVariable& variable);
// The tensor with its axes in our order; nothing when it has an unexpected number of dimensions.
std::optional<at::Tensor> kerasTensor(const KerasVariable& variable, Layout layout, const at::Tensor& tensor);

}  // namespace chladni::models::backbones
