#include "models/backbones/musicnn_net.h"

#include <torch/types.h>

namespace chladni::models::backbones {
namespace {

constexpr double kMusicnnEpsilon = 1e-3;
constexpr std::array<const char*, 2> kTimbral{"f74", "f77"};
constexpr std::array<std::int64_t, 2> kTimbralTenths{4, 7};  // of the bands, that a kernel sees at once
constexpr std::array<const char*, 3> kTemporal{"s1", "s2", "s3"};
constexpr std::array<std::int64_t, 3> kTemporalFrames{128, 64, 32};
constexpr std::array<const char*, 3> kMid{"m1", "m2", "m3"};
constexpr std::int64_t kFrames = 7;  // that timbral and mid kernels see at once

std::string normOf(const std::string& name) { return name + "_bn"; }

std::int64_t frontChannels(const Sizes& sizes) { return 2 * sizes.at("timbral") + 3 * sizes.at("temporal"); }
std::int64_t pooledChannels(const Sizes& sizes) { return frontChannels(sizes) + 3 * sizes.at("mid"); }

struct Pool {
  std::array<std::int64_t, 2> size;
  std::int64_t stride;
};
constexpr std::array<Pool, 5> kPools{{{{4, 1}, 2}, {{2, 2}, 2}, {{2, 2}, 2}, {{2, 2}, 2}, {{4, 4}, 4}}};

std::array<std::int64_t, 2> pooledSize(const Pool& pool, std::int64_t rows, std::int64_t columns) {
  return {(rows - pool.size[0]) / pool.stride + 1, (columns - pool.size[1]) / pool.stride + 1};
}

nn::ConvWeights negated(const nn::ConvWeights& conv, const at::Tensor& sign) {
  const auto perChannel = sign.to(conv.weight.device());
  return {conv.weight * perChannel.view({-1, 1, 1, 1}), conv.bias.defined() ? conv.bias * perChannel.flatten() : conv.bias};
}

std::string vggConv(std::size_t index) { return "conv" + std::to_string(index + 1); }
std::string vggNorm(std::size_t index) { return "bn" + std::to_string(index + 1); }

}  // namespace

LateNorm::LateNorm(const nn::BatchNormWeights& norm, const nn::Runtime& runtime) {
  const auto parts = norm.affine();
  scale = parts[0].to(runtime.device);
  offset = parts[1].to(runtime.device);
}

at::Tensor LateNorm::map(const at::Tensor& x) const {
  return (x * scale.view({1, -1, 1, 1}).to(x.scalar_type())).add_(offset.view({1, -1, 1, 1}).to(x.scalar_type()));
}

at::Tensor LateNorm::rows(const at::Tensor& x) const { return x * scale + offset; }

std::vector<nn::NamedShape> MusicnnNet::parameters(const Sizes& sizes, std::int64_t columns) {
  std::vector<nn::NamedShape> list;
  addNorm(list, "bn_in", 1);
  const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
    const auto channels = shape.front();
    addConv(list, name, std::move(shape), true);
    addNorm(list, normOf(name), channels);
  };
  const auto mid = sizes.at("mid");
  for (std::size_t i = 0; i < kTimbral.size(); ++i)
    add(kTimbral[i], {sizes.at("timbral"), 1, kFrames, kTimbralTenths[i] * columns / 10});
  for (std::size_t i = 0; i < kTemporal.size(); ++i) add(kTemporal[i], {sizes.at("temporal"), 1, kTemporalFrames[i], 1});
  for (std::size_t i = 0; i < kMid.size(); ++i) add(kMid[i], {mid, 1, kFrames, i == 0 ? frontChannels(sizes) : mid});
  addNorm(list, "pool_bn", 2 * pooledChannels(sizes));
  addLinear(list, "dense", sizes.at("dense"), 2 * pooledChannels(sizes));
  addNorm(list, "dense_bn", sizes.at("dense"));
  addLinear(list, "out", sizes.at("classes"), sizes.at("dense"));
  return list;
}

Sizes MusicnnNet::detect(const nn::NamedTensors& tensors) {
  return {{"timbral", sizeOf(tensors, "f74.weight")}, {"temporal", sizeOf(tensors, "s1.weight")},
          {"mid", sizeOf(tensors, "m1.weight")},      {"dense", sizeOf(tensors, "dense.weight")},
          {"classes", sizeOf(tensors, "out.weight")}};
}

