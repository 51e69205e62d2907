#include "models/backbones/resnet_net.h"

#include <torch/types.h>

namespace chladni::models::backbones {
namespace {

constexpr std::int64_t kResnetLayers = 4;
constexpr std::int64_t kExpansion = 4;

std::int64_t blocksOf(const Sizes& sizes, std::int64_t layer) { return sizes.at("blocks" + std::to_string(layer + 1)); }
std::string resnetLayerName(std::int64_t layer) { return "layer" + std::to_string(layer + 1); }
std::string resnetBlockName(std::int64_t layer, std::int64_t block) { return resnetLayerName(layer) + "." + std::to_string(block); }
bool ofKeras(const Sizes& sizes) { return sizes.at("keras") != 0; }

std::int64_t halved(std::int64_t size) { return (size + 1) / 2; }

nn::PreparedConv normed(const NetMaterial& material, const std::string& conv, const std::string& norm,
                        const nn::ConvShape& shape) {
  const double epsilon = ofKeras(material.sizes) ? 1.001e-5 : 1e-5;
  return {nn::folded(material.conv(conv), material.norm(norm, epsilon)), shape, material.runtime};
}

}  // namespace

std::int64_t ResnetNet::depth(const Sizes& sizes) {
  std::int64_t convolutions = 2;
  for (std::int64_t layer = 0; layer < kResnetLayers; ++layer) convolutions += 3 * blocksOf(sizes, layer);
  return convolutions;
}

std::vector<nn::NamedShape> ResnetNet::parameters(const Sizes& sizes) {
  std::vector<nn::NamedShape> list;
  const auto add = [&](const std::string& conv, const std::string& norm, std::vector<std::int64_t> shape) {
    const auto channels = shape.front();
    addConv(list, conv, std::move(shape), ofKeras(sizes));
    addNorm(list, norm, channels);
  };
  const auto width = sizes.at("width");
  add("conv1", "bn1", {width, 3, 7, 7});
  std::int64_t channels = width;
  for (std::int64_t layer = 0; layer < kResnetLayers; ++layer) {
    const auto inner = width << layer;
    for (std::int64_t block = 0; block < blocksOf(sizes, layer); ++block) {
      const auto name = resnetBlockName(layer, block) + ".";
      add(name + "conv1", name + "bn1", {inner, channels, 1, 1});
      add(name + "conv2", name + "bn2", {inner, inner, 3, 3});
      add(name + "conv3", name + "bn3", {inner * kExpansion, inner, 1, 1});
      if (block == 0) add(name + "downsample.0", name + "downsample.1", {inner * kExpansion, channels, 1, 1});
      channels = inner * kExpansion;
    }
  }
  if (sizes.at("classes") != 0) addLinear(list, "fc", sizes.at("classes"), channels);
  return list;
}

Sizes ResnetNet::detect(const nn::NamedTensors& tensors) {
  Sizes sizes{{"width", sizeOf(tensors, "conv1.weight")},
              {"classes", sizeOf(tensors, "fc.weight")},
              {"keras", tensors.contains("conv1.bias") ? 1 : 0}};
  for (std::int64_t layer = 0; layer < kResnetLayers; ++layer) {
    std::int64_t blocks = 0;
    while (tensors.contains(resnetBlockName(layer, blocks) + ".conv1.weight")) ++blocks;
    sizes["blocks" + std::to_string(layer + 1)] = blocks;
  }
  return sizes;
}

ResnetNet::ResnetNet(const NetMaterial& material)
    : FeatureNet(material.runtime), stem_(normed(material, "conv1", "bn1", {2, {3, 3, 3, 3}, 1, true})) {
  std::int64_t rows = halved(halved(material.rows));
  std::int64_t columns = halved(halved(material.columns));
  std::vector<inference::FeatureTap> maps;
  for (std::int64_t layer = 0; layer < kResnetLayers; ++layer) {
    auto& blocks = layers_.emplace_back();
    for (std::int64_t block = 0; block < blocksOf(material.sizes, layer); ++block) {
      const auto name = resnetBlockName(layer, block) + ".";
      const std::int64_t stride = block == 0 && layer > 0 ? 2 : 1;
      const bool early = ofKeras(material.sizes);
      Block made{normed(material, name + "conv1", name + "bn1", {early ? stride : 1, {}, 1, true}),
                 normed(material, name + "conv2", name + "bn2", {early ? 1 : stride, {1, 1, 1, 1}, 1, true}),
                 normed(material, name + "conv3", name + "bn3", {}),
                 std::nullopt};
      if (block == 0) made.shortcut = normed(material, name + "downsample.0", name + "downsample.1", {stride, {}, 1, false});
      blocks.push_back(std::move(made));
    }
    if (layer > 0) rows = halved(rows);
    if (layer > 0) columns = halved(columns);
    maps.push_back({resnetLayerName(layer), {rows, columns, (material.size("width") << layer) * kExpansion}});
  }
  for (auto map = maps.rbegin(); map != maps.rend(); ++map) addTap(map->name, map->shape);
  addTap("avg_pool", {maps.back().shape.back()});
  if (material.size("classes") == 0) return;
  head_ = material.linear("fc");
  addTap("logits", {material.size("classes")});
}

at::Tensor ResnetNet::forward(const Block& block, const at::Tensor& x) const {
  auto sum = block.expand.forward(block.look.forward(block.reduce.forward(x)));
  sum.add_(block.shortcut ? block.shortcut->forward(x) : x);
  return sum.relu_();
}

void ResnetNet::walk(const at::Tensor& examples, Walk& walk) const {
  auto x = nn::maxPool(stem_.forward(convInput(examples)), 3, 2, 1);
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    for (const auto& block : layers_[layer]) {
      x = forward(block, x);
      if (walk.endsAt("", x)) return;
    }
    if (walk.endsAtMap(resnetLayerName(static_cast<std::int64_t>(layer)), x)) return;
  }
  x = nn::fromConv(x).mean({2, 3});
  if (walk.endsAt("avg_pool", x) || !head_) return;
  static_cast<void>(walk.endsAt("logits", head_->forward(x)));
}

}  // namespace chladni::models::backbones
