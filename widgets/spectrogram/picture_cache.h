// PictureCache: the picture tiles of a spectrogram, made from value tiles by a worker thread and kept within a byte
// budget, those used last longest. A change of look (rows, colours, range) makes the pictures anew, never the values;
// the old ones stand in meanwhile. GUI thread only; ready() comes there.
#pragma once

#include <QImage>
#include <QObject>
#include <QThreadPool>
#include <list>
#include <map>
#include <memory>

#include "core/data/colormap.h"
#include "core/data/tile_source.h"
#include "widgets/spectrogram/frequency_axis.h"

namespace chladni::widgets {

// How values become colours. Immutable once given to the cache.
struct PictureLook {
  std::vector<PixelRow> rows;  // top first
  Colormap colours = Colormap::magma;
  double bottom = -80.0;  // in the unit of the values
  double top = 0.0;
};

// Pure; any thread. One pixel a column and row; null without columns or rows.
QImage renderTile(const Tile& tile, const PictureLook& look);
// The largest finite value; -infinity when there is none.
float loudest(const Tile& tile);

class PictureCache : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t kByteBudget = 64U << 20;

  explicit PictureCache(QObject* parent = nullptr);
  ~PictureCache() override;

  void setLook(PictureLook look);
  [[nodiscard]] const PictureLook& look() const { return *look_; }
  void clear();

  // The newest picture of this tile, null when there is none. Unless it was made from this very tile with the present
  // look, a new one is made.
  const QImage* picture(TileKey key, const std::shared_ptr<const Tile>& tile);
  [[nodiscard]] bool idle() const { return pending_.empty(); }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 Q_SIGNALS:
  // A picture is there; `loudestValue` is the largest value in its tile.
  void ready(float loudestValue);

 private:
  struct Kept {
    std::shared_ptr<const Tile> tile;
    QImage image;
    std::list<TileKey>::iterator use;
  };
  void make(TileKey key, const std::shared_ptr<const Tile>& tile);
  void accept(TileKey key, std::shared_ptr<const Tile> tile, QImage image);
  void forget(TileKey key);

  std::shared_ptr<const PictureLook> look_;
  std::uint64_t generation_ = 0;
  std::map<TileKey, Kept> kept_;
  std::list<TileKey> uses_;  // newest first
  std::map<TileKey, std::shared_ptr<const Tile>> pending_;
  std::size_t bytes_ = 0;
  QThreadPool pool_;
};

}  // namespace chladni::widgets
