#include "models/backbones/vggish_net.h"

#include <array>

#include <torch/types.h>

namespace chladni::models::backbones {
namespace {

struct VggishStage {
  int index;           // features.<index>
  std::int64_t times;  // channels, in widths
  bool pool;           // halved afterwards
};
constexpr std::array<VggishStage, 6> kVggishStages{{{0, 1, true}, {3, 2, true}, {6, 4, false}, {8, 4, true}, {11, 8, false}, {13, 8, true}}};
constexpr std::array<const char*, 3> kVggishDense{"embeddings.0", "embeddings.2", "embeddings.4"};

std::string vggishStageName(const VggishStage& stage) { return "features." + std::to_string(stage.index); }

}  // namespace

at::Tensor principalCoordinates(const at::Tensor& embeddings, const at::Tensor& axes, const at::Tensor& mean) {
  const auto centred = embeddings.to(at::kCPU, at::kDouble) - mean.to(at::kDouble).reshape({1, -1});
  return at::matmul(centred, axes.to(at::kDouble).t());
}

at::Tensor quantised(const at::Tensor& coordinates) {
  return at::round((at::clamp(coordinates, -2.0, 2.0) + 2.0) * 63.75);
}

std::vector<nn::NamedShape> VggishNet::parameters(const Sizes& sizes, std::int64_t rows, std::int64_t columns) {
  std::vector<nn::NamedShape> list;
  const auto width = sizes.at("width");
  std::int64_t channels = 1;
  for (const auto& stage : kVggishStages) {
    addConv(list, vggishStageName(stage), {stage.times * width, channels, 3, 3}, true);
    channels = stage.times * width;
  }
  const auto dense = sizes.at("dense");
  const auto embedding = sizes.at("embedding");
  addLinear(list, kVggishDense[0], dense, channels * (rows / 16) * (columns / 16));
  addLinear(list, kVggishDense[1], dense, dense);
  addLinear(list, kVggishDense[2], embedding, dense);
  if (sizes.at("postprocess") != 0) {
    list.push_back({"pproc.pca_eigen_vectors", {embedding, embedding}});
    list.push_back({"pproc.pca_means", {embedding, 1}});
  }
  return list;
}

Sizes VggishNet::detect(const nn::NamedTensors& tensors) {
  return {{"width", sizeOf(tensors, "features.0.weight")},
          {"dense", sizeOf(tensors, "embeddings.0.weight")},
          {"embedding", sizeOf(tensors, "embeddings.4.weight")},
          {"postprocess", tensors.contains("pproc.pca_eigen_vectors") ? 1 : 0}};
}

VggishNet::VggishNet(const NetMaterial& material) : FeatureNet(material.runtime) {
  for (const auto& stage : kVggishStages)
    convs_.emplace_back(material.conv(vggishStageName(stage)), nn::ConvShape{1, {1, 1, 1, 1}, 1, true}, material.runtime);
  for (const std::string name : kVggishDense) {
    const auto type = name == kVggishDense.back() ? at::kDouble : material.runtime.type;
    const auto prepared = [&](const std::string& part) { return material.tensor(name + part).to(material.runtime.device, type); };
    dense_.push_back({prepared(".weight"), prepared(".bias")});
  }
  const auto embedding = material.size("embedding");
  addTap("embedding", {embedding});
  addTap("embedding-raw", {embedding});
  if (material.size("postprocess") != 0) {
    axes_ = material.tensor("pproc.pca_eigen_vectors");
    mean_ = material.tensor("pproc.pca_means");
    addTap("postprocessed", {embedding});
  }
  addTap("features", {material.rows / 16, material.columns / 16, 8 * material.size("width")});
  addTap("fc1", {material.size("dense")});
  addTap("fc2", {material.size("dense")});
}

void VggishNet::walk(const at::Tensor& examples, Walk& walk) const {
  auto x = convInput(examples.unsqueeze(1));
  for (std::size_t i = 0; i < convs_.size(); ++i) {
    x = convs_[i].forward(x);
    if (kVggishStages[i].pool) x = nn::maxPool(x, 2);
    if (walk.endsAtMap(i + 1 == convs_.size() ? "features" : "", x)) return;
  }
  x = nn::fromConv(x).permute({0, 2, 3, 1}).flatten(1);  // time, band, channel
  const auto dense = [&](std::size_t i) { return at::linear(x.to(dense_[i].weight.scalar_type()), dense_[i].weight, dense_[i].bias); };
  x = dense(0).relu_();
  if (walk.endsAt("fc1", x)) return;
  x = dense(1).relu_();
  if (walk.endsAt("fc2", x)) return;
  x = dense(2);
  if (walk.endsAt("embedding-raw", x)) return;
  x = at::relu(x);
  if (walk.endsAt("embedding", x) || !axes_.defined()) return;
  static_cast<void>(walk.endsAt("postprocessed", quantised(principalCoordinates(x, axes_, mean_))));
}

}  // namespace chladni::models::backbones
