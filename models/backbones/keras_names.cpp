#include "models/backbones/keras_names.h"

#include <array>
#include <map>
#include <regex>

#include <torch/types.h>

namespace chladni::models::backbones {
namespace {

constexpr std::int64_t kFlattenedGrid = 7;

// "conv2d" is 0, "conv2d_3" is 3.
std::optional<int> numberOf(const std::string& layer, const std::string& stem) {
  if (layer == stem) return 0;
  std::smatch match;
  if (!std::regex_match(layer, match, std::regex(stem + "_([0-9]{1,3})"))) return std::nullopt;
  return std::stoi(match[1]);
}

// In the order in which the published graph makes them.
std::optional<std::string> musicnnLayer(const std::string& layer) {
  constexpr std::array<const char*, 8> convs{"f74", "f77", "s1", "s2", "s3", "m1", "m2", "m3"};
  constexpr std::array<const char*, 11> norms{"bn_in", "f74_bn", "f77_bn", "s1_bn", "s2_bn", "s3_bn",
                                              "m1_bn", "m2_bn",  "m3_bn",  "pool_bn", "dense_bn"};
  constexpr std::array<const char*, 2> dense{"dense", "out"};
  const auto pick = [](const auto& names, int index) -> std::optional<std::string> {
    if (static_cast<std::size_t>(index) >= names.size()) return std::nullopt;
    return names[static_cast<std::size_t>(index)];
  };
  if (const auto index = numberOf(layer, "batch_normalization")) return pick(norms, *index);
  if (const auto index = numberOf(layer, "conv2d")) return pick(convs, *index);
  if (const auto index = numberOf(layer, "dense")) return pick(dense, *index);
  return std::nullopt;
}

std::optional<std::string> yamnetLayer(const std::string& layer) {
  if (layer == "logits") return "classifier";
  static const std::regex first("layer1/conv(/bn)?");
  static const std::regex later("(layer[0-9]{1,2})/(depthwise_conv|pointwise_conv)(/bn)?");
  std::smatch match;
  if (std::regex_match(layer, match, first)) return match[1].matched ? "layer1.fused.bn" : "layer1.fused.conv";
  if (std::regex_match(layer, match, later))
    return std::string(match[1]) + "." + std::string(match[2]) + (match[3].matched ? ".bn" : ".conv");
  return std::nullopt;
}

std::optional<std::string> vgg19Layer(const std::string& layer) {
  static const std::map<std::string, std::string> dense{
      {"fc1", "classifier.0"}, {"fc2", "classifier.3"}, {"predictions", "classifier.6"}};
  if (const auto found = dense.find(layer); found != dense.end()) return found->second;
  std::smatch match;
  if (!std::regex_match(layer, match, std::regex("block([1-5])_conv([1-4])"))) return std::nullopt;
  constexpr std::array<int, 5> firstIndex{0, 5, 10, 19, 28};
  return "features." + std::to_string(firstIndex[static_cast<std::size_t>(std::stoi(match[1]) - 1)] + 2 * (std::stoi(match[2]) - 1));
}

std::optional<std::string> resnetLayer(const std::string& layer) {
  if (layer == "predictions" || layer == "probs") return "fc";
  std::smatch match;
  if (std::regex_match(layer, match, std::regex("conv1_(conv|bn)"))) return match[1] == "conv" ? "conv1" : "bn1";
  if (!std::regex_match(layer, match, std::regex("conv([2-5])_block([0-9]{1,3})_([0-3])_(conv|bn)"))) return std::nullopt;
  const auto block = "layer" + std::to_string(std::stoi(match[1]) - 1) + "." + std::to_string(std::stoi(match[2]) - 1) + ".";
  if (match[3] == "0") return block + (match[4] == "conv" ? "downsample.0" : "downsample.1");
  return block + std::string(match[4]) + std::string(match[3]);
}

std::optional<std::string> musicnnVggLayer(const std::string& layer) {
  if (layer == "dense") return "out";
  std::smatch match;
  if (std::regex_match(layer, match, std::regex("([1-5])CNN"))) return "conv" + std::string(match[1]);
  return std::nullopt;
}

std::optional<std::string> ourLayer(std::string_view family, const std::string& layer) {
  if (family == "yamnet") return yamnetLayer(layer);
  if (family == "vgg19") return vgg19Layer(layer);
  if (family == "resnet") return resnetLayer(layer);
  if (family == "musicnn") return musicnnLayer(layer);
  if (family == "musicnn-vgg") {
    if (const auto index = numberOf(layer, "batch_normalization"); index && *index <= 5)
      return *index == 0 ? std::string("bn_in") : "bn" + std::to_string(*index);
    return musicnnVggLayer(layer);
  }
  if (family == "openl3") return layer;
  return std::nullopt;
}

}  // namespace

std::optional<KerasVariable> kerasVariable(const std::string& name) {
  auto path = name.ends_with(":0") ? name.substr(0, name.size() - 2) : name;
  static const std::regex optimiser("(^|.*/)(Adam|Adam_1|Momentum|RMSProp|beta1_power|beta2_power|global_step|iterations?)(/.*|$)");
  if (std::regex_match(path, optimiser)) return std::nullopt;
  const auto last = path.rfind('/');
  if (last == std::string::npos) return KerasVariable{"", path};
  KerasVariable variable{path.substr(0, last), path.substr(last + 1)};
  // Files of Keras repeat the layer ("fc1/fc1/kernel"); YAMNet's layers have a path of their own ("layer2/depthwise_conv/bn").
  static const std::regex pathOfLayer("(?:.*/)?(layer[0-9]+/.+)");
  std::smatch match;
  if (std::regex_match(variable.layer, match, pathOfLayer)) {
    std::string own = match[1];
    variable.layer = own;
  } else if (const auto slash = variable.layer.rfind('/'); slash != std::string::npos) {
    variable.layer = variable.layer.substr(slash + 1);
  }
  return variable;
}

std::optional<std::pair<std::string, Layout>> kerasName(std::string_view family, const KerasVariable& variable) {
  static const std::map<std::string, std::string> parts{{"kernel", "weight"},        {"depthwise_kernel", "weight"},
                                                        {"bias", "bias"},            {"gamma", "weight"},
                                                        {"beta", "bias"},            {"moving_mean", "running_mean"},
                                                        {"moving_variance", "running_var"}};
  const auto part = parts.find(variable.part);
  const auto layer = ourLayer(family, variable.layer);
  if (part == parts.end() || !layer) return std::nullopt;
  const bool flattened = family == "vgg19" && variable.layer == "fc1" && variable.part == "kernel";
  return std::pair{*layer + "." + part->second, flattened ? Layout::flattenedMap : Layout::plain};
}

std::optional<at::Tensor> kerasTensor(const KerasVariable& variable, Layout layout, const at::Tensor& tensor) {
  const bool depthwise = variable.part == "depthwise_kernel";
  if (!depthwise && variable.part != "kernel") return tensor.dim() == 1 ? std::optional(tensor) : std::nullopt;
  if (tensor.dim() == 4) return tensor.permute(depthwise ? at::IntArrayRef{2, 3, 0, 1} : at::IntArrayRef{3, 2, 0, 1}).contiguous();
  if (tensor.dim() != 2 || depthwise) return std::nullopt;
  if (layout == Layout::plain) return tensor.t().contiguous();
  if (tensor.size(0) % (kFlattenedGrid * kFlattenedGrid) != 0) return std::nullopt;
  const auto map = tensor.view({kFlattenedGrid, kFlattenedGrid, tensor.size(0) / (kFlattenedGrid * kFlattenedGrid), tensor.size(1)});
  return map.permute({3, 2, 0, 1}).flatten(1).contiguous();
}

}  // namespace chladni::models::backbones
