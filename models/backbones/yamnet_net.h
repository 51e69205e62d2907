// YAMNet: 1024 numbers and 521 sound classes for 0.96 s of sound. Names as in the PyTorch port (torch_audioset):
// layer1.fused, layerN.depthwise_conv, layerN.pointwise_conv, classifier. Sizes: "width" (32), "classes" (521).
// Source: Plakal and Ellis, "YAMNet", TensorFlow model garden, 2019.
#pragma once

#include "models/backbones/feature_net.h"

namespace chladni::models::backbones {

class YamnetNet final : public FeatureNet {
 public:
  explicit YamnetNet(const NetMaterial& material);
  static std::vector<nn::NamedShape> parameters(const Sizes& sizes);
  static Sizes detect(const nn::NamedTensors& tensors);

 protected:
  void walk(const at::Tensor& examples, Walk& walk) const override;

 private:
  std::vector<nn::PreparedConv> first_;  // of layer N: the full or depthwise convolution
  std::vector<nn::PreparedConv> second_;  // of layers 2 and up: the pointwise one, index N - 2
  nn::PreparedLinear classifier_;
};

}  // namespace chladni::models::backbones
