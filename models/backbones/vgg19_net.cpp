#include "models/backbones/vgg19_net.h"

#include <array>

#include <torch/types.h>

namespace chladni::models::backbones {
namespace {

struct Vgg19Block {
  std::int64_t times;  // channels, in widths
  int convs;
};
constexpr std::array<Vgg19Block, 5> kVgg19Blocks{{{1, 2}, {2, 2}, {4, 4}, {8, 4}, {8, 4}}};
constexpr std::array<const char*, 3> kVgg19Dense{"classifier.0", "classifier.3", "classifier.6"};
constexpr std::int64_t kHeadGrid = 7;  // the classifier sees the last map averaged to this

std::string poolName(std::size_t block) { return "block" + std::to_string(block + 1) + "_pool"; }

// torchvision numbers convolutions, activations and pools together.
std::vector<std::string> convNames() {
  std::vector<std::string> names;
  int index = 0;
  for (const auto& block : kVgg19Blocks) {
    for (int i = 0; i < block.convs; ++i, index += 2) names.push_back("features." + std::to_string(index));
    ++index;
  }
  return names;
}

}  // namespace

std::vector<nn::NamedShape> Vgg19Net::parameters(const Sizes& sizes) {
  std::vector<nn::NamedShape> list;
  const auto names = convNames();
  std::int64_t channels = 3;
  std::size_t next = 0;
  for (const auto& block : kVgg19Blocks)
    for (int i = 0; i < block.convs; ++i) {
      addConv(list, names[next++], {block.times * sizes.at("width"), channels, 3, 3}, true);
      channels = block.times * sizes.at("width");
    }
  if (sizes.at("classes") == 0) return list;
  addLinear(list, kVgg19Dense[0], sizes.at("dense"), channels * kHeadGrid * kHeadGrid);
  addLinear(list, kVgg19Dense[1], sizes.at("dense"), sizes.at("dense"));
  addLinear(list, kVgg19Dense[2], sizes.at("classes"), sizes.at("dense"));
  return list;
}

Sizes Vgg19Net::detect(const nn::NamedTensors& tensors) {
  return {{"width", sizeOf(tensors, "features.0.weight")},
          {"dense", sizeOf(tensors, "classifier.0.weight")},
          {"classes", sizeOf(tensors, "classifier.6.weight")}};
}

Vgg19Net::Vgg19Net(const NetMaterial& material) : FeatureNet(material.runtime) {
  for (const auto& name : convNames())
    convs_.emplace_back(material.conv(name), nn::ConvShape{1, {1, 1, 1, 1}, 1, true}, material.runtime);
  for (std::size_t i = kVgg19Blocks.size(); i-- > 0;)
    addTap(poolName(i), {material.rows >> (i + 1), material.columns >> (i + 1), kVgg19Blocks[i].times * material.size("width")});
  if (material.size("classes") == 0) return;
  for (const char* name : kVgg19Dense) dense_.push_back(material.linear(name));
  addTap("fc1", {material.size("dense")});
  addTap("fc2", {material.size("dense")});
  addTap("logits", {material.size("classes")});
}

void Vgg19Net::walk(const at::Tensor& examples, Walk& walk) const {
  auto x = convInput(examples);
  std::size_t next = 0;
  for (std::size_t block = 0; block < kVgg19Blocks.size(); ++block) {
    for (int i = 0; i < kVgg19Blocks[block].convs; ++i) {
      x = convs_[next++].forward(x);
      if (walk.endsAt("", x)) return;
    }
    x = nn::maxPool(x, 2);
    if (walk.endsAtMap(poolName(block), x)) return;
  }
  if (dense_.empty()) return;
  x = at::adaptive_avg_pool2d(nn::fromConv(x), {kHeadGrid, kHeadGrid}).contiguous().flatten(1);  // channel, row, column
  for (std::size_t i = 0; i < dense_.size(); ++i) {
    x = dense_[i].forward(x);
    if (i + 1 < dense_.size()) x.relu_();
    if (walk.endsAt(i + 1 < dense_.size() ? "fc" + std::to_string(i + 1) : "logits", x)) return;
  }
}

}  // namespace chladni::models::backbones
