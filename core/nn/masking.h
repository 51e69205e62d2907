// Which patches of a grid a masked autoencoder is shown. Grids are rows x columns, row by row (rows: frequency or y,
// columns: time or x); tables are [batch, patch], every row of a batch keeps the same number.
// The order of kept patches is the order of ascending noise, equal values by lowest index (the published code leaves
// ties to an unstable sort). Noise is uniform in [0, 1), made on the CPU, so a seed gives the same mask everywhere.
// Stateless; any thread. Arguments out of range throw c10::Error; checkMask() says the same in one line beforehand.
// Sources: He et al. 2022 (random), Gong et al. 2023 (time, frequency, both), Bao et al. 2022 (block).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>

#include "core/base/result.h"

namespace chladni::nn {

enum class MaskMode { unstructured, time, frequency, timeFrequency, block, grid };

// "unstructured", "time", "frequency", "time-frequency", "block", "grid".
std::string_view maskModeName(MaskMode mode);
std::optional<MaskMode> maskModeFromName(std::string_view name);
std::vector<std::string> maskModeNames();

struct PatchMask {
  std::int64_t kept = 0;
  at::Tensor shuffle;  // [batch, patch] int64: patches by ascending noise, the first `kept` are shown
  at::Tensor restore;  // [batch, patch] int64: the inverse permutation
  at::Tensor hidden;   // [batch, patch] fp32 in the order of the grid: 0 shown, 1 hidden
  [[nodiscard]] PatchMask to(c10::Device device) const;
};

struct MaskPlan {
  MaskMode mode = MaskMode::unstructured;
  double ratio = 0.75;  // share to hide; without meaning for `grid`, which shows one of every 2 x 2 patches
  std::int64_t rows = 0, columns = 0;
  [[nodiscard]] std::int64_t patches() const { return rows * columns; }
};

// floor(patches * (1 - ratio)) in double arithmetic, never rounded.
std::int64_t shownPatches(std::int64_t patches, double ratio);
std::int64_t shownPatches(const MaskPlan& plan);
// invalidArgument unless the ratio is in [0, 1) and at least one patch stays.
Result<void> checkMask(const MaskPlan& plan);

// Whole columns and rows to hide, one list per row of the batch; a list of lists may be empty.
struct BandDraws {
  std::vector<std::vector<std::int64_t>> columns, rows;
};
// How many columns and rows a mode draws: a share of `ratio` each, seven tenths of it when it draws both.
struct BandCounts {
  std::int64_t columns = 0, rows = 0;
};
BandCounts bandCounts(const MaskPlan& plan);

at::Tensor drawNoise(std::int64_t batch, std::int64_t patches, at::Generator generator);  // [batch, patch]
BandDraws drawBands(const MaskPlan& plan, std::int64_t batch, at::Generator generator);
// Noise of the drawn columns and rows becomes 1.1, so that they go last.
at::Tensor raiseBands(const at::Tensor& noise, std::int64_t rows, std::int64_t columns, const BandDraws& draws);

PatchMask maskFromNoise(const at::Tensor& noise, std::int64_t kept);
// One row per batch row, 1 = hidden, every row with as many: shown patches keep the order of the grid.
PatchMask maskFromTable(const at::Tensor& hidden);
PatchMask showEverything(std::int64_t batch, std::int64_t patches);
// Any mode, from the generator: noise of the batch first, then what the mode draws.
PatchMask drawMask(const MaskPlan& plan, std::int64_t batch, at::Generator generator);
at::Generator seededGenerator(std::uint64_t seed);

// tokens [batch, patch, width] to [batch, kept, width], in shuffled order.
at::Tensor shownTokens(const at::Tensor& tokens, const PatchMask& mask);
// The reverse for a decoder: kept tokens and copies of `filler` [1, 1, width] back in the order of the grid.
at::Tensor filledTokens(const at::Tensor& kept, const at::Tensor& filler, const PatchMask& mask);

}  // namespace chladni::nn
