// VGG-19: the 7 x 7 x 512 map of a picture that AVE's networks look at, and 1000 ImageNet classes. Names as in
// torchvision: features.N, classifier.{0,3,6}; without a classifier the map is all there is.
// Sizes: "width" (64), "dense" (4096), "classes" (1000; 0: no classifier).
// Source: Simonyan and Zisserman, "Very deep convolutional networks for large-scale image recognition", 2015.
#pragma once

#include "models/backbones/feature_net.h"

namespace chladni::models::backbones {

class Vgg19Net final : public FeatureNet {
 public:
  explicit Vgg19Net(const NetMaterial& material);
  static std::vector<nn::NamedShape> parameters(const Sizes& sizes);
  static Sizes detect(const nn::NamedTensors& tensors);

 protected:
  void walk(const at::Tensor& examples, Walk& walk) const override;

 private:
  std::vector<nn::PreparedConv> convs_;
  std::vector<nn::PreparedLinear> dense_;
};

}  // namespace chladni::models::backbones
