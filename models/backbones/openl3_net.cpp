#include "models/backbones/openl3_net.h"

#include <limits>

#include <torch/types.h>

namespace chladni::models::backbones {
namespace {

constexpr double kOpenL3Epsilon = 1e-3;
constexpr std::array<std::int64_t, 8> kOpenL3Times{1, 1, 2, 2, 4, 4, 8, 8};  // output channels, in widths

std::string convName(std::size_t index) {
  return index + 1 == kOpenL3Times.size() ? "audio_embedding_layer" : "conv2d_" + std::to_string(index + 1);
}
std::string normName(std::size_t index) { return "batch_normalization_" + std::to_string(index + 1); }

// Non-overlapping maxima; the last ones are of what is left.
at::Tensor samePool(const at::Tensor& x, const std::array<std::int64_t, 2>& size) {
  const auto down = samePadding(x.size(2), size[0], size[0]);
  const auto across = samePadding(x.size(3), size[1], size[1]);
  const auto padded = at::constant_pad_nd(x, {across[0], across[1], down[0], down[1]}, -std::numeric_limits<float>::infinity());
  return at::max_pool2d(padded, {size[0], size[1]});
}

}  // namespace

std::vector<nn::NamedShape> OpenL3Net::parameters(const Sizes& sizes) {
  std::vector<nn::NamedShape> list;
  std::int64_t channels = 1;
  for (std::size_t i = 0; i < kOpenL3Times.size(); ++i) {
    addNorm(list, normName(i), channels);
    addConv(list, convName(i), {kOpenL3Times[i] * sizes.at("width"), channels, 3, 3}, true);
    channels = kOpenL3Times[i] * sizes.at("width");
  }
  return list;
}

Sizes OpenL3Net::detect(const nn::NamedTensors& tensors) {
  return {{"width", sizeOf(tensors, "conv2d_1.weight")}, {"embedding", 512}};
}

OpenL3Net::OpenL3Net(const NetMaterial& material) : FeatureNet(material.runtime) {
  const auto [scale, offset] = material.norm(normName(0), kOpenL3Epsilon).affine();
  inputScale_ = scale.to(material.runtime.device);
  inputOffset_ = offset.to(material.runtime.device);
  for (std::size_t i = 0; i < kOpenL3Times.size(); ++i) {
    const bool last = i + 1 == kOpenL3Times.size();
    const auto plain = material.conv(convName(i));
    convs_.emplace_back(last ? plain : nn::folded(plain, material.norm(normName(i + 1), kOpenL3Epsilon)),
                        nn::ConvShape{1, {1, 1, 1, 1}, 1, !last}, material.runtime);
  }
  const auto channels = 8 * material.size("width");
  const auto down = material.columns / 8;   // bands of the last map
  const auto across = material.rows / 8;    // frames of the last map
  poolings_ = {{"embedding-512", {down, across}}, {"embedding-6144", {down / 4, 8}}};
  const bool large = material.size("embedding") > channels;
  if (large) std::swap(poolings_[0], poolings_[1]);
  const auto length = [&](const Pooling& pooling) {
    const auto places = [](std::int64_t size, std::int64_t pool) { return (size + pool - 1) / pool; };
    return channels * places(down, pooling.size[0]) * places(across, pooling.size[1]);
  };
  addTap("embedding", {length(poolings_.front())});
  for (const auto& pooling : poolings_) addTap(pooling.tap, {length(pooling)});
  addTap("map", {down, across, channels});
}

void OpenL3Net::walk(const at::Tensor& examples, Walk& walk) const {
  const auto pictures = examples.transpose(1, 2).unsqueeze(1).to(inputScale_.device());  // [example, 1, band, frame]
  auto x = convInput(pictures * inputScale_ + inputOffset_);
  for (std::size_t i = 0; i < convs_.size(); ++i) {
    x = convs_[i].forward(x);
    if (i % 2 == 1 && i < 6) x = nn::maxPool(x, 2);
    if (walk.endsAtMap(i + 1 == convs_.size() ? "map" : "", x)) return;
  }
  x = nn::fromConv(x);
  for (const auto& pooling : poolings_) {
    const auto pooled = samePool(x, pooling.size).permute({0, 2, 3, 1}).flatten(1);
    if (&pooling == &poolings_.front() && walk.endsAt("embedding", pooled)) return;
    if (walk.endsAt(pooling.tap, pooled)) return;
  }
}

}  // namespace chladni::models::backbones
