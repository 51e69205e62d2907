#include "widgets/spectrogram/picture_cache.h"

#include <QMetaObject>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace chladni::widgets {

QImage renderTile(const Tile& tile, const PictureLook& look) {
  const auto columns = static_cast<int>(tile.values.rows);
  if (columns <= 0 || look.rows.empty() || look.top <= look.bottom) return {};
  std::array<QRgb, 256> pixels{};
  const auto& table = colours(look.colours);
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = qRgb(table[i].red, table[i].green, table[i].blue);
  QImage image(columns, static_cast<int>(look.rows.size()), QImage::Format_RGB32);
  const auto bottom = static_cast<float>(look.bottom);
  const auto scale = static_cast<float>(255.0 / (look.top - look.bottom));
  const auto lastBin = static_cast<int>(tile.values.columns) - 1;
  for (int r = 0; r < image.height(); ++r) {
    const PixelRow& row = look.rows[static_cast<std::size_t>(r)];
    const int first = std::min(row.first, lastBin);
    const int last = std::min(row.last, lastBin);
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(r));
    for (int c = 0; c < columns; ++c) {
      const float* values = tile.values.values.data() + static_cast<std::int64_t>(c) * tile.values.columns;
      const float value = row.mix > 0.0F ? values[first] + row.mix * (values[last] - values[first])
                                         : *std::max_element(values + first, values + last + 1);
      // Written so that NaN and minus infinity take the first colour.
      const float level = (value - bottom) * scale;
      line[c] = pixels[level > 0.0F ? static_cast<std::size_t>(std::min(level, 255.0F)) : 0U];
    }
  }
  return image;
}

float loudest(const Tile& tile) {
  float most = -std::numeric_limits<float>::infinity();
  for (const float value : tile.values.values) {
    if (value > most && std::isfinite(value)) most = value;
  }
  return most;
}

PictureCache::PictureCache(QObject* parent) : QObject(parent), look_(std::make_shared<PictureLook>()) {
  pool_.setMaxThreadCount(1);
}

PictureCache::~PictureCache() {
  pool_.clear();
  pool_.waitForDone();
}

void PictureCache::setLook(PictureLook look) {
  look_ = std::make_shared<const PictureLook>(std::move(look));
  ++generation_;
  pool_.clear();
  pending_.clear();
  // Shown until their successors are made.
  for (auto& [key, kept] : kept_) kept.tile.reset();
}

void PictureCache::clear() {
  ++generation_;
  pool_.clear();
  pending_.clear();
  kept_.clear();
  uses_.clear();
  bytes_ = 0;
}

const QImage* PictureCache::picture(TileKey key, const std::shared_ptr<const Tile>& tile) {
  const auto found = kept_.find(key);
  if (tile && (found == kept_.end() || found->second.tile != tile)) make(key, tile);
  if (found == kept_.end()) return nullptr;
  uses_.splice(uses_.begin(), uses_, found->second.use);
  return &found->second.image;
}

void PictureCache::make(TileKey key, const std::shared_ptr<const Tile>& tile) {
  if (look_->rows.empty() || tile->values.rows <= 0) return;
  auto& waiting = pending_[key];
  if (waiting == tile) return;
  waiting = tile;
  pool_.start([this, key, tile, look = look_, generation = generation_] {
    QImage image = renderTile(*tile, *look);
    const float most = loudest(*tile);
    QMetaObject::invokeMethod(
        this,
        [this, key, tile, most, generation, image = std::move(image)] {
          if (generation != generation_) return;
          accept(key, tile, image);
          Q_EMIT ready(most);
        },
        Qt::QueuedConnection);
  });
}

void PictureCache::accept(TileKey key, std::shared_ptr<const Tile> tile, QImage image) {
  const auto waiting = pending_.find(key);
  if (waiting == pending_.end() || waiting->second != tile) return;  // a better tile came meanwhile
  pending_.erase(waiting);
  forget(key);
  uses_.push_front(key);
  bytes_ += static_cast<std::size_t>(image.sizeInBytes());
  kept_[key] = {std::move(tile), std::move(image), uses_.begin()};
  while (bytes_ > kByteBudget && uses_.size() > 1) forget(uses_.back());
}

void PictureCache::forget(TileKey key) {
  const auto found = kept_.find(key);
  if (found == kept_.end()) return;
  bytes_ -= static_cast<std::size_t>(found->second.image.sizeInBytes());
  uses_.erase(found->second.use);
  kept_.erase(found);
}

}  // namespace chladni::widgets
