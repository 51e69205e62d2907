#include "widgets/spectrogram/colour_bar.h"

#include <array>

namespace chladni::widgets {

int paintColourBar(QPainter& painter, const QRect& header, int y, const TilePictures& pictures) {
  const QRect bar(header.left() + 12, y + 3, header.width() - 32, 6);
  const QRect numbers(bar.left(), bar.bottom() + 2, bar.width(), painter.fontMetrics().height());
  if (bar.bottom() > header.bottom() - 2) return numbers.bottom();
  QImage ramp(256, 1, QImage::Format_RGB32);
  const std::array<QRgb, 256> table = pictures.pixels();
  for (int i = 0; i < 256; ++i) ramp.setPixel(i, 0, table[static_cast<std::size_t>(i)]);
  painter.drawImage(bar, ramp);
  const ValueScale& values = pictures.values();
  if (numbers.bottom() > header.bottom() || !values.known()) return numbers.bottom();
  painter.drawText(numbers, Qt::AlignLeft, values.endText(pictures.low()));
  painter.drawText(numbers, Qt::AlignHCenter, values.endText((pictures.low() + pictures.high()) / 2.0));
  painter.drawText(numbers, Qt::AlignRight, values.endText(pictures.high()) + (values.unit().isEmpty() ? QString() : QChar(' ') + values.unit()));
  return numbers.bottom();
}

}  // namespace chladni::widgets
