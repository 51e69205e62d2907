// Which patches of a grid a masked autoencoder is shown, by name of a pattern. Grids are rows x columns, row by row (rows:
// frequency or y, columns: time or x); tables are [batch, patch], every row of a batch keeps the same number.
// Noise is uniform in [0, 1) from a generator of the CPU, so that a seed gives the same mask everywhere.
// Stateless; any thread. checkMask() says in one line what the others throw as c10::Error.
// Sources: He et al. 2022 (random, grid), Gong et al. 2023 (time, frequency, both), Bao et al. 2022 (block).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <ATen/core/Generator.h>

#include "core/base/result.h"
#include "core/nn/masking.h"

namespace chladni::nn {

enum class MaskMode { unstructured, time, frequency, timeFrequency, block, grid };

// "unstructured", "time", "frequency", "time-frequency", "block", "grid".
std::string_view maskModeName(MaskMode mode);
std::optional<MaskMode> maskModeFromName(std::string_view name);
std::vector<std::string> maskModeNames();

struct MaskPlan {
  MaskMode mode = MaskMode::unstructured;
  double ratio = 0.75;  // share to hide; without meaning for `grid`, which shows one of every 2 x 2 patches
  std::int64_t rows = 0, columns = 0;
  [[nodiscard]] std::int64_t patches() const { return rows * columns; }
};

std::int64_t keptCount(const MaskPlan& plan);
// invalidArgument unless the ratio is in [0, 1) and at least one patch stays.
Result<void> checkMask(const MaskPlan& plan);

// Whole columns and rows to hide, one list per row of the batch; the list of lists is empty for an axis without draws.
struct BandDraws {
  std::vector<std::vector<std::int64_t>> columns, rows;
};
// How many columns and rows a mode draws: a share of `ratio` each, seven tenths of it when it draws both.
struct BandCounts {
  std::int64_t columns = 0, rows = 0;
};
BandCounts bandCounts(const MaskPlan& plan);

at::Generator seededGenerator(std::uint64_t seed);
at::Tensor drawNoise(std::int64_t batch, std::int64_t patches, at::Generator generator);  // [batch, patch]
BandDraws drawBands(const MaskPlan& plan, std::int64_t batch, at::Generator generator);
// Noise of the drawn columns and rows becomes 1.1, so that they go last.
at::Tensor raiseBands(const at::Tensor& noise, std::int64_t rows, std::int64_t columns, const BandDraws& draws);
// Any mode: noise of the whole batch first, then what the mode draws besides.
TokenMask drawMask(const MaskPlan& plan, std::int64_t batch, at::Generator generator);
// hidden [batch, patch], not 0 = hidden, every row with as many; shown patches keep the order of the grid.
TokenMask maskByTable(const at::Tensor& hidden);

}  // namespace chladni::nn
