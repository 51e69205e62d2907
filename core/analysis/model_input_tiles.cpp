#include "core/analysis/model_input_tiles.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <mutex>

#include "core/analysis/even_order.h"
#include "core/analysis/model_clip.h"
#include "core/analysis/spectrogram_tiles.h"
#include "core/dsp/frontend.h"
#include "core/dsp/mel_inverse.h"

namespace chladni::analysis {

namespace {

constexpr int kMaxLevels = 40;
constexpr int kCellLevel = 4;  // coarser levels are made from cells of 2^4 columns, which are kept
constexpr std::int64_t kCellColumns = std::int64_t{1} << kCellLevel;
constexpr std::size_t kWholeKept = 8;
constexpr std::chrono::milliseconds kSamplingBudget{200};

double hopOf(const FrontendSpec& frontend) {
  const double samples = std::max(1.0, std::round(frontend.frameShiftMs * frontend.rate.hz() / 1000.0));
  return samples / frontend.rate.hz();
}

std::int64_t columnsOf(const inference::ModelSpec& spec) {
  if (spec.frontend.targetFrames > 0) return spec.frontend.targetFrames;
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(clipSeconds(spec) / hopOf(spec.frontend)));
}

using Table = std::shared_ptr<const Matrix>;

class ModelInputTiles final : public TileSource {
 public:
  ModelInputTiles(std::shared_ptr<const Recording> recording, inference::ModelSpec spec, dsp::Frontend frontend)
      : recording_(std::move(recording)), spec_(std::move(spec)), frontend_(std::move(frontend)), hop_(hopOf(spec_.frontend)),
        period_(columnsOf(spec_)), binHz_(dsp::binHz(spec_.frontend)) {
    if (static_cast<std::int64_t>(binHz_.size()) != frontend_.bins()) {
      binHz_.resize(static_cast<std::size_t>(frontend_.bins()));
      for (std::size_t b = 0; b < binHz_.size(); ++b) binHz_[b] = static_cast<float>(b + 1);
    }
  }

  [[nodiscard]] int levels() const override {
    int count = 1;
    while (count < kMaxLevels && (totalColumns() >> (count - 1)) > kTileColumns) ++count;
    return count;
  }
  [[nodiscard]] double hopSeconds() const override { return hop_; }
  [[nodiscard]] double durationSeconds() const override { return recording_->durationSeconds(); }
  [[nodiscard]] const std::vector<float>& binHz() const override { return binHz_; }
  [[nodiscard]] SpectrogramScale scale() const override { return SpectrogramScale::normalised; }
  [[nodiscard]] std::uint64_t id() const override {
    return std::hash<std::string>{}(recording_->path().string() + ":" + spec_.folder.string() + ":" + spec_.name);
  }

  Result<std::shared_ptr<const Tile>> compute(TileKey key, std::stop_token stop) override {
    if (key.level < 0 || key.level >= kMaxLevels || key.index < 0)
      return fail(ErrorCode::invalidArgument, "there is no such spectrogram tile");
    const std::int64_t levelColumns = (totalColumns() + (std::int64_t{1} << key.level) - 1) >> key.level;
    const std::int64_t first = key.index > levelColumns / kTileColumns ? levelColumns : key.index * kTileColumns;
    const std::int64_t columns = std::clamp<std::int64_t>(levelColumns - first, 0, kTileColumns);
    auto tile = std::make_shared<Tile>();
    tile->values = Matrix(columns, frontend_.bins(), std::numeric_limits<float>::lowest());
    auto done = columns == 0               ? Result<void>()
                : key.level < kCellLevel ? fillExact(*tile, key.level, first, stop)
                                         : fillFromCells(*tile, key.level, first, stop);
    if (!done) return fail(done.error());
    return std::shared_ptr<const Tile>(std::move(tile));
  }