MusicnnNet::MusicnnNet(const NetMaterial& material)
    : FeatureNet(material.runtime),
      inputNorm_(material.norm("bn_in", kMusicnnEpsilon), material.runtime),
      poolNorm_(material.norm("pool_bn", kMusicnnEpsilon), material.runtime),
      dense_(material.linear("dense")),
      denseNorm_(material.norm("dense_bn", kMusicnnEpsilon), material.runtime),
      out_(material.linear("out")) {
  const auto branch = [&](const std::string& name, const nn::ConvWeights& conv, std::array<std::int64_t, 2> frames) {
    return Branch{{conv, {1, {frames[0], frames[1], 0, 0}, 1, true}, material.runtime},
                  {material.norm(normOf(name), kMusicnnEpsilon), material.runtime}};
  };
  for (const char* name : kTimbral) timbral_.push_back(branch(name, material.conv(name), {kFrames / 2, kFrames / 2}));
  for (std::size_t i = 0; i < kTemporal.size(); ++i)
    temporal_.push_back(branch(kTemporal[i], material.conv(kTemporal[i]), samePadding(material.rows, kTemporalFrames[i], 1)));
  for (const char* name : kMid) {
    auto conv = material.conv(name);
    conv.weight = conv.weight.permute({0, 3, 2, 1});  // all channels at once instead of all columns
    mid_.push_back(branch(name, conv, {kFrames / 2, kFrames / 2}));
  }
  const auto& sizes = material.sizes;
  const auto mid = sizes.at("mid");
  addTap("penultimate", {sizes.at("dense")});
  addTap("timbral", {material.rows, 2 * sizes.at("timbral")});
  addTap("temporal", {material.rows, 3 * sizes.at("temporal")});
  for (const char* name : {"cnn1", "cnn2", "cnn3", "cnn_sum", "cnn_mean"}) addTap(name, {material.rows, mid});
  addTap("cnn_concat", {material.rows, 3 * mid});
  addTap("mean_pool", {pooledChannels(sizes)});
  addTap("max_pool", {pooledChannels(sizes)});
  addTap("logits", {sizes.at("classes")});
  addTap("scores", {sizes.at("classes")});
}

at::Tensor MusicnnNet::heard(const Branch& branch, const at::Tensor& input) const {
  const auto map = nn::fromConv(branch.conv.forward(input));
  const auto loud = map.amax(3).to(at::kFloat).transpose(1, 2);  // [example, frame, channel]
  const auto quiet = map.amin(3).to(at::kFloat).transpose(1, 2);
  // The maximum of a norm is the norm of the maximum where its scale is positive, of the minimum where it is negative.
  return branch.norm.rows(at::where(branch.norm.scale >= 0, loud, quiet));
}

at::Tensor MusicnnNet::mixed(const Branch& branch, const at::Tensor& rows) const {
  const auto map = nn::fromConv(branch.conv.forward(convInput(rows.transpose(1, 2).unsqueeze(3))));
  return branch.norm.rows(map.squeeze(3).transpose(1, 2).to(at::kFloat));
}

void MusicnnNet::walk(const at::Tensor& examples, Walk& walk) const {
  const auto input = convInput(inputNorm_.map(examples.unsqueeze(1).to(runtime().device)));
  std::vector<at::Tensor> heardBy;
  const auto listen = [&](const std::vector<Branch>& branches) {
    std::vector<at::Tensor> parts;
    for (const auto& branch : branches) parts.push_back(heard(branch, input));
    heardBy.push_back(at::cat(parts, 2));
    return heardBy.back();
  };
  if (walk.endsAt("timbral", listen(timbral_)) || walk.endsAt("temporal", listen(temporal_))) return;
  const auto front = at::cat(heardBy, 2);
  const auto cnn1 = mixed(mid_[0], front);
  if (walk.endsAt("cnn1", cnn1)) return;
  const auto cnn2 = mixed(mid_[1], cnn1) + cnn1;
  if (walk.endsAt("cnn2", cnn2)) return;
  const auto cnn3 = mixed(mid_[2], cnn2) + cnn2;
  if (walk.endsAt("cnn3", cnn3)) return;
  const auto sum = cnn1 + cnn2 + cnn3;
  if (walk.endsAt("cnn_sum", sum) || walk.endsAt("cnn_mean", sum / 3.0)) return;
  if (walk.endsAt("cnn_concat", at::cat({cnn1, cnn2, cnn3}, 2))) return;
  static_cast<void>(walkHead(at::cat({front, cnn1, cnn2, cnn3}, 2), walk));
}

