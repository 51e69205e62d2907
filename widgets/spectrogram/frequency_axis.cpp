// The frequency axis of the spectrogram lane: hertz, or notes with the keys of a piano.
#include <QPainter>
#include <array>
#include <cmath>

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
  const QRectF box(area.left() + 7, y - metrics.height() / 2.0, metrics.horizontalAdvance(text) + 4, metrics.height());
  painter.fillRect(box, QColor(0, 0, 0, 110));
  painter.setPen(QColor(255, 255, 255, 225));
  painter.drawText(box, Qt::AlignCenter, text);
}

void SpectrogramLane::paintFrequencies(QPainter& painter, const QRect& area) {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  painter.setFont(small);
  const QFontMetrics metrics(small);
  static constexpr std::array kLogMarks = {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0, 50000.0};
  std::vector<double> marks(kLogMarks.begin(), kLogMarks.end());
  if (!choices_.logarithmic) {
    marks.clear();
    const double step = highHz_ > 30000.0 ? 10000.0 : highHz_ > 12000.0 ? 5000.0 : highHz_ > 5000.0 ? 2000.0 : 1000.0;
    for (double hertz = step; hertz < highHz_; hertz += step) marks.push_back(hertz);
  }
  double lastY = 1e9;
  for (const double hertz : marks) {
    if (hertz <= lowHz_ || hertz >= highHz_) continue;
    const double y = yAt(hertz);
    if (lastY - y < metrics.height() + 2 || y < area.top() + metrics.height() / 2.0) continue;
    lastY = y;
    paintMark(painter, area, y, hertz < 1000.0 ? QString::number(hertz, 'f', 0) : tr("%1k").arg(hertz / 1000.0, 0, 'f', 0));
  }
}

// Keys as high as they sound; the name of every C beside them.
void SpectrogramLane::paintPiano(QPainter& painter, const QRect& area) {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  painter.setFont(small);
  const QFontMetrics metrics(small);
  const double lowest = std::max(1.0, lowHz_);
  double lastY = 1e9;
  for (int key = kLowestKey; key <= kHighestKey; ++key) {
    if (keyHz(key + 0.5) <= lowest || keyHz(key - 0.5) >= highHz_) continue;
    const double top = yAt(std::min(highHz_, keyHz(key + 0.5)));
    const double bottom = yAt(std::max(lowest, keyHz(key - 0.5)));
    const QRectF shape(area.left(), top, blackKey(key) ? kKeysWidth * 0.65 : kKeysWidth, std::max(1.0, bottom - top));
    painter.fillRect(shape, blackKey(key) ? QColor(20, 20, 20, 235) : QColor(245, 243, 238, 235));
    if (!blackKey(key) && bottom - top > 3.0) painter.fillRect(QRectF(area.left(), std::round(bottom), kKeysWidth, 1), QColor(120, 120, 120));
    if (key % 12 != 0) continue;
    const double y = yAt(std::clamp(keyHz(key), lowest, highHz_));
    if (lastY - y < metrics.height() + 2 || y < area.top() + metrics.height() / 2.0) continue;
    lastY = y;
    paintMark(painter, area.adjusted(kKeysWidth, 0, 0, 0), y, QStringLiteral("C%1").arg(key / 12 - 1));
  }
}

}  // namespace chladni::widgets
