#include "widgets/spectrogram/frequency_tools.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

QString words(const char* text) { return QCoreApplication::translate("FrequencyTools", text); }

}  // namespace

QString intervalName(double semitones) {
  static constexpr std::array kNames = {
      QT_TRANSLATE_NOOP("FrequencyTools", "unison"),         QT_TRANSLATE_NOOP("FrequencyTools", "minor second"),
      QT_TRANSLATE_NOOP("FrequencyTools", "major second"),   QT_TRANSLATE_NOOP("FrequencyTools", "minor third"),
      QT_TRANSLATE_NOOP("FrequencyTools", "major third"),    QT_TRANSLATE_NOOP("FrequencyTools", "fourth"),
      QT_TRANSLATE_NOOP("FrequencyTools", "tritone"),        QT_TRANSLATE_NOOP("FrequencyTools", "fifth"),
      QT_TRANSLATE_NOOP("FrequencyTools", "minor sixth"),    QT_TRANSLATE_NOOP("FrequencyTools", "major sixth"),
      QT_TRANSLATE_NOOP("FrequencyTools", "minor seventh"),  QT_TRANSLATE_NOOP("FrequencyTools", "major seventh"),
      QT_TRANSLATE_NOOP("FrequencyTools", "octave")};
  const double size = std::abs(semitones);
  const auto nearest = static_cast<int>(std::lround(size));
  if (std::abs(size - nearest) > 0.2) return {};
  if (nearest <= 12) return words(kNames[static_cast<std::size_t>(nearest)]);
  if (nearest % 12 == 0) return words("%1 octaves").arg(nearest / 12);
  return {};
}

void FrequencyTools::begin(Tool tool, const TimeFrequency& at) {
  underWay_ = tool;
  (tool == Tool::box ? box_ : line_) = Ends{at, at};
}

void FrequencyTools::moveTo(const TimeFrequency& at) {
  if (underWay_ == Tool::none) return;
  (underWay_ == Tool::box ? box_ : line_)->second = at;
}

void FrequencyTools::end(bool tooSmall) {
  if (tooSmall && underWay_ == Tool::box) box_.reset();
  if (tooSmall && underWay_ == Tool::measure) line_.reset();
  underWay_ = Tool::none;
}

void FrequencyTools::clear() {
  box_.reset();
  line_.reset();
  underWay_ = Tool::none;
}

std::optional<std::pair<TimeFrequency, TimeFrequency>> FrequencyTools::box() const {
  if (!box_) return std::nullopt;
  const auto [a, b] = *box_;
  return Ends{{std::min(a.seconds, b.seconds), std::min(a.hertz, b.hertz)}, {std::max(a.seconds, b.seconds), std::max(a.hertz, b.hertz)}};
}

QString FrequencyTools::measureText() const {
  if (!line_) return {};
  const auto [a, b] = *line_;
  QString text = words("Δ %1 s · Δ %2 Hz").arg(std::abs(b.seconds - a.seconds), 0, 'f', 3).arg(std::abs(b.hertz - a.hertz), 0, 'f', 0);
  if (a.hertz <= 0.0 || b.hertz <= 0.0) return text;
  const double semitones = 12.0 * std::log2(b.hertz / a.hertz);
  text += words(" · %1 semitones").arg(std::abs(semitones), 0, 'f', 1);
  const QString name = intervalName(semitones);
  return name.isEmpty() ? text : text + words(" (%1)").arg(name);
}

void FrequencyTools::paint(QPainter& painter, const Place& place) const {
  const auto outlined = [&](auto draw) {
    painter.setPen(QPen(QColor(0, 0, 0, 170), 3.0));
    draw();
    painter.setPen(QPen(Qt::white, 1.0));
    draw();
  };
  painter.setBrush(Qt::NoBrush);
  for (const LabelBox& one : labelBoxes_) {
    const QRectF frame = QRectF(place(one.from), place(one.to)).normalized();
    if (!frame.intersects(painter.clipBoundingRect())) continue;
    painter.setPen(QPen(QColor(0, 0, 0, 170), 3.0));
    painter.drawRect(frame);
    painter.setPen(QPen(one.colour, 1.5));
    painter.drawRect(frame);
    const QFontMetrics metrics(painter.font());
    const QRectF words(frame.topLeft(), QSizeF(std::min(frame.width(), metrics.horizontalAdvance(one.text) + 8.0), metrics.height()));
    painter.fillRect(words, QColor(0, 0, 0, 150));
    painter.setPen(Qt::white);
    painter.drawText(words, Qt::AlignCenter, metrics.elidedText(one.text, Qt::ElideRight, static_cast<int>(words.width())));
  }
  if (const auto corners = box()) {
    const QRectF frame = QRectF(place(corners->first), place(corners->second)).normalized();
    outlined([&] { painter.drawRect(frame); });
  }
  if (!line_) return;
  const QPointF from = place(line_->first);
  const QPointF to = place(line_->second);
  outlined([&] { painter.drawLine(from, to); });
  const QString text = measureText();
  const QFontMetrics metrics(painter.font());
  QRectF label(to + QPointF(8, -metrics.height() - 6), QSizeF(metrics.horizontalAdvance(text) + 10, metrics.height() + 4));
  const QRectF room = painter.clipBoundingRect();
  if (label.right() > room.right()) label.moveRight(to.x() - 8);
  if (label.top() < room.top()) label.moveTop(to.y() + 8);
  painter.fillRect(label, QColor(0, 0, 0, 190));
  painter.setPen(Qt::white);
  painter.drawText(label, Qt::AlignCenter, text);
}

}  // namespace chladni::widgets
