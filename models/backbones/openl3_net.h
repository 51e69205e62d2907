// OpenL3: an embedding of one second of sound, learned from what pictures go with it. Names as in the PyTorch port
// (torchopenl3): batch_normalization_N, conv2d_N, audio_embedding_layer. Sizes: "width" (64), "embedding" (512 or 6144,
// which is only how the last map is pooled; both are taps). The examples say the rest: 128 or 256 mel bands of 199
// frames, or 257 bins of 197. Source: Cramer et al., "Look, listen, and learn more", 2019.
#pragma once

#include "models/backbones/feature_net.h"

namespace chladni::models::backbones {

class OpenL3Net final : public FeatureNet {
 public:
  explicit OpenL3Net(const NetMaterial& material);
  static std::vector<nn::NamedShape> parameters(const Sizes& sizes);
  static Sizes detect(const nn::NamedTensors& tensors);

 protected:
  void walk(const at::Tensor& examples, Walk& walk) const override;

 private:
  struct Pooling {
    std::string tap;
    std::array<std::int64_t, 2> size;
  };
  at::Tensor inputScale_, inputOffset_;
  std::vector<nn::PreparedConv> convs_;
  std::vector<Pooling> poolings_;
};

}  // namespace chladni::models::backbones
