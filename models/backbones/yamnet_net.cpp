#include "models/backbones/yamnet_net.h"

#include <array>

#include <torch/types.h>

namespace chladni::models::backbones {
namespace {

constexpr double kYamnetEpsilon = 1e-4;

struct YamnetLayer {
  std::int64_t times;  // output channels, in widths
  std::int64_t stride;
};
constexpr std::array<YamnetLayer, 14> kYamnetLayers{{{1, 2}, {2, 1}, {4, 2}, {4, 1}, {8, 2}, {8, 1}, {16, 2},
                                         {16, 1}, {16, 1}, {16, 1}, {16, 1}, {16, 1}, {32, 2}, {32, 1}}};

std::string yamnetLayerName(std::size_t index) { return "layer" + std::to_string(index + 1); }

nn::PreparedConv yamnetConv(const NetMaterial& material, const std::string& name, const nn::ConvShape& shape) {
  return {nn::folded(material.conv(name + ".conv"), material.norm(name + ".bn", kYamnetEpsilon)), shape, material.runtime};
}

}  // namespace

std::vector<nn::NamedShape> YamnetNet::parameters(const Sizes& sizes) {
  std::vector<nn::NamedShape> list;
  const auto width = sizes.at("width");
  const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
    const auto channels = shape.front();
    addConv(list, name + ".conv", std::move(shape), false);
    addNorm(list, name + ".bn", channels);
  };
  add("layer1.fused", {width, 1, 3, 3});
  std::int64_t channels = width;
  for (std::size_t i = 1; i < kYamnetLayers.size(); ++i) {
    add(yamnetLayerName(i) + ".depthwise_conv", {channels, 1, 3, 3});
    add(yamnetLayerName(i) + ".pointwise_conv", {kYamnetLayers[i].times * width, channels, 1, 1});
    channels = kYamnetLayers[i].times * width;
  }
  addLinear(list, "classifier", sizes.at("classes"), channels);
  return list;
}

Sizes YamnetNet::detect(const nn::NamedTensors& tensors) {
  return {{"width", sizeOf(tensors, "layer1.fused.conv.weight")}, {"classes", sizeOf(tensors, "classifier.weight")}};
}

YamnetNet::YamnetNet(const NetMaterial& material) : FeatureNet(material.runtime), classifier_(material.linear("classifier")) {
  const auto width = material.size("width");
  std::int64_t rows = material.rows;
  std::int64_t columns = material.columns;
  std::int64_t channels = 1;
  addTap("embedding", {kYamnetLayers.back().times * width});
  for (std::size_t i = 0; i < kYamnetLayers.size(); ++i) {
    const auto [stride, name] = std::pair{kYamnetLayers[i].stride, yamnetLayerName(i)};
    const auto down = samePadding(rows, 3, stride);
    const auto across = samePadding(columns, 3, stride);
    const nn::ConvShape shape{stride, {down[0], down[1], across[0], across[1]}, channels, true};
    first_.push_back(yamnetConv(material, name + (i == 0 ? ".fused" : ".depthwise_conv"), shape));
    if (i > 0) second_.push_back(yamnetConv(material, name + ".pointwise_conv", {1, {}, 1, true}));
    rows = (rows + stride - 1) / stride;
    columns = (columns + stride - 1) / stride;
    channels = kYamnetLayers[i].times * width;
    addTap(name, {rows, columns, channels});
  }
  addTap("logits", {material.size("classes")});
  addTap("scores", {material.size("classes")});
}

void YamnetNet::walk(const at::Tensor& examples, Walk& walk) const {
  auto x = convInput(examples.unsqueeze(1));
  for (std::size_t i = 0; i < kYamnetLayers.size(); ++i) {
    x = first_[i].forward(x);
    if (i > 0) x = second_[i - 1].forward(x);
    if (walk.endsAtMap(yamnetLayerName(i), x)) return;
  }
  x = nn::fromConv(x).mean({2, 3});
  if (walk.endsAt("embedding", x)) return;
  x = classifier_.forward(x).to(at::kFloat);
  if (walk.endsAt("logits", x)) return;
  static_cast<void>(walk.endsAt("scores", at::sigmoid(x)));
}

}  // namespace chladni::models::backbones
