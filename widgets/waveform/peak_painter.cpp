#include "widgets/waveform/peak_painter.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kPointsFrom = 5.0;  // pixels between samples

struct Scale {
  double middle;
  double half;
  explicit Scale(const QRect& area) : middle(area.top() + area.height() / 2.0), half(area.height() / 2.0 - 2.0) {}
  [[nodiscard]] double y(float value) const { return middle - std::clamp(value, -1.0F, 1.0F) * half; }
};

}  // namespace

void paintSummaries(QPainter& painter, const QRect& area, std::span<const PeakSummary> columns) {
  const double width = 1.0 / painter.device()->devicePixelRatioF();
  const Scale scale(area);
  std::vector<QRectF> peaks;
  std::vector<QRectF> cores;
  peaks.reserve(columns.size());
  cores.reserve(columns.size());
  double x = area.left();
  for (const PeakSummary& one : columns) {
    if (one.known) {
      const auto bar = [&](float low, float high) {
        const double top = scale.y(high);
        return QRectF(x, top, width, std::max(width, scale.y(low) - top));
      };
      peaks.push_back(bar(one.min, one.max));
      if (one.rms > 0.0F) cores.push_back(bar(std::max(-one.rms, one.min), std::min(one.rms, one.max)));
    }
    x += width;
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().wave);
  painter.drawRects(peaks.data(), static_cast<int>(peaks.size()));
  painter.setBrush(theme().waveCore);
  painter.drawRects(cores.data(), static_cast<int>(cores.size()));
}

void paintPeaks(QPainter& painter, const QRect& area, const MinMaxPyramid& peaks, int rate, double from, double to) {
  const auto columns = static_cast<std::int64_t>(std::ceil(area.width() * painter.device()->devicePixelRatioF()));
  if (columns <= 0 || to <= from || rate <= 0) return;
  const auto start = static_cast<std::int64_t>(std::floor(from * rate));
  const auto end = std::max(start + 1, static_cast<std::int64_t>(std::ceil(to * rate)));
  paintSummaries(painter, area, peaks.summarise(start, end, columns));
}

void paintSampleLine(QPainter& painter, const QRect& area, std::span<const float> samples, double left, double step) {
  if (samples.empty()) return;
  const Scale scale(area);
  QPolygonF line;
  line.reserve(static_cast<qsizetype>(samples.size()));
  for (std::size_t i = 0; i < samples.size(); ++i) line << QPointF(left + static_cast<double>(i) * step, scale.y(samples[i]));
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme().waveCore, 1.0));
  painter.drawPolyline(line);
  if (step >= kPointsFrom) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().waveCore);
    for (const QPointF& point : line) painter.drawEllipse(point, 2.0, 2.0);
  }
  painter.restore();
}

}  // namespace chladni::widgets
