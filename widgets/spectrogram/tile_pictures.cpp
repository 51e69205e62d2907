#include "widgets/spectrogram/tile_pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace chladni::widgets {
namespace {

constexpr std::size_t kPicturesKept = 96;

}  // namespace

void TilePictures::setScale(SpectrogramScale scale) {
  values_ = ValueScale(scale);
  forget();
}

void TilePictures::setLook(Look look) {
  look_ = std::move(look);
  forget();
}

const QImage* TilePictures::picture(TileKey key, bool request) {
  const auto tile = tiles_.tile(key, request);
  if (!tile || tile->values.rows == 0) return nullptr;
  auto found = pictures_.find(key);
  if (found == pictures_.end() || found->second.tile != tile) {
    if (values_.see(*tile)) forget();
    if (pictures_.size() >= kPicturesKept) {
      pictures_.erase(std::min_element(pictures_.begin(), pictures_.end(),
                                       [](const auto& a, const auto& b) { return a.second.lastUse < b.second.lastUse; }));
    }
    found = pictures_.insert_or_assign(key, Picture{tile, render(*tile), 0}).first;
  }
  found->second.lastUse = ++uses_;
  return &found->second.image;
}

const Tile* TilePictures::shown(TileKey key) const {
  const auto found = pictures_.find(key);
  return found == pictures_.end() ? nullptr : found->second.tile.get();
}

// The value that is darkest, for each column.
std::vector<float> TilePictures::floorsOf(const Tile& tile) const {
  std::vector<float> floors(static_cast<std::size_t>(tile.values.rows), static_cast<float>(low()));
  if (!look_.values.evenColumns || values_.scale() != SpectrogramScale::decibel) return floors;
  for (std::size_t c = 0; c < floors.size(); ++c) {
    const auto values = tile.values.row(static_cast<std::int64_t>(c));
    floors[c] = *std::max_element(values.begin(), values.end()) - static_cast<float>(look_.values.rangeDb);
  }
  return floors;
}

QImage TilePictures::render(const Tile& tile) const {
  const auto columns = static_cast<int>(tile.values.rows);
  QImage image(std::max(1, columns), static_cast<int>(look_.rows.size()), QImage::Format_RGB32);
  const std::vector<float> floors = floorsOf(tile);
  const auto scale = static_cast<float>(255.0 / std::max(1e-9, high() - low()));
  const std::array<QRgb, 256> colours = pixels();
  for (int r = 0; r < image.height(); ++r) {
    const FrequencyScale::Row& row = look_.rows[static_cast<std::size_t>(r)];
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(r));
    for (int c = 0; c < columns; ++c) {
      const float* values = tile.values.values.data() + static_cast<std::int64_t>(c) * tile.values.columns;
      const float value = row.mix > 0.0F ? values[row.first] + row.mix * (values[row.last] - values[row.first])
                                         : *std::max_element(values + row.first, values + row.last + 1);
      line[c] = colours[static_cast<std::size_t>(std::clamp((value - floors[static_cast<std::size_t>(c)]) * scale, 0.0F, 255.0F))];
    }
  }
  return image;
}

QString TilePictures::table(const std::vector<float>& binHz, int level, double columnSeconds, double from, double to) const {
  QByteArray text("time s");
  for (const float bin : binHz) text += ',' + QByteArray::number(static_cast<double>(bin), 'g', 7);
  text += '\n';
  bool any = false;
  for (auto at = static_cast<std::int64_t>(std::max(0.0, std::floor(from / columnSeconds))); static_cast<double>(at) * columnSeconds < to; ++at) {
    const Tile* tile = shown({level, at / kTileColumns});
    if (tile == nullptr || at % kTileColumns >= tile->values.rows) continue;
    any = true;
    text += QByteArray::number(static_cast<double>(at) * columnSeconds, 'f', 4);
    for (const float value : tile->values.row(at % kTileColumns)) text += ',' + QByteArray::number(static_cast<double>(value), 'g', 5);
    text += '\n';
  }
  return any ? QString::fromLatin1(text) : QString();
}

}  // namespace chladni::widgets
