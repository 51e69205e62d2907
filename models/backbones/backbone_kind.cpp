#include "models/backbones/backbone_kind.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "models/backbones/musicnn_net.h"
#include "models/backbones/openl3_net.h"
#include "models/backbones/resnet_net.h"
#include "models/backbones/vgg19_net.h"
#include "models/backbones/vggish_net.h"
#include "models/backbones/yamnet_net.h"

namespace chladni::models::backbones {
namespace {

constexpr std::int64_t kMostChannels = 1 << 14;
constexpr std::int64_t kMostClasses = 1 << 20;

Unexpected badField(std::string_view field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + std::string(field) + "' " + why + "; correct model.json or import the weights again");
}

template <class Net>
std::unique_ptr<FeatureNet> make(const NetMaterial& material) {
  return std::make_unique<Net>(material);
}

// For nets whose tensors do not depend on the size of an example.
template <class Net>
std::vector<nn::NamedShape> parameters(const Sizes& sizes, std::int64_t, std::int64_t) {
  return Net::parameters(sizes);
}

std::vector<Kind> makeKinds() {
  const SizeRange width{"width", 1, 4096};
  const SizeRange classes{"classes", 1, kMostClasses};
  const SizeRange classesOrNone{"classes", 0, kMostClasses};
  const SizeRange dense{"dense", 1, kMostChannels};
  std::vector<Kind> kinds;
  kinds.push_back({"vggish", "", "VGGish", true, false, 16, 16,
                   {width, dense, {"embedding", 1, kMostChannels}, {"postprocess", 0, 1}},
                   VggishNet::detect, VggishNet::parameters, make<VggishNet>});
  kinds.push_back({"yamnet", "", "YAMNet", true, false, 1, 1, {width, classes}, YamnetNet::detect, parameters<YamnetNet>,
                   make<YamnetNet>});
  kinds.push_back({"openl3", "", "OpenL3", true, true, 64, 32, {width, {"embedding", 1, 1 << 20}}, OpenL3Net::detect,
                   parameters<OpenL3Net>, make<OpenL3Net>});
  kinds.push_back({"musicnn", "musicnn", "musicnn", true, false, 1, 10,
                   {{"timbral", 1, kMostChannels}, {"temporal", 1, kMostChannels}, {"mid", 1, kMostChannels}, dense, classes},
                   MusicnnNet::detect,
                   [](const Sizes& sizes, std::int64_t, std::int64_t columns) { return MusicnnNet::parameters(sizes, columns); },
                   make<MusicnnNet>});
  kinds.push_back({"musicnn", "vgg", "musicnn-VGG", true, false, 66, 64, {width, classes}, MusicnnVggNet::detect,
                   MusicnnVggNet::parameters, make<MusicnnVggNet>});
  kinds.push_back({"vgg19", "", "VGG-19", false, false, 32, 32, {width, {"dense", 0, kMostChannels}, classesOrNone},
                   Vgg19Net::detect, parameters<Vgg19Net>, make<Vgg19Net>});
  kinds.push_back({"resnet", "", "ResNet", false, false, 32, 32,
                   {width, {"blocks1", 1, 256}, {"blocks2", 1, 256}, {"blocks3", 1, 256}, {"blocks4", 1, 256}, {"keras", 0, 1},
                    classesOrNone},
                   ResnetNet::detect, parameters<ResnetNet>, make<ResnetNet>});
  return kinds;
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = makeKinds();
  return all;
}

}  // namespace

std::vector<std::string_view> familyNames() {
  std::vector<std::string_view> names;
  for (const auto& kind : kinds())
    if (std::find(names.begin(), names.end(), kind.family) == names.end()) names.push_back(kind.family);
  return names;
}

const Kind* kindOf(std::string_view family, std::string_view variant) {
  for (const auto& kind : kinds())
    if (kind.family == family && (variant.empty() || kind.variant == variant)) return &kind;
  return nullptr;
}

const Kind* kindOf(std::string_view family, const nn::NamedTensors& tensors) {
  for (const auto& kind : kinds())
    if (kind.family == family && checkSizes(kind, kind.detect(tensors))) return &kind;
  return nullptr;
}

Result<const Kind*> kindFromSpec(const inference::ModelSpec& spec) {
  if (const auto* kind = kindOf(spec.family, spec.text("variant").value_or(""))) return kind;
  return badField("variant", "is \"" + spec.text("variant").value_or("") + "\", which family " + spec.family + " does not have");
}

Result<void> checkSizes(const Kind& kind, const Sizes& sizes) {
  for (const auto& range : kind.ranges) {
    const auto found = sizes.find(range.key);
    if (found == sizes.end()) return badField(range.key, "is missing");
    if (found->second < range.low || found->second > range.high)
      return badField(range.key, "is " + std::to_string(found->second) + ", expected " + std::to_string(range.low) + " to " +
                                     std::to_string(range.high));
  }
  return {};
}

Result<Sizes> sizesFromSpec(const Kind& kind, const inference::ModelSpec& spec) {
  Sizes sizes;
  for (const auto& range : kind.ranges) {
    const auto flag = spec.flag(range.key);
    const auto number = flag ? std::optional<double>(*flag ? 1.0 : 0.0) : spec.number(range.key);
    if (!number) return badField(range.key, "is missing or not a number");
    if (!std::isfinite(*number) || *number != std::floor(*number) || std::abs(*number) > 1e9)
      return badField(range.key, "is not a whole number");
    sizes[range.key] = static_cast<std::int64_t>(*number);
  }
  if (auto checked = checkSizes(kind, sizes); !checked) return fail(std::move(checked).error());
  const auto named = static_cast<std::int64_t>(spec.classes.size());
  if (const auto classes = sizes.find("classes"); classes != sizes.end() && classes->second != named)
    return badField("classes", "is " + std::to_string(classes->second) + " but " + std::to_string(named) + " class names are listed");
  return sizes;
}

Result<ExampleSize> exampleSize(const Kind& kind, const FrontendSpec& frontend) {
  const auto refuse = [&](const std::string& why) {
    return fail(ErrorCode::incompatibleModel, "the front end " + why + "; correct model.json or import the weights again");
  };
  if (!kind.sound && !frontend.picture) return refuse("says nothing of pictures, which " + std::string(kind.title) + " needs");
  if (kind.sound && !frontend.sound) return refuse("makes no sound, which " + std::string(kind.title) + " needs");
  const ExampleSize size = kind.sound ? ExampleSize{frontend.targetFrames, frontend.melBins}
                                      : ExampleSize{frontend.picture->size, frontend.picture->size};
  if (size.rows < kind.minRows || size.columns < kind.minColumns || size.rows > kMostChannels || size.columns > kMostChannels)
    return refuse("makes examples of " + std::to_string(size.rows) + " x " + std::to_string(size.columns) + ", too small or too large for " +
                  std::string(kind.title));
  return size;
}

std::map<std::string, inference::Attribute> toArchitecture(const Kind& kind, const Sizes& sizes) {
  std::map<std::string, inference::Attribute> architecture;
  for (const auto& range : kind.ranges) {
    const auto value = sizes.at(range.key);
    const bool flag = range.low == 0 && range.high == 1;
    architecture[range.key] = flag ? inference::Attribute(value != 0) : inference::Attribute(static_cast<double>(value));
  }
  if (!kind.variant.empty()) architecture["variant"] = std::string(kind.variant);
  return architecture;
}

}  // namespace chladni::models::backbones