 private:
  [[nodiscard]] std::int64_t totalColumns() const {
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil(durationSeconds() / hop_)));
  }
  [[nodiscard]] std::int64_t windows() const { return (totalColumns() + period_ - 1) / period_; }

  // Row r of the result is the column window * period_ + r of the whole.
  Result<Table> computeWindow(std::int64_t window, const std::stop_token& stop) const {
    auto cutter = ModelClipCutter::open(*recording_, spec_, stop);
    if (!cutter) return fail(cutter.error());
    const double length = clipSeconds(spec_);
    const double wanted = static_cast<double>(window * period_) * hop_;
    const double duration = durationSeconds();
    const double start = wanted + length > duration ? std::max(0.0, duration - length) : wanted;
    auto clip = cutter->cut({MediaTime::fromSeconds(start), MediaTime::fromSeconds(std::min(start + length, duration))}, stop);
    if (!clip) return fail(clip.error());
    auto input = frontend_.modelInput(clip->sound);
    if (!input) return fail(input.error());
    const auto skipped = std::clamp<std::int64_t>(std::llround((wanted - start) / hop_), 0, std::max<std::int64_t>(0, input->rows - 1));
    if (skipped == 0) return std::make_shared<const Matrix>(std::move(*input));
    Matrix rest(input->rows - skipped, input->columns);
    std::copy(input->values.begin() + skipped * input->columns, input->values.end(), rest.values.begin());
    return std::make_shared<const Matrix>(std::move(rest));
  }

  Result<Table> whole(std::int64_t window, const std::stop_token& stop) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto found = whole_.find(window); found != whole_.end()) return found->second;
    }
    auto table = computeWindow(window, stop);
    if (!table) return table;
    const std::lock_guard lock(mutex_);
    // Far ones go first: what is looked at moves along.
    if (whole_.size() >= kWholeKept) {
      const auto farthest = std::abs(whole_.begin()->first - window) > std::abs(whole_.rbegin()->first - window) ? whole_.begin() : std::prev(whole_.end());
      whole_.erase(farthest);
    }
    whole_[window] = *table;
    return table;
  }

  [[nodiscard]] Table knownCells(std::int64_t window) const {
    const std::lock_guard lock(mutex_);
    const auto found = cells_.find(window);
    return found == cells_.end() ? nullptr : found->second;
  }

  Result<void> makeCells(std::int64_t window, const std::stop_token& stop) {
    auto table = whole(window, stop);
    if (!table) return fail(table.error());
    const std::int64_t rows = std::min((*table)->rows, period_);
    auto cells = std::make_shared<Matrix>((rows + kCellColumns - 1) / kCellColumns, (*table)->columns,
                                          std::numeric_limits<float>::lowest());
    for (std::int64_t r = 0; r < rows; ++r) raise((*table)->row(r), cells->row(r / kCellColumns));
    const std::lock_guard lock(mutex_);
    cells_[window] = std::move(cells);
    return {};
  }

  static void raise(std::span<const float> row, std::span<float> into) {
    for (std::size_t b = 0; b < into.size(); ++b) into[b] = std::max(into[b], row[b]);
  }

  Result<void> fillExact(Tile& tile, int level, std::int64_t first, const std::stop_token& stop) {
    const std::int64_t end = std::min((first + tile.values.rows) << level, totalColumns());
    for (std::int64_t column = first << level; column < end;) {
      const std::int64_t window = column / period_;
      auto table = whole(window, stop);
      if (!table) return fail(table.error());
      const std::int64_t last = std::min(end, (window + 1) * period_);
      for (; column < last; ++column)
        raise((*table)->row(std::min(column - window * period_, (*table)->rows - 1)), tile.values.row((column >> level) - first));
    }
    return {};
  }

  // Windows within the time there is, evenly; where none was computed the one before stands in.
  Result<void> fillFromCells(Tile& tile, int level, std::int64_t first, const std::stop_token& stop) {
    const std::int64_t end = std::min((first + tile.values.rows) << level, totalColumns());
    const std::int64_t firstWindow = (first << level) / period_;
    const std::int64_t lastWindow = std::min((end - 1) / period_, windows() - 1);
    const auto deadline = std::chrono::steady_clock::now() + kSamplingBudget;
    for (const std::int64_t i : evenOrder(lastWindow - firstWindow + 1)) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the spectrogram was stopped");
      if (knownCells(firstWindow + i)) continue;
      if (i != 0 && std::chrono::steady_clock::now() > deadline) {
        tile.sampled = true;
        break;
      }
      if (auto made = makeCells(firstWindow + i, stop); !made) return made;
    }
    Table cells;
    for (std::int64_t window = firstWindow; window <= lastWindow; ++window) {
      if (Table known = knownCells(window)) cells = std::move(known);
      const std::int64_t begin = std::max(first << level, window * period_);
      const std::int64_t stopAt = std::min(end, (window + 1) * period_);
      for (std::int64_t column = begin; column < stopAt; column += kCellColumns - (column - window * period_) % kCellColumns) {
        const std::int64_t cell = std::min((column - window * period_) / kCellColumns, cells->rows - 1);
        raise(cells->row(cell), tile.values.row((column >> level) - first));
      }
    }
    return {};
  }

  const std::shared_ptr<const Recording> recording_;
  const inference::ModelSpec spec_;
  const dsp::Frontend frontend_;
  const double hop_;
  const std::int64_t period_;  // columns from one window to the next
  std::vector<float> binHz_;   // constant after construction
  // guarded by mutex_
  mutable std::mutex mutex_;
  std::map<std::int64_t, Table> whole_;
  std::map<std::int64_t, Table> cells_;
};

}  // namespace

double modelInputPeriod(const inference::ModelSpec& spec) { return static_cast<double>(columnsOf(spec)) * hopOf(spec.frontend); }

std::shared_ptr<TileSource> modelInputTiles(std::shared_ptr<const Recording> recording, const inference::ModelSpec& spec) {
  if (!spec.frontend.sound || !recording->hasAudio())
    return emptyTiles({ErrorCode::unsupported, spec.name + ": this model hears nothing of this file; choose another", {}});
  auto frontend = dsp::Frontend::create(spec.frontend);
  if (!frontend) return emptyTiles(frontend.error());
  inference::ModelSpec hearing = spec;
  hearing.frontend.picture.reset();  // only its sound is wanted here
  return std::make_shared<ModelInputTiles>(std::move(recording), std::move(hearing), std::move(*frontend));
}

}  // namespace chladni::analysis
