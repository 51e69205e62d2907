#include "models/asit/asit_masking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/base/assert.h"

namespace chladni::models::asit {
namespace {

struct Block {
  std::int64_t column = 0, bin = 0, height = 0, width = 0;
};

// Halves go to the even neighbour, as nearbyint does in the default mode.
std::int64_t roundedTo(std::int64_t value, std::int64_t step) {
  return static_cast<std::int64_t>(std::nearbyint(static_cast<double>(value) / static_cast<double>(step))) * step;
}

std::int64_t longest(std::int64_t side, double share) {
  return static_cast<std::int64_t>(std::floor(share * static_cast<double>(side)));
}

Block drawBlock(std::int64_t columns, std::int64_t bins, const GroupMaskOptions& options, DrawSource& draws) {
  const auto step = options.alignment;
  Block block;
  block.column = draws.whole(0, columns - step) / step * step;
  block.bin = draws.whole(0, bins - step) / step * step;
  block.height = roundedTo(std::min(draws.whole(step, longest(columns, options.longestSide)), columns - block.column), step);
  block.width = roundedTo(std::min(draws.whole(step, longest(bins, options.longestSide)), bins - block.bin), step);
  if (options.shape == GroupShape::time) {
    block.bin = 0;
    block.width = bins;
  } else if (options.shape == GroupShape::frequency) {
    block.column = 0;
    block.height = columns;
  }
  // Rounding up may reach beyond the picture.
  block.height = std::min(block.height, columns - block.column);
  block.width = std::min(block.width, bins - block.bin);
  return block;
}

std::int64_t hide(PixelMask& mask, const Block& block) {
  std::int64_t fresh = 0;
  for (std::int64_t column = block.column; column < block.column + block.height; ++column) {
    auto* row = mask.hidden.data() + column * mask.bins;
    for (std::int64_t bin = block.bin; bin < block.bin + block.width; ++bin) {
      fresh += row[bin] == 0 ? 1 : 0;
      row[bin] = 1;
    }
  }
  return fresh;
}

}  // namespace

std::int64_t PixelMask::count() const { return std::accumulate(hidden.begin(), hidden.end(), std::int64_t{0}); }

double PixelMask::share() const {
  return hidden.empty() ? 0.0 : static_cast<double>(count()) / static_cast<double>(hidden.size());
}

PixelMask drawGroupMask(std::int64_t columns, std::int64_t bins, const GroupMaskOptions& options, DrawSource& draws) {
  CHLADNI_ASSERT(columns > 0 && bins > 0 && options.alignment > 0);
  PixelMask mask{columns, bins, std::vector<std::uint8_t>(static_cast<std::size_t>(columns * bins), 0)};
  const auto target =
      draws.fraction(std::min(options.leastRatio, options.ratio), options.ratio) * static_cast<double>(columns * bins);
  std::int64_t hidden = 0;
  for (int blocks = 0; blocks < kMaxBlocks && static_cast<double>(hidden) < target && !draws.exhausted(); ++blocks)
    hidden += hide(mask, drawBlock(columns, bins, options, draws));
  return mask;
}

std::vector<std::uint8_t> tokenMask(const PixelMask& mask, std::int64_t patch) {
  CHLADNI_ASSERT(patch > 0 && mask.columns % patch == 0 && mask.bins % patch == 0);
  const auto rows = mask.bins / patch;
  std::vector<std::uint8_t> tokens(static_cast<std::size_t>(mask.columns / patch * rows), 0);
  for (std::int64_t column = 0; column < mask.columns; ++column)
    for (std::int64_t bin = 0; bin < mask.bins; ++bin)
      if (mask.hidden[static_cast<std::size_t>(column * mask.bins + bin)] != 0)
        tokens[static_cast<std::size_t>(column / patch * rows + bin / patch)] = 1;
  return tokens;
}

Matrix corrupted(const Matrix& picture, const PixelMask& mask, GroupFill fill, const Matrix* alien, const FillNoise& noise) {
  CHLADNI_ASSERT(picture.rows == mask.columns && picture.columns == mask.bins);
  CHLADNI_ASSERT(fill != GroupFill::alien || (alien && alien->values.size() == picture.values.size()));
  auto result = picture;
  Random random(noise.seed);
  for (std::size_t i = 0; i < mask.hidden.size(); ++i) {
    if (mask.hidden[i] == 0) continue;
    if (fill == GroupFill::zeros) result.values[i] = 0.0F;
    if (fill == GroupFill::noise) result.values[i] = static_cast<float>(noise.mean + noise.deviation * random.normal());
    if (fill == GroupFill::alien) result.values[i] = alien->values[i];
  }
  return result;
}

CorruptedBatch corruptBatch(std::span<const Matrix> clean, const GroupMaskOptions& options, double alienRatio, Random& random) {
  CorruptedBatch batch;
  for (const auto& picture : clean) {
    SeededDraws draws(random.bits());
    const bool fromAlien = alienRatio > 0.0 && random.chance(0.5);
    auto used = options;
    if (fromAlien) used.ratio = used.leastRatio = alienRatio;
    auto mask = drawGroupMask(picture.rows, picture.columns, used, draws);
    const auto& other = clean[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(clean.size())))];
    batch.pictures.push_back(corrupted(picture, mask, fromAlien ? GroupFill::alien : GroupFill::zeros, &other));
    batch.masks.push_back(std::move(mask));
  }
  return batch;
}

}  // namespace chladni::models::asit
