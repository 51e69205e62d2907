#include "models/ave/stem_net.h"

#include <torch/types.h>

#include "core/picture/motion_picture.h"

namespace chladni::models::ave {
using nn::ConvStep;

EarNet::EarNet(std::int64_t columns, std::int64_t bands, std::int64_t width) {
  const std::vector<ConvStep::Shape> shapes{{1, 24, 5, 2}, {24, 48, 3, 2}, {48, 96, 3, 2}, {96, width, 3, 2}};
  for (const auto& shape : shapes) {
    steps_.push_back(register_module("step" + std::to_string(steps_.size()), std::make_shared<ConvStep>(shape)));
    columns = (columns + 1) / 2;
    bands = (bands + 1) / 2;
  }
  weight_ = register_parameter("weight", torch::empty({width, 2 * width * bands}));
  nn::initialiseForRectifier(weight_, 2 * width * bands);
  bias_ = register_parameter("bias", torch::zeros({width}));
}

// Over time the mean and the peak are kept, over pitch every band.
at::Tensor EarNet::forward(const at::Tensor& tables) const {
  auto x = tables.unsqueeze(1);
  for (const auto& step : steps_) x = step->forward(x);
  const auto both = at::cat({x.mean(2), x.amax(2)}, 1).flatten(1);
  return at::linear(both, weight_, bias_).relu();
}

EyeNet::EyeNet(std::int64_t width) {
  const std::vector<ConvStep::Shape> shapes{{picture::kMotionPlanes, 16, 5, 2}, {16, 32, 3, 2}, {32, 64, 3, 2}, {64, width, 3, 2}, {width, width, 3, 1}};
  for (const auto& shape : shapes)
    steps_.push_back(register_module("step" + std::to_string(steps_.size()), std::make_shared<ConvStep>(shape)));
}

at::Tensor EyeNet::forward(const at::Tensor& planes) const {
  auto x = planes;
  for (const auto& step : steps_) x = step->forward(x);
  return x.flatten(2).transpose(1, 2).contiguous();
}

}  // namespace chladni::models::ave
