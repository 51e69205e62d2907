#include "widgets/waveform/waveform_lane.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/theme/number_text.h"
#include "widgets/theme/theme.h"
#include "widgets/waveform/peak_painter.h"

namespace chladni::widgets {
namespace {

constexpr double kLoudnessSeconds = 0.05;  // each side of the playhead
constexpr double kLineUpTo = 2.0;          // samples a pixel; more are drawn as peaks

// Peaks of samples that begin `offset` pixels right of the area's edge, one entry a device pixel.
std::vector<PeakSummary> summariesOf(const std::vector<float>& samples, double offset, double samplesPerPixel, std::int64_t pixels) {
  std::vector<PeakSummary> all(static_cast<std::size_t>(pixels));
  const auto count = static_cast<std::int64_t>(samples.size());
  for (std::int64_t p = 0; p < pixels; ++p) {
    const auto at = [&](double pixel) { return static_cast<std::int64_t>(std::floor((pixel - offset) * samplesPerPixel)); };
    const std::int64_t first = std::clamp<std::int64_t>(at(static_cast<double>(p)), 0, count);
    const std::int64_t last = std::clamp<std::int64_t>(std::max(at(static_cast<double>(p) + 1.0), first + 1), 0, count);
    if (first >= last) continue;
    PeakSummary& one = all[static_cast<std::size_t>(p)];
    const auto [low, high] = std::minmax_element(samples.begin() + first, samples.begin() + last);
    double squares = 0.0;
    for (std::int64_t i = first; i < last; ++i) squares += static_cast<double>(samples[static_cast<std::size_t>(i)]) * samples[static_cast<std::size_t>(i)];
    one = {*low, *high, static_cast<float>(std::sqrt(squares / static_cast<double>(last - first))), true};
  }
  return all;
}

}  // namespace

WaveformLane::WaveformLane(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Waveform"), parent) {}

void WaveformLane::setPeaks(std::vector<Peaks> peaks, int rateHz, const QString& channels) {
  peaks_ = std::move(peaks);
  std::erase(peaks_, nullptr);
  rate_ = rateHz;
  channels_ = channels;
  refresh();
}

void WaveformLane::setPeaks(Peaks peaks, int rateHz, const QString& channels) {
  setPeaks(std::vector<Peaks>{std::move(peaks)}, rateHz, channels);
}

void WaveformLane::setSampleReader(SampleReader reader) {
  reader_ = std::move(reader);
  refresh();
}

// RMS over all channels; below zero when nothing is known there.
float WaveformLane::loudness(std::int64_t start, std::int64_t end) const {
  double squares = 0.0;
  int known = 0;
  for (const Peaks& channel : peaks_) {
    const PeakSummary one = channel->summarise(start, std::max(end, start + 1), 1).front();
    if (!one.known) continue;
    squares += static_cast<double>(one.rms) * one.rms;
    ++known;
  }
  return known > 0 ? static_cast<float>(std::sqrt(squares / known)) : -1.0F;
}

QString WaveformLane::valueAt(const QPointF& position) const {
  if (peaks_.empty() || rate_ <= 0) return {};
  const auto sample = static_cast<std::int64_t>(timeAt(position.x()) * rate_);
  const auto pixel = static_cast<std::int64_t>(axis().span() / std::max(1, dataRect().width()) * rate_);
  const float rms = loudness(sample, sample + pixel);
  return rms >= 0.0F ? tr("%1 at cursor").arg(decibelText(rms)) : QString();
}

bool WaveformLane::paintSamples(QPainter& painter, const QRect& area, int channel) {
  const double ratio = painter.device()->devicePixelRatioF();
  const double perPixel = axis().span() * rate_ / std::max(1, area.width());
  if (!reader_ || perPixel / ratio >= static_cast<double>(peaks_[static_cast<std::size_t>(channel)]->blockSamples())) return false;
  const auto start = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(axis().from() * rate_)) - 1);
  const auto end = static_cast<std::int64_t>(std::ceil(axis().to() * rate_)) + 2;
  const std::vector<float> samples = reader_(channel, start, end - start);
  if (samples.empty()) return false;
  const double left = xAt(static_cast<double>(start) / rate_);
  if (perPixel <= kLineUpTo) {
    paintSampleLine(painter, area, samples, left, 1.0 / perPixel);
  } else {
    const auto pixels = static_cast<std::int64_t>(std::ceil(area.width() * ratio));
    paintSummaries(painter, area, summariesOf(samples, (left - area.left()) * ratio, perPixel / ratio, pixels));
  }
  return true;
}

void WaveformLane::paintData(QPainter& painter, const QRect& area) {
  const auto channels = static_cast<int>(peaks_.size());
  if (channels == 0 || rate_ <= 0) return;
  for (int c = 0; c < channels; ++c) {
    const int top = area.top() + area.height() * c / channels;
    const QRect lane(area.left(), top, area.width(), area.top() + area.height() * (c + 1) / channels - top);
    painter.fillRect(QRectF(lane.left(), std::floor(lane.top() + lane.height() / 2.0), lane.width(), 1), theme().hairline);
    if (c > 0) painter.fillRect(QRect(lane.left(), lane.top(), lane.width(), 1), theme().hairline);
    if (!paintSamples(painter, lane, c)) paintPeaks(painter, lane, *peaks_[static_cast<std::size_t>(c)], rate_, axis().from(), axis().to());
  }
}

QStringList WaveformLane::headerLines() const {
  QStringList lines = {channels_.isEmpty() ? tr("peak and RMS") : tr("peak and RMS · %1").arg(channels_)};
  if (peaks_.empty() || rate_ <= 0) return lines;
  const float rms = loudness(static_cast<std::int64_t>((axis().playhead() - kLoudnessSeconds) * rate_),
                             static_cast<std::int64_t>((axis().playhead() + kLoudnessSeconds) * rate_));
  if (rms >= 0.0F) lines << tr("%1 at playhead").arg(decibelText(rms));
  return lines;
}

}  // namespace chladni::widgets
