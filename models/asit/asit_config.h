// AsitConfig: every free size of an ASiT, parsed from ModelSpec::architecture and checked before anything is allocated.
// Keys of `architecture` are the field names in snake_case ("projection_hidden"). Which heads a package holds is told by
// their sizes: 0 leaves a head out. Fails with incompatibleModel naming the bad field.
// Tokens run time first: token = 1 + time * rows() + band; AST and CAV-MAE count the other way round.
// Source: Atito, Awais, Wang, Plumbley, Kittler, "ASiT: Local-Global Audio Spectrogram vIsion Transformer for Event
// Classification", and the authors' pre-training code.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/data/attention_map.h"
#include "core/inference/model_spec.h"

namespace chladni::models::asit {

struct ProjectionSizes {
  std::int64_t hidden = 0;  // of the trunk's two layers; 0: no projection head
  std::int64_t bottleneck = 256;
  std::int64_t classOutputs = 8192;
  std::int64_t dataOutputs = 1024;
  bool operator==(const ProjectionSizes&) const = default;
};

struct ReconstructionSizes {
  std::int64_t hidden = 0;  // 0: no reconstruction head
  std::int64_t bottleneck = 128;
  bool lastGelu = true;  // the authors' code has a GELU after the bottleneck, their paper has none
  bool operator==(const ReconstructionSizes&) const = default;
};

struct AsitConfig {
  std::int64_t depth = 12;
  std::int64_t width = 768;
  std::int64_t heads = 12;
  double mlpRatio = 4.0;
  std::int64_t patch = 16;
  std::int64_t bins = 128;    // mel bands of the input
  std::int64_t frames = 592;  // columns of the input
  double epsilon = 1e-6;
  std::int64_t classes = 0;  // of the fine-tuned head, linear on the class token; 0: no such head
  ProjectionSizes projection;
  ReconstructionSizes reconstruction;

  [[nodiscard]] std::int64_t rows() const { return bins / patch; }       // frequency
  [[nodiscard]] std::int64_t columns() const { return frames / patch; }  // time
  [[nodiscard]] std::int64_t patches() const { return rows() * columns(); }
  [[nodiscard]] std::int64_t tokens() const { return patches() + 1; }
  [[nodiscard]] std::int64_t hidden() const { return static_cast<std::int64_t>(static_cast<double>(width) * mlpRatio); }
  [[nodiscard]] PatchGrid grid(double columnSeconds) const;

  bool operator==(const AsitConfig&) const = default;
};

Result<void> check(const AsitConfig& config);
Result<AsitConfig> configFromSpec(const inference::ModelSpec& spec);
std::map<std::string, inference::Attribute> toArchitecture(const AsitConfig& config);

}  // namespace chladni::models::asit
