#include "models/ave/ave_detect.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <torch/types.h>

namespace chladni::models::ave {
namespace {

using Shape = std::vector<std::int64_t>;

Unexpected misfit(const std::string& why) { return fail(ErrorCode::incompatibleModel, why); }

Result<Shape> matrixShape(const nn::NamedTensors& tensors, const std::string& name) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) return misfit("missing tensor '" + name + "'; these are not weights of this network");
  if (found->second.dim() != 2 || found->second.numel() == 0)
    return misfit("tensor '" + name + "' has shape " + nn::shapeText(found->second) + ", expected a matrix");
  return found->second.sizes().vec();
}

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<void> readWhole(const Settings& settings, const char* key, std::int64_t& value) {
  const auto found = settings.find(key);
  if (found == settings.end()) return {};
  const auto number = whole(found->second);
  if (!number) return misfit("setting '" + std::string(key) + "' is '" + found->second + "', expected a whole number");
  value = *number;
  return {};
}

Result<void> readGrid(const Settings& settings, AveConfig& config) {
  const auto found = settings.find("grid");
  if (found == settings.end()) return {};
  const auto cross = found->second.find('x');
  const auto rows = whole(std::string_view(found->second).substr(0, cross));
  const auto columns = cross == std::string::npos ? std::nullopt : whole(std::string_view(found->second).substr(cross + 1));
  if (!rows || !columns) return misfit("setting 'grid' is '" + found->second + "', expected rows by columns, such as 7x7");
  config.gridRows = *rows;
  config.gridColumns = *columns;
  return {};
}

Result<void> settleGrid(const Settings& settings, std::int64_t regions, AveConfig& config) {
  if (settings.contains("grid")) {
    if (config.regions() == regions) return {};
    return misfit("setting 'grid' makes " + std::to_string(config.regions()) + " regions, but the weights are for " +
                  std::to_string(regions));
  }
  const auto side = std::llround(std::sqrt(static_cast<double>(regions)));
  if (side * side != regions)
    return misfit("the weights are for " + std::to_string(regions) + " regions, which make no square; say 'grid', such as 3x4");
  config.gridRows = config.gridColumns = side;
  return {};
}

Result<void> readSettings(const Settings& settings, AveConfig& config) {
  if (auto read = readWhole(settings, "fusion_blocks", config.fusionBlocks); !read) return read;
  if (auto read = readWhole(settings, "segments", config.segments); !read) return read;
  if (auto read = readGrid(settings, config); !read) return read;
  if (const auto found = settings.find("attention"); found != settings.end()) {
    const auto reading = attentionNamed(found->second);
    if (!reading) return misfit("setting 'attention' is '" + found->second + "', expected published or paper");
    config.attention = *reading;
  }
  if (const auto found = settings.find("weak"); found != settings.end()) {
    if (found->second != "true" && found->second != "false")
      return misfit("setting 'weak' is '" + found->second + "', expected true or false");
    config.weak = found->second == "true";
  }
  return {};
}

// Cell, hidden size and width of the input of one recurrent layer.
Result<std::int64_t> readRecurrent(const nn::NamedTensors& tensors, const std::string& layer, AveConfig& config) {
  const auto input = matrixShape(tensors, layer + ".weight_ih_l0");
  if (!input) return fail(input.error());
  const auto state = matrixShape(tensors, layer + ".weight_hh_l0");
  if (!state) return fail(state.error());
  const auto gates = (*state)[0] / (*state)[1];
  if ((*state)[0] % (*state)[1] != 0 || (gates != 4 && gates != 3) || (*input)[0] != (*state)[0])
    return misfit("tensor '" + layer + ".weight_hh_l0' has " + std::to_string((*state)[0]) + " rows for " +
                  std::to_string((*state)[1]) + " units, expected four gates of an LSTM or three of a GRU");
  config.cell = gates == 4 ? Cell::lstm : Cell::gru;
  config.hidden = (*state)[1];
  return (*input)[1];
}

Result<void> readRecurrents(const nn::NamedTensors& tensors, AveConfig& config) {
  const auto read = [&](const std::string& layer, std::int64_t AveConfig::*width) -> Result<void> {
    const auto in = readRecurrent(tensors, layer, config);
    if (!in) return fail(in.error());
    config.*width = *in;
    return {};
  };
  if (!config.fuses()) return read("rnn", config.hears() ? &AveConfig::soundWidth : &AveConfig::pictureWidth);
  if (auto done = read("lstm_audio", &AveConfig::soundWidth); !done) return done;
  return read("lstm_video", &AveConfig::pictureWidth);
}

Result<void> readAttention(const nn::NamedTensors& tensors, const Settings& settings, AveConfig& config) {
  if (config.kind == AveKind::visualOnly && tensors.contains("affine_v.weight")) config.pooling = PicturePooling::selfAttention;
  if (!config.attends()) return {};
  const auto shape = matrixShape(tensors, "affine_v.weight");
  if (!shape) return fail(shape.error());
  config.attentionWidth = (*shape)[1];
  return settleGrid(settings, (*shape)[0], config);
}

Result<void> readHead(const nn::NamedTensors& tensors, AveConfig& config) {
  const auto last = matrixShape(tensors, "L2.weight");
  if (!last) return fail(last.error());
  config.classes = (*last)[0];
  if (config.kind == AveKind::dmrn) return {};
  const auto first = matrixShape(tensors, "L1.weight");
  if (!first) return fail(first.error());
  config.headWidth = (*first)[0];
  return {};
}

// Weights of one of the other families, told from what only they have.
Result<void> checkKind(AveKind kind, const nn::NamedTensors& tensors) {
  const bool fused = tensors.contains("U_v.0.weight");
  const bool both = tensors.contains("affine_audio.weight");
  const auto found = fused ? AveKind::dmrn : both ? AveKind::avAtt : kind;
  const bool unimodal = kind == AveKind::audioOnly || kind == AveKind::visualOnly;
  if (found == kind || (!both && !fused && unimodal)) return {};
  return misfit("these are weights of '" + std::string(familyName(found)) + "', not of '" + std::string(familyName(kind)) +
                "'; import them as that family");
}

std::string canonicalName(AveKind kind, const std::string& published) {
  const auto name = nn::withoutWrappers(published);
  const bool unimodal = kind == AveKind::audioOnly || kind == AveKind::visualOnly;
  const std::string modality = kind == AveKind::audioOnly ? "audio" : "video";
  for (const std::string cell : {"gru", "lstm"}) {
    if (unimodal && name.starts_with(cell + "_" + modality + ".")) return "rnn" + name.substr(name.find('.'));
    if (unimodal && name.starts_with(cell + ".")) return "rnn" + name.substr(name.find('.'));
  }
  if (name.starts_with("gru_")) return "lstm_" + name.substr(4);
  return name;
}

}  // namespace

Result<nn::CanonicalWeights> canonicalise(AveKind kind, const nn::NamedTensors& published) {
  return nn::renamedWeights(published, [kind](const std::string& name) { return canonicalName(kind, name); });
}

Result<AveConfig> detectConfig(AveKind kind, const nn::NamedTensors& tensors, const Settings& settings) {
  AveConfig config;
  config.kind = kind;
  if (auto checked = checkKind(kind, tensors); !checked) return fail(std::move(checked).error());
  if (auto read = readSettings(settings, config); !read) return fail(std::move(read).error());
  if (auto read = readRecurrents(tensors, config); !read) return fail(std::move(read).error());
  if (auto read = readAttention(tensors, settings, config); !read) return fail(std::move(read).error());
  if (auto read = readHead(tensors, config); !read) return fail(std::move(read).error());
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::ave
