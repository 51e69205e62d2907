// SpectrogramTiles: the TileSource of a recording. Levels finer than the coarse ones are decoded and transformed on
// demand, exactly. Coarse levels come from CoarseBuild once it has got there; before, a picture is sampled from a few
// columns per tile column within a time budget, and marked so; as long as somebody holds that first look it is what
// every further question is answered with, so that asking costs the scan nothing. Private to core/analysis.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "core/analysis/coarse_build.h"
#include "core/data/tile_source.h"

namespace chladni::analysis {

class SpectrogramTiles final : public TileSource {
 public:
  SpectrogramTiles(std::shared_ptr<const SoundFile> sound, std::shared_ptr<CoarseBuild> coarse);

  [[nodiscard]] int levels() const override;
  [[nodiscard]] double hopSeconds() const override;
  [[nodiscard]] double durationSeconds() const override;
  [[nodiscard]] const std::vector<float>& binHz() const override { return engine_->binHz(); }
  [[nodiscard]] SpectrogramScale scale() const override { return engine_->scale(); }
  [[nodiscard]] std::uint64_t id() const override { return id_; }
  Result<std::shared_ptr<const Tile>> compute(TileKey key, std::stop_token stop) override;

 private:
  using TileResult = Result<std::shared_ptr<const Tile>>;
  TileResult exact(TileKey key, std::int64_t columns, const std::stop_token& stop) const;
  TileResult sampled(TileKey key, std::int64_t columns, const std::stop_token& stop) const;
  TileResult firstLook(TileKey key, std::int64_t columns, const std::stop_token& stop);
  TileResult finished(Matrix levels, bool sampled) const;
  Result<Matrix> power(std::int64_t first, std::int64_t last, const std::stop_token& stop) const;
  [[nodiscard]] int coarseBase(const CoarseSpectrogram& data) const;
  [[nodiscard]] std::int64_t totalColumns() const;

  const std::shared_ptr<const SoundFile> sound_;
  const std::shared_ptr<CoarseBuild> coarse_;
  const std::shared_ptr<const SpectrumEngine> engine_;
  const std::uint64_t id_;
  // guarded by mutex_
  std::mutex mutex_;
  std::map<TileKey, std::weak_ptr<const Tile>> firstLooks_;
};

// The source of a file without sound or with settings that make no sense: no levels, and compute() fails with `error`.
std::shared_ptr<TileSource> emptyTiles(Error error);

}  // namespace chladni::analysis
