// musicnn and its VGG-like sister: 50 tags of music, and what the layers below heard, for three seconds of sound. The
// published TensorFlow graphs, which put every batch norm behind the ReLU. Names: bn_in, f74, f77 (timbral), s1..s3
// (temporal), m1..m3, pool_bn, dense, dense_bn, out, norms <name>_bn; conv1..5, bn1..5 of the sister.
// Sizes: "timbral" (204), "temporal" (51), "mid" (64), "dense" (200), "classes" (50); "width" (128) of the sister.
// Source: Pons and Serra, "musicnn: pre-trained convolutional neural networks for music audio tagging", 2019.
#pragma once

#include "models/backbones/feature_net.h"

namespace chladni::models::backbones {

// A batch norm that follows a ReLU and so cannot be folded into the convolution before it; fp32 on the device.
struct LateNorm {
  LateNorm(const nn::BatchNormWeights& norm, const nn::Runtime& runtime);
  [[nodiscard]] at::Tensor map(const at::Tensor& x) const;   // [example, channel, row, column]
  [[nodiscard]] at::Tensor rows(const at::Tensor& x) const;  // [..., channel]
  at::Tensor scale, offset;
};

class MusicnnNet final : public FeatureNet {
 public:
  explicit MusicnnNet(const NetMaterial& material);
  static std::vector<nn::NamedShape> parameters(const Sizes& sizes, std::int64_t columns);
  static Sizes detect(const nn::NamedTensors& tensors);

 protected:
  void walk(const at::Tensor& examples, Walk& walk) const override;

 private:
  struct Branch {
    nn::PreparedConv conv;
    LateNorm norm;
  };
  [[nodiscard]] at::Tensor heard(const Branch& branch, const at::Tensor& input) const;  // [example, frame, channel]
  [[nodiscard]] at::Tensor mixed(const Branch& branch, const at::Tensor& rows) const;   // the same
  [[nodiscard]] bool walkHead(const at::Tensor& features, Walk& walk) const;

  LateNorm inputNorm_;
  std::vector<Branch> timbral_, temporal_, mid_;
  LateNorm poolNorm_;
  nn::PreparedLinear dense_;
  LateNorm denseNorm_;
  nn::PreparedLinear out_;
};

class MusicnnVggNet final : public FeatureNet {
 public:
  explicit MusicnnVggNet(const NetMaterial& material);
  static std::vector<nn::NamedShape> parameters(const Sizes& sizes, std::int64_t rows, std::int64_t columns);
  static Sizes detect(const nn::NamedTensors& tensors);

 protected:
  void walk(const at::Tensor& examples, Walk& walk) const override;

 private:
  // Published as convolution, ReLU, norm, pool. ReLU and norm together never fall where the norm's scale is positive and
  // never rise where it is negative, so the pool may come first if a falling channel's convolution is negated before it
  // and again behind it; the two then see a quarter of the places.
  struct Stage {
    nn::PreparedConv conv;  // of the falling channels negated
    at::Tensor sign;        // -1 for a falling channel, else 1: [1, channel, 1, 1]
    LateNorm norm;
  };
  LateNorm inputNorm_;
  std::vector<Stage> stages_;
  nn::PreparedLinear out_;
};

}  // namespace chladni::models::backbones
