// VGGish: 128 numbers for 0.96 s of sound. Names as in the PyTorch port (torchvggish): features.N, embeddings.N, pproc.*.
// Sizes: "width" (64; channels of the first convolution), "dense" (4096), "embedding" (128), "postprocess" (with the
// principal axes of the published 8-bit features). Source: Hershey et al., "CNN architectures for large-scale audio
// classification", 2017.
#pragma once

#include "models/backbones/feature_net.h"

namespace chladni::models::backbones {

class VggishNet final : public FeatureNet {
 public:
  explicit VggishNet(const NetMaterial& material);
  static std::vector<nn::NamedShape> parameters(const Sizes& sizes, std::int64_t rows, std::int64_t columns);
  static Sizes detect(const nn::NamedTensors& tensors);

 protected:
  void walk(const at::Tensor& examples, Walk& walk) const override;

 private:
  std::vector<nn::PreparedConv> convs_;
  // at::linear and not oneDNN's, whose sums of 12288 products are ten times as far from the exact ones; the last layer,
  // which is small and whose outputs are close to zero, in double.
  struct Dense {
    at::Tensor weight, bias;
  };
  std::vector<Dense> dense_;
  at::Tensor axes_, mean_;
};

// Towards the published 8-bit features: E (x - mean) of embeddings [example, embedding], with axes E [out, embedding] and
// mean [embedding] or [embedding, 1], in double; then clipped to [-2, 2] and counted in steps of 1/63.75, 0 to 255.
at::Tensor principalCoordinates(const at::Tensor& embeddings, const at::Tensor& axes, const at::Tensor& mean);
at::Tensor quantised(const at::Tensor& coordinates);

}  // namespace chladni::models::backbones
