#include "widgets/waveform/waveform_lane.h"

#include <QPainter>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {

QString decibelText(double amplitude) {
  if (amplitude < 1e-6) return Lane::tr("silence");
  QString number = QString::number(20.0 * std::log10(amplitude), 'f', 1);
  number.replace('-', QChar(0x2212));
  return Lane::tr("%1 dB").arg(number);
}

void paintPeaks(QPainter& painter, const QRect& area, const MinMaxPyramid& peaks, int rate, double from, double to,
                double gain) {
  const double ratio = deviceScale(painter);
  const auto columns = static_cast<std::int64_t>(std::ceil(area.width() * ratio));
  if (columns <= 0 || to <= from) return;
  const auto start = static_cast<std::int64_t>(std::floor(from * rate));
  const auto end = std::max(start + 1, static_cast<std::int64_t>(std::ceil(to * rate)));
  const std::vector<PeakSummary> summary = peaks.summarise(start, end, columns);
  const double middle = area.top() + area.height() / 2.0;
  const double half = area.height() / 2.0 - 2.0;
  const double width = 1.0 / ratio;
  for (std::int64_t i = 0; i < columns; ++i) {
    const PeakSummary& one = summary[static_cast<std::size_t>(i)];
    if (!one.known) continue;
    const double x = area.left() + static_cast<double>(i) * width;
    const auto bar = [&](float low, float high, const QColor& colour) {
      const double top = middle - std::clamp(gain * high, -1.0, 1.0) * half;
      const double bottom = middle - std::clamp(gain * low, -1.0, 1.0) * half;
      painter.fillRect(QRectF(x, top, width, std::max(width, bottom - top)), colour);
    };
    bar(one.min, one.max, theme().wave);
    bar(std::max(-one.rms, one.min), std::min(one.rms, one.max), theme().waveCore);
  }
}

double displayGain(const std::vector<std::shared_ptr<const MinMaxPyramid>>& channels) {
  double loudest = 0.0;
  for (const auto& channel : channels) {
    const std::int64_t samples = channel->completedSamples();
    if (samples == 0) continue;
    const PeakSummary whole = channel->summarise(0, samples, 1).front();
    loudest = std::max({loudest, std::abs(static_cast<double>(whole.min)), std::abs(static_cast<double>(whole.max))});
  }
  if (loudest <= 0.0 || loudest > 0.35) return 1.0;
  return std::exp2(std::min(10.0, std::floor(std::log2(0.95 / loudest))));
}

WaveformLane::WaveformLane(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Waveform"), parent) {}

void WaveformLane::setPeaks(std::vector<std::shared_ptr<const MinMaxPyramid>> channels, int rateHz) {
  channels_ = std::move(channels);
  rate_ = rateHz;
  update();
}

std::optional<double> WaveformLane::rms(std::int64_t start, std::int64_t end) const {
  std::optional<double> loudest;
  for (const auto& channel : channels_) {
    const PeakSummary one = channel->summarise(start, end, 1).front();
    if (one.known) loudest = std::max(loudest.value_or(0.0), static_cast<double>(one.rms));
  }
  return loudest;
}

QString WaveformLane::valueAt(const QPointF& position) const {
  if (rate_ <= 0) return {};
  const auto sample = static_cast<std::int64_t>(timeAt(position.x()) * rate_);
  const auto pixel = std::max<std::int64_t>(1, static_cast<std::int64_t>(axis().span() / std::max(1, dataRect().width()) * rate_));
  const auto loudness = rms(sample, sample + pixel);
  return loudness ? tr("RMS %1").arg(decibelText(*loudness)) : QString();
}

void WaveformLane::paintData(QPainter& painter, const QRect& area) {
  if (rate_ <= 0 || channels_.empty()) return;
  const double gain = displayGain(channels_);
  const double height = static_cast<double>(area.height()) / static_cast<double>(channels_.size());
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    const int top = static_cast<int>(std::lround(area.top() + static_cast<double>(c) * height));
    const int bottom = static_cast<int>(std::lround(area.top() + static_cast<double>(c + 1) * height));
    const QRect strip(area.left(), top, area.width(), bottom - top);
    painter.fillRect(QRectF(strip.left(), std::round(strip.top() + strip.height() / 2.0), strip.width(), 1), theme().hairline);
    paintPeaks(painter, strip, *channels_[c], rate_, axis().from(), axis().to(), gain);
  }
}

QStringList WaveformLane::headerLines() const {
  const QString layout = channels_.size() == 1   ? tr("mono")
                         : channels_.size() == 2 ? tr("stereo")
                                                 : tr("%1 channels").arg(channels_.size());
  QStringList lines = {tr("peak and RMS")};
  if (rate_ <= 0) return lines;
  lines << tr("%1 · %2 kHz").arg(layout).arg(rate_ / 1000.0);
  constexpr double kHalfSeconds = 0.05;
  const auto loudness = rms(static_cast<std::int64_t>((axis().playhead() - kHalfSeconds) * rate_),
                            static_cast<std::int64_t>((axis().playhead() + kHalfSeconds) * rate_) + 1);
  if (loudness) lines << tr("%1 at playhead").arg(decibelText(*loudness));
  if (const double gain = displayGain(channels_); gain > 1.0) lines << tr("drawn × %1").arg(gain);
  return lines;
}

}  // namespace chladni::widgets
