#include "models/bag_of_codes/bag_detect.h"

#include <charconv>
#include <optional>
#include <system_error>

#include <torch/types.h>

#include "core/nn/published_weights.h"
#include "models/bag_of_codes/bag_codebook.h"

namespace chladni::models::bag {
namespace {

using Settings = std::map<std::string, std::string>;

template <class Number>
std::optional<Number> numberIn(const std::string& text) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<void> readSize(const Settings& settings, const std::string& key, std::int64_t& value) {
  const auto found = settings.find(key);
  if (found == settings.end()) return {};
  const auto number = numberIn<std::int64_t>(found->second);
  if (!number || *number < 1)
    return fail(ErrorCode::invalidArgument, "setting " + key + " is '" + found->second + "'; give a whole number above 0");
  value = *number;
  return {};
}

Result<void> readBicubic(const Settings& settings, double& value) {
  const auto found = settings.find("bicubic");
  if (found == settings.end()) return {};
  const auto number = found->second == "tensorflow" ? std::optional(-0.5)
                      : found->second == "pytorch"  ? std::optional(-0.75)
                                                    : numberIn<double>(found->second);
  if (!number)
    return fail(ErrorCode::invalidArgument, "setting bicubic is '" + found->second + "'; use tensorflow, pytorch or a number");
  value = *number;
  return {};
}

}  // namespace

Result<BagConfig> detectConfig(const nn::NamedTensors& tensors, const Settings& settings) {
  BagConfig config;
  if (auto read = readSize(settings, "bins", config.bins); !read) return fail(std::move(read).error());
  if (auto read = readSize(settings, "frames", config.frames); !read) return fail(std::move(read).error());
  if (auto read = readBicubic(settings, config.bicubic); !read) return fail(std::move(read).error());
  nn::ShapeReader shapes(tensors, "this is no complete bag of codes (a codebook in a file of its own is given as setting codebook=FILE)");
  const auto patch = shapes.size("ae.pat.enc.0.weight", 2, 1);
  const auto band = shapes.size("ae.fenv.enc.0.weight", 2, 1);
  const auto spectral = shapes.size("ae.env.enc.0.weight", 2, 1);
  const auto code = shapes.size("ae.pat.enc.4.weight", 2, 0);
  config.hidden = shapes.size("ae.pat.enc.0.weight", 2, 0);
  config.clusters = shapes.size(centresName(PatchKind::patch), 2, 0);
  config.headHidden = shapes.size("mlp.0.weight", 2, 0);
  config.classes = shapes.size("mlp.4.weight", 2, 0);
  if (shapes.failure()) return fail(*shapes.failure());
  if (band % config.frames != 0 || spectral % config.bins != 0 || (band / config.frames) * (spectral / config.bins) != patch)
    return fail(ErrorCode::incompatibleModel, "patches of " + std::to_string(patch) + ", " + std::to_string(band) + " and " +
                                                  std::to_string(spectral) + " values do not fit a picture of " +
                                                  std::to_string(config.bins) + " bins and " + std::to_string(config.frames) +
                                                  " frames; give bins and frames as settings");
  config.patchBins = band / config.frames;
  config.patchFrames = spectral / config.bins;
  config.codeDivisor = patch / code;
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::bag
