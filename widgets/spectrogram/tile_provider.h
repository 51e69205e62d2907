// TileProvider: where a SpectrogramLane gets its values. tile() answers at once from a cache; what is missing and wanted
// is queued and announced with ready(). Implemented above core, over a TileSource, because computing a tile takes threads.
// GUI thread only.
#pragma once

#include <QObject>
#include <memory>

#include "core/data/tile_source.h"

namespace chladni::widgets {

class TileProvider : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  // Null: nothing to show. Answers for the source before are dropped.
  virtual void setSource(std::shared_ptr<TileSource> source) = 0;
  [[nodiscard]] virtual const std::shared_ptr<TileSource>& source() const = 0;
  // Null when it is not there yet. `wanted` queues it, or its better version if it was sampled.
  [[nodiscard]] virtual std::shared_ptr<const Tile> tile(TileKey key, bool wanted) = 0;
  // Sampled tiles count as missing from now on; they are shown until their better version comes.
  virtual void refreshSampled() = 0;
  [[nodiscard]] virtual bool idle() const = 0;
  // Why the last tile could not be made; empty when all is well.
  [[nodiscard]] virtual const QString& failure() const = 0;

 Q_SIGNALS:
  void ready(chladni::TileKey key);
};

}  // namespace chladni::widgets
