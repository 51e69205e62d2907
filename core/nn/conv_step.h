// ConvStep: a convolution without bias, normalisation over groups of channels, and a rectifier. Nothing of it depends on
// the rest of a batch, so that one clip alone gives what it gives among others. [row, in, height, width] to
// [row, out, ceil(height / stride), ceil(width / stride)]; normalises in fp32 also under autocast. Parameters: "weight",
// "gain", "offset". No run state. Throws c10::Error.
#pragma once

#include <torch/nn/module.h>

namespace chladni::nn {

class ConvStep : public torch::nn::Module {
 public:
  struct Shape {
    std::int64_t in = 1, out = 1, kernel = 3, stride = 2;
  };
  explicit ConvStep(const Shape& shape);
  at::Tensor forward(const at::Tensor& x) const;
  void initialise();  // from torch's generator

 private:
  at::Tensor kernel_, gain_, offset_;
  std::int64_t stride_, padding_, groups_;
};

// Uniform, so wide that a rectifier keeps the spread of what comes in (He et al. 2015).
void initialiseForRectifier(at::Tensor weight, std::int64_t fanIn);

}  // namespace chladni::nn
