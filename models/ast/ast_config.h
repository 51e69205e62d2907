// AstConfig: every free size of an Audio Spectrogram Transformer, parsed from ModelSpec::architecture and checked before
// anything is allocated. Defaults: the published AudioSet model (base, stride 10, 10 s). Keys of `architecture` are the
// field names below in snake_case ("stride_time"). Fails with incompatibleModel naming the bad field.
// Source: Gong, Chung, Glass, "AST: Audio Spectrogram Transformer", 2021.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/data/attention_map.h"
#include "core/inference/model_spec.h"

namespace chladni::models::ast {

enum class Head {
  normLinear,  // LayerNorm and Linear: mlp_head.0, mlp_head.1
  linear       // Linear alone: mlp_head.1
};

struct AstConfig {
  std::int64_t depth = 12;
  std::int64_t width = 768;
  std::int64_t heads = 12;
  double mlpRatio = 4.0;
  std::int64_t patch = 16;
  std::int64_t strideFrequency = 10;
  std::int64_t strideTime = 10;
  std::int64_t bins = 128;     // mel bands of the input
  std::int64_t frames = 1024;  // columns of the input
  bool distillationToken = true;
  double backboneEpsilon = 1e-6;  // 1e-12 for weights of the HuggingFace port
  double headEpsilon = 1e-5;
  std::int64_t classes = 527;
  std::int64_t stemChannels = 0;  // of the first convolution of a ConvStem; 0: patches alone, as published
  Head head = Head::normLinear;

  [[nodiscard]] std::int64_t rows() const { return (bins - patch) / strideFrequency + 1; }
  [[nodiscard]] std::int64_t columns() const { return (frames - patch) / strideTime + 1; }
  [[nodiscard]] std::int64_t leadingTokens() const { return distillationToken ? 2 : 1; }
  [[nodiscard]] std::int64_t tokens() const { return rows() * columns() + leadingTokens(); }
  [[nodiscard]] std::int64_t hidden() const { return static_cast<std::int64_t>(static_cast<double>(width) * mlpRatio); }
  [[nodiscard]] PatchGrid grid(double columnSeconds) const;
  [[nodiscard]] std::int64_t stemParameters() const;
  [[nodiscard]] std::int64_t parameters() const;  // without the unused ImageNet heads

  bool operator==(const AstConfig&) const = default;
};

Result<void> check(const AstConfig& config);
// Reads the keys, takes defaults for those absent except the sizes that no default can guess (depth, width, classes
// from spec.classes), checks bins and frames against spec.frontend.
Result<AstConfig> configFromSpec(const inference::ModelSpec& spec);
std::map<std::string, inference::Attribute> toArchitecture(const AstConfig& config);

}  // namespace chladni::models::ast
