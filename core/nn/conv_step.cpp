#include "core/nn/conv_step.h"

#include <cmath>

#include <torch/types.h>

namespace chladni::nn {
namespace {

constexpr std::int64_t kMostGroups = 8;
constexpr double kEpsilon = 1e-5;

std::int64_t groupsOf(std::int64_t channels) {
  for (std::int64_t groups = kMostGroups; groups > 1; --groups)
    if (channels % groups == 0) return groups;
  return 1;
}

}  // namespace

void initialiseForRectifier(at::Tensor weight, std::int64_t fanIn) {
  at::NoGradGuard guard;
  const double bound = std::sqrt(6.0 / static_cast<double>(fanIn));
  weight.uniform_(-bound, bound);
}

ConvStep::ConvStep(const Shape& shape)
    : kernel_(register_parameter("weight", torch::empty({shape.out, shape.in, shape.kernel, shape.kernel}))),
      gain_(register_parameter("gain", torch::empty({shape.out}))), offset_(register_parameter("offset", torch::empty({shape.out}))),
      stride_(shape.stride), padding_(shape.kernel / 2), groups_(groupsOf(shape.out)) {
  initialise();
}

void ConvStep::initialise() {
  at::NoGradGuard guard;
  initialiseForRectifier(kernel_, kernel_.size(1) * kernel_.size(2) * kernel_.size(3));
  gain_.fill_(1.0);
  offset_.zero_();
}

at::Tensor ConvStep::forward(const at::Tensor& x) const {
  const auto filtered = at::conv2d(x, kernel_, {}, stride_, padding_);
  return at::group_norm(filtered.to(gain_.scalar_type()), groups_, gain_, offset_, kEpsilon).relu();
}

}  // namespace chladni::nn
