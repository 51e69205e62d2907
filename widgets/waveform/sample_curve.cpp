#include "widgets/waveform/sample_curve.h"

#include <QPolygonF>
#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {
namespace {

constexpr double kDotsFrom = 7.0;  // pixels from sample to sample
constexpr double kLoudnessFrom = 16.0;  // samples a column; of fewer the root mean square says nothing
constexpr double kDot = 2.0;       // radius

struct Plot {
  const QRect& area;
  std::span<const float> samples;
  std::int64_t first;
  double rate, from, to, gain;

  [[nodiscard]] std::int64_t end() const { return first + static_cast<std::int64_t>(samples.size()); }
  [[nodiscard]] float at(std::int64_t sample) const { return samples[static_cast<std::size_t>(sample - first)]; }
  [[nodiscard]] double x(std::int64_t sample) const { return area.left() + (static_cast<double>(sample) / rate - from) / (to - from) * area.width(); }
  [[nodiscard]] double y(float value) const {
    const double middle = area.top() + area.height() / 2.0;
    return middle - std::clamp(gain * (std::isfinite(value) ? value : 0.0F), -1.0, 1.0) * (area.height() / 2.0 - 2.0);
  }
};

struct Column {
  float least, most, rms;
};

Column columnOf(const Plot& plot, std::int64_t low, std::int64_t high) {
  Column column{plot.at(low), plot.at(low), 0.0F};
  double energy = 0.0;
  for (std::int64_t sample = low; sample <= high; ++sample) {
    const float value = plot.at(sample);
    column.least = std::min(column.least, value);
    column.most = std::max(column.most, value);
    energy += static_cast<double>(value) * value;
  }
  column.rms = static_cast<float>(std::sqrt(energy / static_cast<double>(high - low + 1)));
  return column;
}

// Each reaches to the first sample of the next, so that the curve has no gaps.
void paintBars(QPainter& painter, const Plot& plot, double ratio) {
  const auto columns = static_cast<std::int64_t>(std::ceil(plot.area.width() * ratio));
  const double width = 1.0 / ratio, step = (plot.to - plot.from) * plot.rate / static_cast<double>(columns);
  for (std::int64_t i = 0; i < columns; ++i) {
    const double start = plot.from * plot.rate + static_cast<double>(i) * step;
    const auto low = std::max(plot.first, static_cast<std::int64_t>(std::floor(start)));
    const auto high = std::min(plot.end() - 1, static_cast<std::int64_t>(std::floor(start + step)));
    if (low > high) continue;
    const Column column = columnOf(plot, low, high);
    const auto bar = [&](float least, float most, const QColor& colour) {
      const double top = plot.y(most);
      painter.fillRect(QRectF(plot.area.left() + static_cast<double>(i) * width, top, width, std::max(width, plot.y(least) - top)), colour);
    };
    bar(column.least, column.most, theme().wave);
    if (step >= kLoudnessFrom) bar(std::max(-column.rms, column.least), std::min(column.rms, column.most), theme().waveCore);
  }
}

void paintLine(QPainter& painter, const Plot& plot) {
  const auto low = std::max(plot.first, static_cast<std::int64_t>(std::floor(plot.from * plot.rate)));
  const auto high = std::min(plot.end() - 1, static_cast<std::int64_t>(std::ceil(plot.to * plot.rate)));
  if (low > high) return;
  QPolygonF line;
  for (std::int64_t sample = low; sample <= high; ++sample) line << QPointF(plot.x(sample), plot.y(plot.at(sample)));
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().waveCore, 1.25));
  painter.drawPolyline(line);
  if (plot.area.width() / ((plot.to - plot.from) * plot.rate) < kDotsFrom) return;
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().waveCore);
  for (const QPointF& point : line) painter.drawEllipse(point, kDot, kDot);
}

}  // namespace

void paintSamples(QPainter& painter, const QRect& area, std::span<const float> samples, std::int64_t first, int rateHz, double from,
                  double to, double gain) {
  if (samples.empty() || rateHz <= 0 || to <= from || area.width() < 1) return;
  const Plot plot{area, samples, first, static_cast<double>(rateHz), from, to, gain};
  const double ratio = deviceScale(painter);
  painter.save();
  painter.setClipRect(area);
  if ((to - from) * rateHz >= area.width() * ratio) paintBars(painter, plot, ratio);
  else paintLine(painter, plot);
  painter.restore();
}

}  // namespace chladni::widgets
