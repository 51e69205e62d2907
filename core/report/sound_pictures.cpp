#include "core/report/sound_pictures.h"

#include <algorithm>
#include <cmath>

#include "core/media/video_reader.h"

namespace chladni::report {

namespace {

constexpr std::int64_t kWavePixels = 650;
constexpr std::int64_t kMostColumns = 900;
constexpr std::int64_t kRows = 208;  // as high as the plot
constexpr double kLeastHz = 40.0;
constexpr int kFrames = 5;
constexpr int kFrameWidth = 216;
constexpr int kFrameHeight = 288;

// All channels in one: the outermost peaks, the mean power.
std::vector<PeakSummary> waveformOf(const analysis::Recording& recording) {
  std::vector<PeakSummary> all;
  const auto channels = recording.peaks();
  for (const auto& channel : channels) {
    const auto pixels = channel->summarise(0, channel->completedSamples(), std::min(kWavePixels, std::max<std::int64_t>(channel->completedSamples(), 1)));
    if (all.empty()) all.resize(pixels.size());
    for (std::size_t i = 0; i < std::min(all.size(), pixels.size()); ++i) {
      if (!pixels[i].known) continue;
      PeakSummary& into = all[i];
      into.min = into.known ? std::min(into.min, pixels[i].min) : pixels[i].min;
      into.max = into.known ? std::max(into.max, pixels[i].max) : pixels[i].max;
      into.rms += pixels[i].rms * pixels[i].rms / static_cast<float>(channels.size());
      into.known = true;
    }
  }
  for (PeakSummary& pixel : all) pixel.rms = std::sqrt(pixel.rms);
  return all;
}

// For each row of the picture the bins that lie in it, at least the nearest one.
struct Row {
  std::size_t first = 0;
  std::size_t last = 0;  // included
};

std::vector<Row> rowsOver(const std::vector<float>& binHz, std::vector<float>& rowHz) {
  const double low = std::max<double>(kLeastHz, binHz.size() > 1 ? binHz[1] : kLeastHz), high = binHz.back();
  const auto hzAt = [&](double row) { return low * std::pow(high / low, row / static_cast<double>(kRows)); };
  const auto nearest = [&](double hz) {
    const auto above = std::min(std::lower_bound(binHz.begin(), binHz.end(), static_cast<float>(hz)), binHz.end() - 1);
    const auto index = static_cast<std::size_t>(above - binHz.begin());
    return index > 0 && hz - binHz[index - 1] < binHz[index] - hz ? index - 1 : index;
  };
  std::vector<Row> rows;
  for (std::int64_t r = 0; r < kRows; ++r) {
    rowHz.push_back(static_cast<float>(hzAt(static_cast<double>(r) + 0.5)));
    Row row{nearest(hzAt(static_cast<double>(r))), nearest(hzAt(static_cast<double>(r) + 1.0))};
    if (row.last > row.first + 1) --row.last;  // the next row begins with it
    rows.push_back(row.last > row.first + 1 ? row : Row{nearest(rowHz.back()), nearest(rowHz.back())});
  }
  return rows;
}

void appendColumn(Matrix& table, std::span<const float> bins, const std::vector<Row>& rows) {
  for (const Row& row : rows)
    table.values.push_back(*std::max_element(bins.begin() + static_cast<std::ptrdiff_t>(row.first), bins.begin() + static_cast<std::ptrdiff_t>(row.last) + 1));
  ++table.rows;
}

// Neighbours become one, the louder of each.
Matrix joined(const Matrix& table) {
  const std::int64_t each = (table.rows + kMostColumns - 1) / kMostColumns;
  if (each < 2) return table;
  Matrix out((table.rows + each - 1) / each, table.columns, -200.0F);
  for (std::int64_t r = 0; r < table.rows; ++r)
    for (std::int64_t c = 0; c < table.columns; ++c) {
      float& into = out.row(r / each)[static_cast<std::size_t>(c)];
      into = std::max(into, table.at(r, c));
    }
  return out;
}

}  // namespace

Result<void> addSound(const analysis::Recording& recording, FileSection& file, std::stop_token stop) {
  file.waveform = waveformOf(recording);
  for (const auto& channel : recording.peaks())
    file.soundSeconds = std::max(file.soundSeconds, recording.rate().time(channel->completedSamples()).seconds());
  const auto source = recording.spectrogram({});
  if (!source || !(source->hopSeconds() > 0.0)) return {};
  const double columns = source->durationSeconds() / source->hopSeconds();
  int level = 0;
  while (level + 1 < source->levels() && columns / std::exp2(level) > kMostColumns) ++level;
  const auto wanted = static_cast<std::int64_t>(std::ceil(columns / std::exp2(level)));
  const auto rows = rowsOver(source->binHz(), file.binHz);
  Matrix table(0, kRows);
  for (std::int64_t index = 0; index * kTileColumns < wanted; ++index) {
    auto tile = source->compute({level, index}, stop);
    if (!tile) return fail(tile.error());
    for (std::int64_t c = 0; c < (*tile)->values.rows; ++c) appendColumn(table, (*tile)->values.row(c), rows);
  }
  file.spectrogram = joined(table);
  return {};
}

Result<void> addFrames(const analysis::Recording& recording, FileSection& file, std::stop_token stop) {
  media::VideoReaderOptions options;
  options.maxWidth = kFrameWidth;
  options.maxHeight = kFrameHeight;
  auto reader = media::VideoReader::open(recording.path(), options, stop);
  if (!reader) return fail(reader.error());
  for (int i = 0; i < kFrames; ++i) {
    auto frame = reader->frameAt(MediaTime::fromSeconds(file.seconds * (i + 0.5) / kFrames), stop);
    if (!frame) return fail(frame.error());
    if (file.frames.empty() || frame->time != file.frames.back().time) file.frames.push_back(std::move(*frame));
  }
  return {};
}

}  // namespace chladni::report
