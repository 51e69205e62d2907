#include "widgets/spectrogram/frequency_axis.h"

#include <array>
#include <cmath>

#include "widgets/time_axis/pitch_text.h"

namespace chladni::widgets {
namespace {

constexpr int kLowestKey = 21;    // of a piano, A0, as MIDI bins_s
constexpr int kHighestKey = 108;  // C8
constexpr int kKeysWidth = 16;

double keyHz(double key) { return 440.0 * std::exp2((key - 69.0) / 12.0); }

bool blackKey(int key) {
  static constexpr std::array kBlack = {false, true, false, true, false, false, true, false, true, false, true, false};
  return kBlack[static_cast<std::size_t>(key % 12)];
}

}  // namespace

void FrequencyAxis::paint(SpectrogramView view, bool notes) {
  if (view == SpectrogramView::mfcc) return paintRowNumbers();
  if (view == SpectrogramView::chroma) return paintPitchClasses();
  notes ? paintPiano() : paintFrequencies(view == SpectrogramView::linear);
}

void FrequencyAxis::paintMark(double left, double y, const QString& text) {
  const QFontMetrics metrics(painter_.font());
  painter_.fillRect(QRectF(left, std::round(y), 5, 1), QColor(255, 255, 255, 190));
  // Whole words also at the lower edge.
  const double top = std::min(y - metrics.height() / 2.0, area_.bottom() + 1.0 - metrics.height());
  const QRectF box(left + 7, top, metrics.horizontalAdvance(text) + 4, metrics.height());
  painter_.fillRect(box, QColor(0, 0, 0, 110));
  painter_.setPen(QColor(255, 255, 255, 225));
  painter_.drawText(box, Qt::AlignCenter, text);
}

void FrequencyAxis::paintRowNumbers() {
  for (int row = 1; row <= bins_; row += row == 1 ? 4 : 5)
    paintMark(area_.left(), yOf(area_, (row - 0.5) / bins_), QString::number(row));
}

// Sharps only where there is room for them.
void FrequencyAxis::paintPitchClasses() {
  const bool all = area_.height() >= bins_ * (painter_.fontMetrics().height() + 1);
  for (int row = 0; row < bins_; ++row) {
    if (!all && blackKey(row)) continue;
    paintMark(area_.left(), yOf(area_, (row + 0.5) / bins_), pitchClassName(row));
  }
}

void FrequencyAxis::paintFrequencies(bool linear) {
  const QFontMetrics metrics = painter_.fontMetrics();
  static constexpr std::array kLogMarks = {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0, 50000.0};
  std::vector<double> marks(kLogMarks.begin(), kLogMarks.end());
  if (linear) {
    marks.clear();
    const double highHz = scale_.high();
    const double step = highHz > 30000.0 ? 10000.0 : highHz > 12000.0 ? 5000.0 : highHz > 5000.0 ? 2000.0 : 1000.0;
    for (double hertz = step; hertz < highHz; hertz += step) marks.push_back(hertz);
  }
  double lastY = 1e9;
  for (const double hertz : marks) {
    if (hertz <= scale_.low() || hertz >= scale_.high()) continue;
    const double y = yAt(hertz);
    if (lastY - y < metrics.height() + 2 || y < area_.top() + metrics.height() / 2.0) continue;
    lastY = y;
    paintMark(area_.left(), y, hertz < 1000.0 ? QString::number(hertz, 'f', 0) : tr("%1k").arg(hertz / 1000.0, 0, 'f', 0));
  }
}

// Keys as high as they sound; the name of every C beside them.
void FrequencyAxis::paintPiano() {
  const QFontMetrics metrics = painter_.fontMetrics();
  const double lowest = std::max(1.0, scale_.low());
  const double highest = scale_.high();
  double lastY = 1e9;
  for (int key = kLowestKey; key <= kHighestKey; ++key) {
    if (keyHz(key + 0.5) <= lowest || keyHz(key - 0.5) >= highest) continue;
    const double top = yAt(std::min(highest, keyHz(key + 0.5)));
    const double bottom = yAt(std::max(lowest, keyHz(key - 0.5)));
    const QRectF shape(area_.left(), top, blackKey(key) ? kKeysWidth * 0.65 : kKeysWidth, std::max(1.0, bottom - top));
    painter_.fillRect(shape, blackKey(key) ? QColor(20, 20, 20, 235) : QColor(245, 243, 238, 235));
    if (!blackKey(key) && bottom - top > 3.0) painter_.fillRect(QRectF(area_.left(), std::round(bottom), kKeysWidth, 1), QColor(120, 120, 120));
    if (key % 12 != 0) continue;
    const double y = yAt(std::clamp(keyHz(key), lowest, highest));
    if (lastY - y < metrics.height() + 2 || y < area_.top() + metrics.height() / 2.0) continue;
    lastY = y;
    paintMark(area_.left() + kKeysWidth, y, QStringLiteral("C%1").arg(key / 12 - 1));
  }
}

}  // namespace chladni::widgets
