// TileProvider: where a spectrogram lane gets its tiles. tile() answers at once with what is there and asks for what is
// missing; ready() follows on the GUI thread. Tiles marked sampled count as missing again after refreshSampled().
// GUI thread only; the lane owns its provider.
#pragma once

#include <QObject>
#include <QString>
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
  // Null when it is not there yet.
  [[nodiscard]] virtual std::shared_ptr<const Tile> tile(TileKey key, bool request) = 0;
  virtual void refreshSampled() = 0;
  // Nothing is queued or being computed.
  [[nodiscard]] virtual bool idle() const = 0;
  // Why the last tile did not come; empty when all came.
  [[nodiscard]] virtual const QString& failure() const = 0;

 Q_SIGNALS:
  void ready();
};

}  // namespace chladni::widgets