bool MusicnnNet::walkHead(const at::Tensor& features, Walk& walk) const {
  const auto loudest = features.amax(1);
  const auto mean = features.mean(1);
  if (walk.endsAt("max_pool", loudest) || walk.endsAt("mean_pool", mean)) return true;
  const auto type = runtime().type;
  const auto pooled = poolNorm_.rows(at::stack({loudest, mean}, 2).flatten(1));  // maximum, mean, maximum, mean, ...
  const auto hidden = denseNorm_.rows(dense_.forward(pooled.to(type)).relu_().to(at::kFloat));
  if (walk.endsAt("penultimate", hidden)) return true;
  const auto logits = out_.forward(hidden.to(type)).to(at::kFloat);
  return walk.endsAt("logits", logits) || walk.endsAt("scores", at::sigmoid(logits));
}

std::vector<nn::NamedShape> MusicnnVggNet::parameters(const Sizes& sizes, std::int64_t rows, std::int64_t columns) {
  std::vector<nn::NamedShape> list;
  const auto width = sizes.at("width");
  addNorm(list, "bn_in", 1);
  std::array<std::int64_t, 2> size{rows, columns};
  for (std::size_t i = 0; i < kPools.size(); ++i) {
    addConv(list, vggConv(i), {width, i == 0 ? 1 : width, 3, 3}, true);
    addNorm(list, vggNorm(i), width);
    size = pooledSize(kPools[i], size[0], size[1]);
  }
  addLinear(list, "out", sizes.at("classes"), size[0] * size[1] * width);
  return list;
}

Sizes MusicnnVggNet::detect(const nn::NamedTensors& tensors) {
  return {{"width", sizeOf(tensors, "conv1.weight")}, {"classes", sizeOf(tensors, "out.weight")}};
}

MusicnnVggNet::MusicnnVggNet(const NetMaterial& material)
    : FeatureNet(material.runtime),
      inputNorm_(material.norm("bn_in", kMusicnnEpsilon), material.runtime),
      out_(material.linear("out")) {
  std::array<std::int64_t, 2> size{material.rows, material.columns};
  std::vector<inference::FeatureTap> pools;
  for (std::size_t i = 0; i < kPools.size(); ++i) {
    const LateNorm norm(material.norm(vggNorm(i), kMusicnnEpsilon), material.runtime);
    const auto sign = at::where(norm.scale >= 0, at::ones_like(norm.scale), -at::ones_like(norm.scale)).view({1, -1, 1, 1});
    stages_.push_back({{negated(material.conv(vggConv(i)), sign), {1, {1, 1, 1, 1}}, material.runtime},
                       sign.to(material.runtime.type),
                       norm});
    size = pooledSize(kPools[i], size[0], size[1]);
    pools.push_back({"pool" + std::to_string(i + 1), {size[0], size[1], material.size("width")}});
  }
  for (auto pool = pools.rbegin(); pool != pools.rend(); ++pool) addTap(pool->name, pool->shape);
  addTap("logits", {material.size("classes")});
  addTap("scores", {material.size("classes")});
}

void MusicnnVggNet::walk(const at::Tensor& examples, Walk& walk) const {
  auto x = inputNorm_.map(examples.unsqueeze(1).to(runtime().device));
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const auto& [size, stride] = kPools[i];
    const auto& [conv, sign, norm] = stages_[i];
    const auto greatest = nn::fromConv(nn::maxPool(conv.forward(convInput(x)), {size[0], size[1]}, {stride, stride}));
    x = norm.map((greatest * sign).relu_());
    if (walk.endsAtMap("pool" + std::to_string(i + 1), x)) return;
  }
  const auto logits = out_.forward(x.permute({0, 2, 3, 1}).flatten(1)).to(at::kFloat);
  if (walk.endsAt("logits", logits)) return;
  static_cast<void>(walk.endsAt("scores", at::sigmoid(logits)));
}

}  // namespace chladni::models::backbones
