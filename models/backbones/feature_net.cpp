#include "models/backbones/feature_net.h"

#include <algorithm>

#include <torch/types.h>

namespace chladni::models::backbones {

nn::ConvWeights NetMaterial::conv(const std::string& name) const {
  const auto bias = tensors.find(name + ".bias");
  return {tensor(name + ".weight"), bias == tensors.end() ? at::Tensor() : bias->second};
}

nn::BatchNormWeights NetMaterial::norm(const std::string& name, double epsilon) const {
  return {tensor(name + ".weight"), tensor(name + ".bias"), tensor(name + ".running_mean"), tensor(name + ".running_var"),
          epsilon};
}

nn::PreparedLinear NetMaterial::linear(const std::string& name) const {
  return {tensor(name + ".weight"), tensor(name + ".bias"), runtime};
}

bool Walk::endsAtMap(std::string_view stage, const at::Tensor& map) {
  return endsAt(stage, stage == wanted_ ? nn::fromConv(map).permute({0, 2, 3, 1}) : map);
}

bool Walk::endsAt(std::string_view stage, const at::Tensor& values) {
  if (stop_.stop_requested()) return true;
  if (stage != wanted_) return false;
  kept_ = values;
  return true;
}

std::optional<at::Tensor> FeatureNet::run(const at::Tensor& examples, const std::string& tap, std::stop_token stop) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  Walk way(tap, std::move(stop));
  walk(examples, way);
  if (!way.kept()) return std::nullopt;
  return way.kept()->to(at::kCPU, at::kFloat).contiguous();
}

std::array<std::int64_t, 2> samePadding(std::int64_t size, std::int64_t kernel, std::int64_t stride) {
  const auto places = (size + stride - 1) / stride;
  const auto total = std::max<std::int64_t>((places - 1) * stride + kernel - size, 0);
  return {total / 2, total - total / 2};
}

void addConv(std::vector<nn::NamedShape>& list, const std::string& name, std::vector<std::int64_t> weight, bool bias) {
  const auto out = weight.front();
  list.push_back({name + ".weight", std::move(weight)});
  if (bias) list.push_back({name + ".bias", {out}});
}

void addNorm(std::vector<nn::NamedShape>& list, const std::string& name, std::int64_t channels) {
  for (const char* part : {".weight", ".bias", ".running_mean", ".running_var"}) list.push_back({name + part, {channels}});
}

void addLinear(std::vector<nn::NamedShape>& list, const std::string& name, std::int64_t out, std::int64_t in) {
  list.push_back({name + ".weight", {out, in}});
  list.push_back({name + ".bias", {out}});
}

std::int64_t sizeOf(const nn::NamedTensors& tensors, const std::string& name, std::int64_t dimension) {
  const auto found = tensors.find(name);
  return found == tensors.end() || found->second.dim() <= dimension ? 0 : found->second.size(dimension);
}

}  // namespace chladni::models::backbones
