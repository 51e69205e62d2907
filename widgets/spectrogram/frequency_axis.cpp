// The axis of the spectrogram lane: hertz, notes with the keys of a piano, pitch classes, or the numbers of coefficients.
#include <QPainter>
#include <array>
#include <cmath>

#include "widgets/time_axis/pitch_text.h"
#include "widgets/spectrogram/spectrogram_lane.h"

namespace chladni::widgets {
namespace {

constexpr int kLowestKey = 21;    // of a piano, A0, as MIDI counts
constexpr int kHighestKey = 108;  // C8
constexpr int kKeysWidth = 16;

double keyHz(double key) { return 440.0 * std::exp2((key - 69.0) / 12.0); }

bool blackKey(int key) {
  static constexpr std::array kBlack = {false, true, false, true, false, false, true, false, true, false, true, false};
  return kBlack[static_cast<std::size_t>(key % 12)];
}

}  // namespace

void SpectrogramLane::paintMark(QPainter& painter, const QRect& area, double y, const QString& text) {
  const QFontMetrics metrics(painter.font());
  painter.fillRect(QRectF(area.left(), std::round(y), 5, 1), QColor(255, 255, 255, 190));
  // Whole words also at the lower edge.
  const double top = std::min(y - metrics.height() / 2.0, area.bottom() + 1.0 - metrics.height());
  const QRectF box(area.left() + 7, top, metrics.horizontalAdvance(text) + 4, metrics.height());
  painter.fillRect(box, QColor(0, 0, 0, 110));
  painter.setPen(QColor(255, 255, 255, 225));
  painter.drawText(box, Qt::AlignCenter, text);
}

void SpectrogramLane::paintAxis(QPainter& painter, const QRect& area) {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  painter.setFont(small);
  switch (choices_.view) {
    case SpectrogramView::mfcc: return paintRowNumbers(painter, area);
    case SpectrogramView::chroma: return paintPitchClasses(painter, area);
    default: choices_.notes ? paintPiano(painter, area) : paintFrequencies(painter, area);
  }
}

void SpectrogramLane::paintRowNumbers(QPainter& painter, const QRect& area) {
  const int count = static_cast<int>(tiles_->source()->binHz().size());
  for (int row = 1; row <= count; row += row == 1 ? 4 : 5)
    paintMark(painter, area, area.bottom() + 1 - (row - 0.5) / count * area.height(), QString::number(row));
}

// Sharps only where there is room for them.
void SpectrogramLane::paintPitchClasses(QPainter& painter, const QRect& area) {
  const int count = static_cast<int>(tiles_->source()->binHz().size());
  const bool all = area.height() >= count * (painter.fontMetrics().height() + 1);
  for (int row = 0; row < count; ++row) {
    if (!all && blackKey(row)) continue;
    paintMark(painter, area, area.bottom() + 1 - (row + 0.5) / count * area.height(), pitchClassName(row));
  }
}

// Hairlines where one window of the model ends and the next begins.
void SpectrogramLane::paintWindows(QPainter& painter, const QRect& area) {
  if (choices_.view != SpectrogramView::modelInput || windowPeriod_ <= 0.0 || axis().span() / windowPeriod_ > area.width() / 8.0) return;
  for (double at = windowPeriod_ * std::max(1.0, std::ceil(axis().from() / windowPeriod_)); at < axis().to(); at += windowPeriod_)
    painter.fillRect(QRectF(std::round(xAt(at)), area.top(), 1, area.height()), QColor(255, 255, 255, 150));
}

void SpectrogramLane::paintFrequencies(QPainter& painter, const QRect& area) {
  const QFontMetrics metrics = painter.fontMetrics();
  static constexpr std::array kLogMarks = {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0, 50000.0};
  std::vector<double> marks(kLogMarks.begin(), kLogMarks.end());
  if (choices_.view == SpectrogramView::linear) {
    marks.clear();
    const double highHz = frequencies_.high();
    const double step = highHz > 30000.0 ? 10000.0 : highHz > 12000.0 ? 5000.0 : highHz > 5000.0 ? 2000.0 : 1000.0;
    for (double hertz = step; hertz < highHz; hertz += step) marks.push_back(hertz);
  }
  double lastY = 1e9;
  for (const double hertz : marks) {
    if (hertz <= frequencies_.low() || hertz >= frequencies_.high()) continue;
    const double y = yAt(hertz);
    if (lastY - y < metrics.height() + 2 || y < area.top() + metrics.height() / 2.0) continue;
    lastY = y;
    paintMark(painter, area, y, hertz < 1000.0 ? QString::number(hertz, 'f', 0) : tr("%1k").arg(hertz / 1000.0, 0, 'f', 0));
  }
}

// Keys as high as they sound; the name of every C beside them.
void SpectrogramLane::paintPiano(QPainter& painter, const QRect& area) {
  const QFontMetrics metrics = painter.fontMetrics();
  const double lowest = std::max(1.0, frequencies_.low());
  const double highest = frequencies_.high();
  double lastY = 1e9;
  for (int key = kLowestKey; key <= kHighestKey; ++key) {
    if (keyHz(key + 0.5) <= lowest || keyHz(key - 0.5) >= highest) continue;
    const double top = yAt(std::min(highest, keyHz(key + 0.5)));
    const double bottom = yAt(std::max(lowest, keyHz(key - 0.5)));
    const QRectF shape(area.left(), top, blackKey(key) ? kKeysWidth * 0.65 : kKeysWidth, std::max(1.0, bottom - top));
    painter.fillRect(shape, blackKey(key) ? QColor(20, 20, 20, 235) : QColor(245, 243, 238, 235));
    if (!blackKey(key) && bottom - top > 3.0) painter.fillRect(QRectF(area.left(), std::round(bottom), kKeysWidth, 1), QColor(120, 120, 120));
    if (key % 12 != 0) continue;
    const double y = yAt(std::clamp(keyHz(key), lowest, highest));
    if (lastY - y < metrics.height() + 2 || y < area.top() + metrics.height() / 2.0) continue;
    lastY = y;
    paintMark(painter, area.adjusted(kKeysWidth, 0, 0, 0), y, QStringLiteral("C%1").arg(key / 12 - 1));
  }
}

}  // namespace chladni::widgets
