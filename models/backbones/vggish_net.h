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
  std::vector<nn::PreparedLinear> dense_;
  at::Tensor axes_, mean_;
};

// The published 8-bit features, values 0..255: E (x - mean), clipped to [-2, 2], in steps of 1/63.75. embeddings
// [example, embedding], axes [out, embedding], mean [embedding] or [embedding, 1].
at::Tensor postprocessed(const at::Tensor& embeddings, const at::Tensor& axes, const at::Tensor& mean);

}  // namespace chladni::models::backbones
