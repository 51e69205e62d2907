// ResNet with bottleneck blocks (50, 101, 152 layers): the 7 x 7 x 2048 map of a picture and 1000 ImageNet classes. Names
// as in torchvision: conv1, bn1, layerL.B.{convK,bnK,downsample.0,downsample.1}, fc.
// Sizes: "width" (64), "blocks1" to "blocks4" (3, 4, 6, 3 for 50 layers), "classes" (1000; 0: no classifier), "keras"
// (1: the weights are of the Keras model, whose convolutions have biases, whose blocks stride in their first convolution
// and whose norms have an epsilon of 1.001e-5). Source: He et al., "Deep residual learning for image recognition", 2016.
#pragma once

#include "models/backbones/feature_net.h"

namespace chladni::models::backbones {

class ResnetNet final : public FeatureNet {
 public:
  explicit ResnetNet(const NetMaterial& material);
  static std::vector<nn::NamedShape> parameters(const Sizes& sizes);
  static Sizes detect(const nn::NamedTensors& tensors);
  // 50 for 3, 4, 6, 3 blocks.
  static std::int64_t depth(const Sizes& sizes);

 protected:
  void walk(const at::Tensor& examples, Walk& walk) const override;

 private:
  struct Block {
    nn::PreparedConv reduce, look, expand;
    std::optional<nn::PreparedConv> shortcut;
  };
  [[nodiscard]] at::Tensor forward(const Block& block, const at::Tensor& x) const;

  nn::PreparedConv stem_;
  std::vector<std::vector<Block>> layers_;
  std::optional<nn::PreparedLinear> head_;
};

}  // namespace chladni::models::backbones
