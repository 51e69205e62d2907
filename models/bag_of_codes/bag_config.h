// BagConfig: every free size of a bag of auto-encoder codes, parsed from ModelSpec::architecture and checked before
// anything is allocated. The picture is a log-mel table [bins, frames] of one second. Keys of `architecture` are the
// field names below in snake_case ("patch_bins"). Defaults: the published study's best model. Fails with
// incompatibleModel naming the bad field.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/data/attention_map.h"
#include "core/inference/model_spec.h"

namespace chladni::models::bag {

// In the order in which their counts stand side by side.
enum class PatchKind { whole, spectralEnvelope, bandEnvelope, patch };
inline constexpr std::array kPatchKinds{PatchKind::whole, PatchKind::spectralEnvelope, PatchKind::bandEnvelope,
                                        PatchKind::patch};

// "whole", "env", "fenv", "pat": as tensors are named.
const char* nameOf(PatchKind kind);

// How one kind cuts its picture: patches of rows x columns values, numbered row by row of the grid.
struct PatchShape {
  std::int64_t rows = 0;     // mel bins
  std::int64_t columns = 0;  // frames
  std::int64_t gridRows = 0;
  std::int64_t gridColumns = 0;
  [[nodiscard]] std::int64_t values() const { return rows * columns; }
  [[nodiscard]] std::int64_t count() const { return gridRows * gridColumns; }
};

struct BagConfig {
  std::int64_t bins = 96;
  std::int64_t frames = 100;
  std::int64_t patchBins = 8;
  std::int64_t patchFrames = 10;
  std::int64_t hidden = 2048;       // of the auto-encoders
  std::int64_t codeDivisor = 10;    // a code has 1 / codeDivisor of the values of its patch
  std::int64_t clusters = 256;      // of each kind's codebook
  std::int64_t headHidden = 512;
  std::int64_t classes = 200;
  double bicubic = -0.5;            // coefficient of the kernel that shrinks the whole picture: -0.5 or -0.75

  // The whole picture is shrunk to patchBins x patchFrames first.
  [[nodiscard]] PatchShape shape(PatchKind kind) const;
  [[nodiscard]] std::int64_t code(PatchKind kind) const { return shape(kind).values() / codeDivisor; }
  [[nodiscard]] std::int64_t patches() const;  // of all kinds: the sum of a second's counts
  [[nodiscard]] std::int64_t counts() const { return static_cast<std::int64_t>(kPatchKinds.size()) * clusters; }
  [[nodiscard]] PatchGrid grid(PatchKind kind, double columnSeconds) const;

  bool operator==(const BagConfig&) const = default;
};

Result<void> check(const BagConfig& config);
// bins and frames are those of spec.frontend, classes those of spec.classes; other sizes must be there.
Result<BagConfig> configFromSpec(const inference::ModelSpec& spec);
std::map<std::string, inference::Attribute> toArchitecture(const BagConfig& config);

}  // namespace chladni::models::bag
