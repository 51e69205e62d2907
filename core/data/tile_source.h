// TileSource: a spectrogram of any length, delivered in tiles of kTileColumns columns at several zoom levels.
// Level 0 has one column per hop; a column of level L covers 2^L hops and holds the maximum power among all of them
// (all columns counted, unless the tile says it was sampled). Tile (level, i) holds columns [i * kTileColumns, ...).
// compute() blocks (it may decode) and may be called from any worker thread; never from the GUI thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/data/matrix.h"
#include "core/data/spectrogram.h"

namespace chladni {

inline constexpr int kTileColumns = 256;

struct TileKey {
  int level = 0;
  std::int64_t index = 0;
  auto operator<=>(const TileKey&) const = default;
};

struct Tile {
  Matrix values;         // [column, bin], at most kTileColumns rows; the last tile may hold fewer
  bool sampled = false;  // true: a quick first picture made from some of the columns; ask again later
};

class TileSource {
 public:
  virtual ~TileSource() = default;
  [[nodiscard]] virtual int levels() const = 0;              // levels are 0 .. levels()-1
  [[nodiscard]] virtual double hopSeconds() const = 0;       // of level 0
  [[nodiscard]] virtual double durationSeconds() const = 0;  // of the whole source
  // Ascending: centres in Hz; of coefficients their numbers, of chroma 0 (C) to 11 (B).
  [[nodiscard]] virtual const std::vector<float>& binHz() const = 0;
  [[nodiscard]] virtual SpectrogramScale scale() const { return SpectrogramScale::decibel; }
  // Distinguishes settings: two sources with equal ids give equal tiles.
  [[nodiscard]] virtual std::uint64_t id() const = 0;
  virtual Result<std::shared_ptr<const Tile>> compute(TileKey key, std::stop_token stop) = 0;
};

}  // namespace chladni
