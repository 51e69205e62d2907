#include "widgets/waveform/waveform_lane.h"

#include <QPainter>
#include <cmath>

#include "widgets/theme/theme.h"
#include "widgets/waveform/sample_curve.h"

namespace chladni::widgets {
namespace {

constexpr double kMostSamples = 8e6;  // of all channels together: 32 MB, twice with what lies around

}  // namespace

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

WaveformLane::WaveformLane(TimeAxis& axis, std::unique_ptr<SampleProvider> samples, QWidget* parent)
    : Lane(axis, tr("Waveform"), parent), samples_(std::move(samples)) {
  connect(samples_.get(), &SampleProvider::ready, this, [this] {
    update();
    Q_EMIT samplesReady();
  });
}

void WaveformLane::setPeaks(std::vector<std::shared_ptr<const MinMaxPyramid>> channels, int rateHz) {
  channels_ = std::move(channels);
  rate_ = rateHz;
  wanted_.reset();
  update();
}

std::optional<std::pair<std::int64_t, std::int64_t>> WaveformLane::samplesInView() const {
  if (rate_ <= 0 || channels_.empty()) return std::nullopt;
  const auto first = static_cast<std::int64_t>(std::floor(std::max(0.0, axis().from()) * rate_)) - 1;
  const auto last = static_cast<std::int64_t>(std::ceil(std::min(axis().to(), axis().duration()) * rate_)) + 2;
  const double perPixel = axis().span() * rate_ / std::max(1, dataRect().width());
  if (last <= first || perPixel >= static_cast<double>(channels_.front()->blockSamples())) return std::nullopt;
  if (static_cast<double>(last - first) * static_cast<double>(channels_.size()) > kMostSamples) return std::nullopt;
  return std::pair(std::max<std::int64_t>(0, first), last);
}

bool WaveformLane::showsSamples() const {
  const auto view = samplesInView();
  const auto& there = samples_->stretch();
  if (!view || !there || there->channels.size() != channels_.size() || there->first > view->first) return false;
  // The header may promise more than the file has.
  return there->end() >= view->second || (wanted_ && samples_->idle() && wanted_->first == there->first && wanted_->second >= view->second);
}

bool WaveformLane::apart() const { return showsSamples() && axis().span() * rate_ < dataRect().width(); }

// Some more on either side, so that scrolling a little reads nothing.
void WaveformLane::wantSamples() {
  const auto view = samplesInView();
  if (!view || (wanted_ && wanted_->first <= view->first && wanted_->second >= view->second)) return;
  const std::int64_t around = (view->second - view->first) / 2;
  wanted_ = std::pair(std::max<std::int64_t>(0, view->first - around), view->second + around);
  samples_->want(wanted_->first, wanted_->second);
}

std::optional<double> WaveformLane::rms(std::int64_t start, std::int64_t end) const {
  std::optional<double> loudest;
  for (const auto& channel : channels_) {
    const PeakSummary one = channel->summarise(start, end, 1).front();
    if (one.known) loudest = std::max(loudest.value_or(0.0), static_cast<double>(one.rms));
  }
  return loudest;
}

// The nearest sample of every channel.
QString WaveformLane::sampleText(double seconds) const {
  const SampleStretch& there = *samples_->stretch();
  const std::int64_t sample = std::llround(seconds * rate_);
  if (sample < there.first || sample >= there.end()) return {};
  QStringList values;
  for (const auto& channel : there.channels)
    values << QString::number(channel[static_cast<std::size_t>(sample - there.first)], 'f', 5).replace('-', QChar(0x2212));
  return tr("sample %1").arg(values.join(QStringLiteral(", ")));
}

QString WaveformLane::valueAt(const QPointF& position) const {
  if (rate_ <= 0) return {};
  const auto sample = static_cast<std::int64_t>(timeAt(position.x()) * rate_);
  if (apart()) return sampleText(timeAt(position.x()));
  const auto pixel = std::max<std::int64_t>(1, static_cast<std::int64_t>(axis().span() / std::max(1, dataRect().width()) * rate_));
  const auto loudness = rms(sample, sample + pixel);
  return loudness ? tr("RMS %1").arg(decibelText(*loudness)) : QString();
}

void WaveformLane::paintData(QPainter& painter, const QRect& area) {
  if (rate_ <= 0 || channels_.empty()) return;
  wantSamples();
  const bool exact = showsSamples();
  const double gain = displayGain(channels_);
  const double height = static_cast<double>(area.height()) / static_cast<double>(channels_.size());
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    const int top = static_cast<int>(std::lround(area.top() + static_cast<double>(c) * height));
    const int bottom = static_cast<int>(std::lround(area.top() + static_cast<double>(c + 1) * height));
    const QRect strip(area.left(), top, area.width(), bottom - top);
    painter.fillRect(QRectF(strip.left(), std::round(strip.top() + strip.height() / 2.0), strip.width(), 1), theme().hairline);
    if (exact) paintSamples(painter, strip, samples_->stretch()->channels[c], samples_->stretch()->first, rate_, axis().from(), axis().to(), gain);
    else paintPeaks(painter, strip, *channels_[c], rate_, axis().from(), axis().to(), gain);
  }
}

QStringList WaveformLane::headerLines() const {
  const QString layout = channels_.size() == 1   ? tr("mono")
                         : channels_.size() == 2 ? tr("stereo")
                                                 : tr("%1 channels").arg(channels_.size());
  QStringList lines = {apart() ? tr("single samples") : tr("peak and RMS")};
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
