// TileLoader: the provider of spectrogram tiles that computes them off the GUI thread: newest first, two workers, a
// bounded queue, and a cache that keeps the tiles used last within a byte budget. A tile that was only sampled is asked for
// again after a while. GUI thread only; destruction joins.
#pragma once

#include <QObject>
#include <QTimer>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>

#include "core/data/tile_source.h"
#include "core/jobs/job_queue.h"
#include "ui/bridge/gui_post.h"
#include "widgets/spectrogram/tile_provider.h"

namespace chladni::ui {

class TileLoader : public widgets::TileProvider {
  Q_OBJECT

 public:
  explicit TileLoader(QObject* parent = nullptr);
  ~TileLoader() override;

  void setSource(std::shared_ptr<TileSource> source) override;
  [[nodiscard]] const std::shared_ptr<TileSource>& source() const override { return source_; }
  [[nodiscard]] std::shared_ptr<const Tile> tile(TileKey key, bool request) override;
  void refreshSampled() override;
  [[nodiscard]] bool idle() const override { return wanted_.empty(); }
  [[nodiscard]] const QString& failure() const override { return failure_; }

 private:
  struct Kept {
    std::shared_ptr<const Tile> tile;
    std::list<TileKey>::iterator use;
    bool stale = false;
  };
  void request(TileKey key);
  void accept(TileKey key, std::shared_ptr<const Tile> tile);
  void trim();

  std::shared_ptr<TileSource> source_;
  std::uint64_t generation_ = 0;
  std::map<TileKey, Kept> tiles_;
  std::list<TileKey> uses_;  // newest use first
  std::size_t bytes_ = 0;
  std::set<TileKey> wanted_;
  QTimer again_;  // sampled tiles may be exact by now
  QString failure_;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui
