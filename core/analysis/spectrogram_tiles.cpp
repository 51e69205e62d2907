#include "core/analysis/spectrogram_tiles.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>

#include "core/analysis/even_order.h"

namespace chladni::analysis {

namespace {

constexpr int kMaxLevels = 40;
constexpr std::int64_t kBatchColumns = 512;
constexpr std::chrono::milliseconds kSamplingBudget{200};
constexpr std::size_t kMostFirstLooks = 4096;

std::uint64_t identify(const SoundFile& sound, const SpectrogramSettings& s) {
  std::string text = sound.identity().path().string();
  for (const int n : {static_cast<int>(s.kind), s.windowSamples, s.hopSamples, s.fftSize, s.melBins, s.binsPerOctave, s.coefficients})
    text += ':' + std::to_string(n);
  return std::hash<std::string>{}(text);
}

void largestOf(std::span<const float> column, std::span<float> into) {
  for (std::size_t b = 0; b < into.size(); ++b) into[b] = std::max(into[b], column[b]);
}

}  // namespace

SpectrogramTiles::SpectrogramTiles(std::shared_ptr<const SoundFile> sound, std::shared_ptr<CoarseBuild> coarse)
    : sound_(std::move(sound)),
      coarse_(std::move(coarse)),
      engine_(coarse_->engine()),
      id_(identify(*sound_, coarse_->settings())) {}

std::int64_t SpectrogramTiles::totalColumns() const { return engine_->columns(sound_->samplesAt(engine_->rate())); }

int SpectrogramTiles::levels() const {
  int count = 1;
  while (count < kMaxLevels && (totalColumns() >> (count - 1)) > kTileColumns) ++count;
  return count;
}

double SpectrogramTiles::hopSeconds() const {
  return static_cast<double>(engine_->hopSamples()) / engine_->rate().hz();
}

double SpectrogramTiles::durationSeconds() const {
  return static_cast<double>(sound_->samples()) / sound_->rate().hz();
}

// Until the pass has ended, what its base will be is foretold from the length.
int SpectrogramTiles::coarseBase(const CoarseSpectrogram& data) const {
  int base = data.baseLevel();
  if (data.finished()) return base;
  while ((totalColumns() >> base) * engine_->bins() > CoarseSpectrogram::kMaxBaseBytes) ++base;
  return base;
}

Result<std::shared_ptr<const Tile>> SpectrogramTiles::compute(TileKey key, std::stop_token stop) {
  if (key.level < 0 || key.level >= kMaxLevels || key.index < 0)
    return fail(ErrorCode::invalidArgument, "there is no such spectrogram tile");
  const std::int64_t levelColumns =
      (totalColumns() + (std::int64_t{1} << key.level) - 1) >> key.level;
  const std::int64_t columns =
      key.index > levelColumns / kTileColumns
          ? 0
          : std::clamp<std::int64_t>(levelColumns - key.index * kTileColumns, 0, kTileColumns);
  if (columns == 0) {
    auto tile = std::make_shared<Tile>();
    tile->values = Matrix(0, static_cast<std::int64_t>(binHz().size()));
    return std::shared_ptr<const Tile>(std::move(tile));
  }
  const auto data = coarse_->data();
  if (key.level < coarseBase(*data)) return exact(key, columns, stop);
  if (auto rows = data->rows(key.level, key.index * kTileColumns, columns)) return finished(std::move(*rows), false);
  auto unchanged = sound_->identity().unchanged();
  if (!unchanged) return fail(unchanged.error());
  coarse_->wanted(sound_);
  return firstLook(key, columns, stop);
}

Result<std::shared_ptr<const Tile>> SpectrogramTiles::firstLook(TileKey key, std::int64_t columns,
                                                                const std::stop_token& stop) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = firstLooks_.find(key); found != firstLooks_.end())
      if (auto held = found->second.lock()) return held;
  }
  auto tile = sampled(key, columns, stop);
  if (!tile) return tile;
  const std::lock_guard lock(mutex_);
  if (firstLooks_.size() >= kMostFirstLooks) firstLooks_.clear();
  firstLooks_[key] = *tile;
  return tile;
}

Result<Matrix> SpectrogramTiles::power(std::int64_t first, std::int64_t last, const std::stop_token& stop) const {
  const dsp::SampleRange reach = engine_->reach(first, last);
  const std::int64_t start = std::max<std::int64_t>(reach.first, 0);
  auto sound = sound_->read(engine_->rate(), engine_->mix(), start, reach.last, stop);
  if (!sound) return fail(sound.error());
  std::vector<float>& samples = sound->channels.front();
  samples.resize(static_cast<std::size_t>(reach.last - start), 0.0F);
  const std::int64_t total = std::max(sound_->samplesAt(engine_->rate()), reach.last);
  return engine_->power(samples, start, total, first, last);
}

Result<std::shared_ptr<const Tile>> SpectrogramTiles::exact(TileKey key, std::int64_t columns,
                                                            const std::stop_token& stop) const {
  const std::int64_t factor = std::int64_t{1} << key.level;
  const std::int64_t start = key.index * kTileColumns * factor;
  const std::int64_t end = std::min(start + columns * factor, totalColumns());
  Matrix largest(columns, engine_->bins());
  for (std::int64_t first = start; first < end; first += kBatchColumns) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the spectrogram was stopped");
    auto batch = power(first, std::min(first + kBatchColumns, end), stop);
    if (!batch) return fail(batch.error());
    for (std::int64_t c = 0; c < batch->rows; ++c)
      largestOf(batch->row(c), largest.row((first + c - start) / factor));
  }
  engine_->levels(largest.values, largest.values);
  return finished(std::move(largest), false);
}

Result<std::shared_ptr<const Tile>> SpectrogramTiles::finished(Matrix levels, bool sampled) const {
  auto shown = engine_->shown(std::move(levels));
  if (!shown) return fail(shown.error());
  auto tile = std::make_shared<Tile>();
  tile->values = std::move(*shown);
  tile->sampled = sampled;
  return std::shared_ptr<const Tile>(std::move(tile));
}

Result<std::shared_ptr<const Tile>> SpectrogramTiles::sampled(TileKey key, std::int64_t columns,
                                                              const std::stop_token& stop) const {
  const std::int64_t factor = std::int64_t{1} << key.level;
  const std::int64_t start = key.index * kTileColumns * factor;
  const auto deadline = std::chrono::steady_clock::now() + kSamplingBudget;
  Matrix largest(columns, engine_->bins());
  std::vector<bool> known(static_cast<std::size_t>(columns), false);
  for (const std::int64_t c : evenOrder(columns)) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the spectrogram was stopped");
    if (c != 0 && std::chrono::steady_clock::now() > deadline) break;
    const std::int64_t hop = std::min(start + c * factor + factor / 2, totalColumns() - 1);
    auto column = power(hop, hop + 1, stop);
    if (!column) return fail(column.error());
    largestOf(column->row(0), largest.row(c));
    known[static_cast<std::size_t>(c)] = true;
  }
  for (std::int64_t c = 1; c < columns; ++c)
    if (!known[static_cast<std::size_t>(c)])
      std::copy_n(largest.row(c - 1).begin(), engine_->bins(), largest.row(c).begin());
  engine_->levels(largest.values, largest.values);
  return finished(std::move(largest), true);
}

namespace {

class EmptyTiles final : public TileSource {
 public:
  explicit EmptyTiles(Error error) : error_(std::move(error)) {}
  [[nodiscard]] int levels() const override { return 0; }
  [[nodiscard]] double hopSeconds() const override { return 1.0; }
  [[nodiscard]] double durationSeconds() const override { return 0.0; }
  [[nodiscard]] const std::vector<float>& binHz() const override { return none_; }
  [[nodiscard]] std::uint64_t id() const override { return 0; }
  Result<std::shared_ptr<const Tile>> compute(TileKey, std::stop_token) override { return fail(error_); }

 private:
  const Error error_;
  const std::vector<float> none_;
};

}  // namespace

std::shared_ptr<TileSource> emptyTiles(Error error) { return std::make_shared<EmptyTiles>(std::move(error)); }

}  // namespace chladni::analysis
