#include "widgets/labels/label_paint.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QLinearGradient>
#include <QPainter>
#include <algorithm>

#include "widgets/theme/class_names.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kSoftPixels = 7.0;   // over which the ends of a proposal fade in
constexpr double kTextPixels = 22.0;  // narrower labels are not written on
constexpr double kPointText = 160.0;  // beside a point's flag

struct Words {
  Q_DECLARE_TR_FUNCTIONS(chladni::widgets::LabelLane)
};

QColor withAlpha(QColor colour, float alpha) {
  colour.setAlphaF(alpha);
  return colour;
}

QLinearGradient fadedAtEnds(const QColor& colour, float strongest, const QRectF& box, double soft) {
  QLinearGradient fade(box.topLeft(), box.topRight());
  const QColor full = withAlpha(colour, strongest);
  const QColor none = withAlpha(colour, 0.0F);
  fade.setStops({{0.0, none}, {soft, full}, {1.0 - soft, full}, {1.0, none}});
  return fade;
}

// A model knows its windows, not the instant: the ends fade, where a person's are lines. Pale enough to read words on.
void fillProposed(QPainter& painter, const QColor& colour, const QRectF& box) {
  const double soft = std::min(0.5, kSoftPixels / std::max(1.0, box.width()));
  painter.fillRect(box, fadedAtEnds(colour, 0.14F, box, soft));
  const double inset = soft * box.width() * 0.5;
  painter.fillRect(box.adjusted(inset, 0, -inset, 0), QBrush(withAlpha(colour, 0.34F), Qt::BDiagPattern));
  painter.setPen(QPen(QBrush(fadedAtEnds(colour, 1.0F, box, soft)), 1.0, Qt::DashLine));
  for (const double y : {box.top() + 0.5, box.bottom() - 0.5}) painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
}

QString wordsOf(const Label& label, const QString& name) {
  QString words = label.text.empty() ? Words::tr("(no class)") : name;
  if (label.band) words += Words::tr("  %1–%2 Hz").arg(label.band->low, 0, 'f', 0).arg(label.band->high, 0, 'f', 0);
  if (label.state == LabelState::rejected) return QStringLiteral("× ") + words;
  if (label.state != LabelState::proposed) return words;
  return QStringLiteral("? ") + words + (label.confidence ? QStringLiteral("  ") + QString::number(*label.confidence, 'f', 2) : QString());
}

void writeOn(QPainter& painter, const Label& label, const QRectF& box, const QRectF& visible) {
  if (box.width() < kTextPixels && !label.isPoint()) return;
  const QFontMetrics metrics = painter.fontMetrics();
  const QRectF text = label.isPoint() ? QRectF(box.right() + 2, box.top(), kPointText, box.height()) : box.intersected(visible).adjusted(5, 0, -3, 0);
  QString words = wordsOf(label, QString::fromStdString(label.text));
  if (metrics.horizontalAdvance(words) > text.width()) words = wordsOf(label, shortClassName(label.text));
  painter.setPen(theme().text);
  painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(words, Qt::ElideRight, static_cast<int>(text.width())));
}

}  // namespace

void paintLabel(QPainter& painter, const Label& label, const QRectF& box, const QRectF& visible, const LabelLook& look) {
  const bool own = label.state == LabelState::confirmed;
  const bool proposed = label.state == LabelState::proposed;
  if (proposed) fillProposed(painter, look.colour, box);
  else painter.fillRect(box, withAlpha(look.colour, !own ? 0.14F : look.chosen ? 0.62F : 0.38F));
  const bool framed = !proposed || look.chosen || label.isPoint();
  painter.setPen(QPen(look.chosen ? theme().accent : look.colour, look.chosen ? 2.0 : 1.0, own ? Qt::SolidLine : Qt::DashLine));
  painter.setBrush(Qt::NoBrush);
  if (framed && box.width() >= 3.0) painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
  writeOn(painter, label, box, visible);
}

void paintTrackName(QPainter& painter, const LabelTrack& track, const QRect& area, bool active) {
  const QFontMetrics metrics = painter.fontMetrics();
  const bool twoLines = area.height() >= 2 * metrics.height() && (track.reference || track.exclusive);
  const QString words = QStringLiteral("%1 · %2").arg(QString::fromStdString(track.name)).arg(track.labels.size());
  const int top = area.center().y() - (twoLines ? metrics.height() : metrics.height() / 2);
  painter.setPen(active ? theme().text : theme().quiet);
  painter.drawText(area.left(), top + metrics.ascent(), metrics.elidedText(words, Qt::ElideMiddle, area.width()));
  painter.setPen(theme().quiet);
  if (twoLines)
    painter.drawText(area.left(), top + metrics.height() + metrics.ascent(), track.reference ? Words::tr("reference") : Words::tr("exclusive"));
}

}  // namespace chladni::widgets
