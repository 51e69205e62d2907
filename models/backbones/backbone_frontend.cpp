#include "models/backbones/backbone_frontend.h"

#include <algorithm>

#include "core/dsp/frontend_presets.h"

namespace chladni::models::backbones {
namespace {

struct Allowed {
  std::string_view family;
  std::vector<std::string> names;
};

const std::vector<Allowed>& allowedSettings() {
  static const std::vector<Allowed> all{{"vggish", {"pca", "windows"}}, {"openl3", {"representation", "embedding"}},
                                        {"musicnn", {"padding"}},        {"vgg19", {"preprocessing"}},
                                        {"resnet", {"preprocessing"}}};
  return all;
}

std::string joined(const std::vector<std::string>& words) {
  std::string list;
  for (const auto& word : words) list += (list.empty() ? "" : ", ") + word;
  return list.empty() ? "none" : list;
}

void useSound(inference::ModelSpec& spec, const std::string& preset, std::int64_t frames) {
  spec.frontend = *dsp::frontendPreset(preset);
  spec.frontend.logMel.padTo = "none";  // the program cuts the windows and fills up the last one
  spec.frontend.targetFrames = frames;
}

Result<void> useOpenL3(inference::ModelSpec& spec, const Settings& settings) {
  auto representation = setting(settings, "representation", {"", "mel256", "mel128", "linear"});
  if (!representation) return fail(std::move(representation).error());
  for (const char* known : {"mel256", "mel128", "linear"})
    if (representation->empty() && spec.source.find(known) != std::string::npos) *representation = known;
  if (representation->empty())
    return fail(ErrorCode::invalidArgument,
                "the weights do not say what OpenL3 listened to; give the setting representation: mel256, mel128 or linear");
  useSound(spec, "openl3-" + *representation, *representation == "linear" ? 197 : 199);
  spec.architecture["example_hop_seconds"] = 0.1;
  spec.architecture["centre"] = true;
  spec.windowSeconds = spec.hopSeconds = 1.0;
  return {};
}

Result<void> useMusicnn(inference::ModelSpec& spec, const Settings& settings) {
  const auto padding = setting(settings, "padding", {"reflect", "zero"});
  if (!padding) return fail(padding.error());
  constexpr std::int64_t kFrames = 187;  // three seconds
  useSound(spec, *padding == "reflect" ? "musicnn" : "musicnn-zero", kFrames);
  spec.hopSeconds = static_cast<double>(kFrames) * spec.frontend.frameShiftMs / 1000.0;
  spec.windowSeconds = 3.0;
  return {};
}

Result<void> useVggish(inference::ModelSpec& spec, const Settings& settings) {
  const auto windows = setting(settings, "windows", {"second", "published"});
  if (!windows) return fail(windows.error());
  useSound(spec, "vggish", 96);
  spec.windowSeconds = *windows == "second" ? 1.0 : spec.frontend.clipSeconds();
  spec.hopSeconds = *windows == "second" ? 1.0 : 0.96;
  return {};
}

Result<void> usePictures(inference::ModelSpec& spec, const Settings& settings, bool keras) {
  const auto preprocessing = setting(settings, "preprocessing", {"", "torchvision", "keras"});
  if (!preprocessing) return fail(preprocessing.error());
  PictureSpec picture;
  picture.framesPerSecond = 16.0;  // averaged: AVE's features
  picture.fit = "stretch";  // no part of the picture is lost: AVE's maps cover the whole frame
  picture.interpolation = "bilinear";
  if (preprocessing->empty() ? keras : *preprocessing == "keras") {
    picture.channelOrder = "bgr";
    picture.scale = 1.0F;
    picture.mean = {123.68F, 116.779F, 103.939F};  // of red, green, blue
    picture.deviation = {1.0F, 1.0F, 1.0F};
  }
  spec.frontend = FrontendSpec{};
  spec.frontend.sound = false;
  spec.frontend.picture = picture;
  spec.windowSeconds = spec.hopSeconds = 1.0;
  return {};
}

}  // namespace

Result<std::string> setting(const Settings& settings, const std::string& name, const std::vector<std::string>& allowed) {
  const auto found = settings.find(name);
  if (found == settings.end()) return allowed.front();
  if (!found->second.empty() && std::find(allowed.begin(), allowed.end(), found->second) != allowed.end()) return found->second;
  auto offered = allowed;
  std::erase(offered, "");
  return fail(ErrorCode::invalidArgument, "the setting " + name + " is '" + found->second + "'; it may be: " + joined(offered));
}

Result<void> checkSettings(const Kind& kind, const Settings& settings) {
  std::vector<std::string> known;
  for (const auto& allowed : allowedSettings())
    if (allowed.family == kind.family) known = allowed.names;
  for (const auto& [name, value] : settings)
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(ErrorCode::invalidArgument, "family " + std::string(kind.family) + " has no setting '" + name + "'; it has: " + joined(known));
  return {};
}

Result<void> settleFrontend(inference::ModelSpec& spec, const Kind& kind, const Settings& settings, bool keras) {
  if (!kind.sound) return usePictures(spec, settings, keras);
  if (kind.family == "openl3") return useOpenL3(spec, settings);
  if (kind.family == "musicnn") return useMusicnn(spec, settings);
  if (kind.family == "vggish") return useVggish(spec, settings);
  useSound(spec, "yamnet", 96);
  spec.windowSeconds = spec.frontend.clipSeconds();
  spec.hopSeconds = 0.48;
  return {};
}

}  // namespace chladni::models::backbones
