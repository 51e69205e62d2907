// The small backbones that learn together with a localiser: the ear turns a second's log-mel table into a vector, the eye
// turns a second's planes (the middle frame and what moved, core/picture/motion_picture.h) into a grid of vectors. Plain
// convolutions with group normalisation, so that one clip alone gives what it gives in a batch. No run state.
// Throws c10::Error.
#pragma once

#include <memory>
#include <vector>

#include "core/data/frontend_spec.h"
#include "core/nn/conv_step.h"

namespace chladni::models::ave {

inline constexpr std::int64_t kEyeStride = 16;  // pixels from one region to the next

class EarNet : public torch::nn::Module {
 public:
  EarNet(std::int64_t columns, std::int64_t bands, std::int64_t width);
  at::Tensor forward(const at::Tensor& tables) const;  // [row, column, band] -> [row, width]

 private:
  std::vector<std::shared_ptr<nn::ConvStep>> steps_;
  at::Tensor weight_, bias_;
};

class EyeNet : public torch::nn::Module {
 public:
  explicit EyeNet(std::int64_t width);
  at::Tensor forward(const at::Tensor& planes) const;  // [row, 4, size, size] -> [row, region, width]

 private:
  std::vector<std::shared_ptr<nn::ConvStep>> steps_;
};

}  // namespace chladni::models::ave
