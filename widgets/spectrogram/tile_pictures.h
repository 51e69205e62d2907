// TilePictures: pictures of the tiles of a provider as a look wants them: which bins a row of pixels shows, which value
// has which colour. The range of values is learnt from the tiles. A picture is kept until its tile, the look or the range
// is another one, or too many are newer. GUI thread only; borrows the provider.
#pragma once

#include <QImage>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "core/data/colormap.h"
#include "widgets/spectrogram/frequency_scale.h"
#include "widgets/spectrogram/tile_provider.h"
#include "widgets/spectrogram/value_scale.h"

namespace chladni::widgets {

class TilePictures {
 public:
  struct Look {
    std::vector<FrequencyScale::Row> rows;  // of pixels, from the top
    ValueScale::Settings values;
    Colormap colours = Colormap::magma;
  };

  explicit TilePictures(TileProvider& tiles) : tiles_(tiles) {}

  // For another source: what is known of the range goes.
  void setScale(SpectrogramScale scale);
  void setLook(Look look);
  void forget() { pictures_.clear(); }
  [[nodiscard]] bool empty() const { return look_.rows.empty(); }

  // Null when the tile is not there yet; `request` asks for it.
  [[nodiscard]] const QImage* picture(TileKey key, bool request);
  // What a kept picture was made from; null: none is kept.
  [[nodiscard]] const Tile* shown(TileKey key) const;

  // CSV of the kept tiles of a level between two seconds: a row a column of time, a column a bin, named by `binHz`. Empty when
  // none is kept there.
  [[nodiscard]] QString table(const std::vector<float>& binHz, int level, double columnSeconds, double from, double to) const;

  [[nodiscard]] const ValueScale& values() const { return values_; }
  [[nodiscard]] double low() const { return values_.low(look_.values); }
  [[nodiscard]] double high() const { return values_.high(look_.values); }
  [[nodiscard]] std::array<QRgb, 256> pixels() const { return values_.pixels(look_.colours); }

 private:
  [[nodiscard]] QImage render(const Tile& tile) const;
  [[nodiscard]] std::vector<float> floorsOf(const Tile& tile) const;

  struct Picture {
    std::shared_ptr<const Tile> tile;
    QImage image;
    std::uint64_t lastUse = 0;
  };
  TileProvider& tiles_;
  Look look_;
  ValueScale values_;
  std::map<TileKey, Picture> pictures_;
  std::uint64_t uses_ = 0;
};

}  // namespace chladni::widgets
