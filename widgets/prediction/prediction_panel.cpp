#include "widgets/prediction/prediction_panel.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "widgets/prediction/prediction_windows.h"
#include "widgets/theme/class_colours.h"
#include "widgets/theme/number_text.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_text.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr int kTop = 5;

}  // namespace

PredictionPanel::PredictionPanel(QWidget* parent) : QWidget(parent) { setAccessibleName(tr("Predictions")); }

void PredictionPanel::setPrediction(std::shared_ptr<const Prediction> prediction, bool complete) {
  prediction_ = std::move(prediction);
  complete_ = complete;
  if (prediction_) message_.clear();
  describe();
  update();
}

void PredictionPanel::setPlayhead(double seconds) {
  if (seconds == playhead_) return;
  playhead_ = seconds;
  describe();
  update();
}

void PredictionPanel::setMessage(const QString& text) {
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void PredictionPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), theme().panel);
  if (!message_.isEmpty() || !prediction_) {
    paintMessage(painter);
    return;
  }
  const int rows = rowsShown();
  const int window = windowAt(*prediction_, playhead_);
  int y = paintTitle(painter, 6, tr("At the playhead"), rulerText(playhead_, 0.01));
  if (window >= 0 && window < prediction_->scores.rows) {
    y = paintBars(painter, y, topScores(prediction_->scores.row(window), rows));
  } else {
    painter.setPen(theme().quiet);
    painter.drawText(kMargin, y + fontMetrics().ascent() + 4, complete_ ? tr("no window here") : tr("not reached yet"));
    y += rows * rowHeight();
  }
  y = paintTitle(painter, y + 8, tr("Whole clip"), complete_ ? QString() : tr("so far"));
  if (!prediction_->clip.empty()) y = paintBars(painter, y, topScores(prediction_->clip, rows));
  paintFoot(painter, y + 4);
}

int PredictionPanel::rowHeight() const { return fontMetrics().height() + 9; }

int PredictionPanel::rowsShown() const {
  const int fixed = 4 * (fontMetrics().height() + 12) + 16;
  return std::clamp((height() - fixed) / (2 * rowHeight()), 1, kTop);
}

void PredictionPanel::paintMessage(QPainter& painter) {
  painter.setPen(theme().quiet);
  const QString text = message_.isEmpty() ? tr("Open a recording to see which classes the model hears, at the playhead and over "
                                               "the whole clip.")
                                          : message_;
  painter.drawText(rect().adjusted(kMargin, kMargin, -kMargin, -kMargin), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, text);
}

void PredictionPanel::paintFoot(QPainter& painter, int y) {
  QStringList lines = {prediction_->multiLabel ? tr("each class judged by itself (sigmoid)") : tr("classes share 1.00 (softmax)")};
  if (complete_ && prediction_->secondsOfCompute > 0.0) {
    lines << tr("%1 s of sound in %2 s · %3 %4")
                 .arg(prediction_->secondsOfMedia, 0, 'f', 1)
                 .arg(prediction_->secondsOfCompute, 0, 'f', 1)
                 .arg(QString::fromStdString(prediction_->provenance.device), QString::fromStdString(prediction_->provenance.precision));
  }
  painter.setPen(theme().quiet);
  painter.setFont(axisFont(font()));
  const QFontMetrics metrics = painter.fontMetrics();
  for (const QString& line : lines) {
    painter.drawText(QRect(kMargin, y, width() - 2 * kMargin, metrics.height() + 2), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(line, Qt::ElideRight, width() - 2 * kMargin));
    y += metrics.height() + 4;
  }
}

// What a screen reader says: the strongest class, at the playhead and of the whole.
void PredictionPanel::describe() {
  if (!prediction_) return;
  QStringList parts;
  const auto say = [&](const QString& where, std::span<const float> scores) {
    const auto top = topScores(scores, 1);
    if (top.empty() || static_cast<std::size_t>(top.front().index) >= prediction_->classes.size()) return;
    parts << tr("%1: %2 %3").arg(where, shortClassName(prediction_->classes[static_cast<std::size_t>(top.front().index)]), probabilityText(top.front().p));
  };
  const int window = windowAt(*prediction_, playhead_);
  if (window >= 0 && window < prediction_->scores.rows) say(tr("at the playhead"), prediction_->scores.row(window));
  say(tr("whole clip"), prediction_->clip);
  setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

int PredictionPanel::paintTitle(QPainter& painter, int y, const QString& title, const QString& quiet) {
  painter.setFont(strongFont(font()));
  const QFontMetrics metrics = painter.fontMetrics();
  painter.setPen(theme().text);
  painter.drawText(kMargin, y + metrics.ascent() + 2, title);
  painter.setFont(font());
  painter.setPen(theme().quiet);
  painter.drawText(kMargin + metrics.horizontalAdvance(title) + 6, y + metrics.ascent() + 2, quiet);
  return y + metrics.height() + 8;
}

int PredictionPanel::paintBars(QPainter& painter, int y, const std::vector<ClassScore>& top) {
  const int rowHeight = this->rowHeight();
  const int valueWidth = fontMetrics().horizontalAdvance("0.00") + 8;
  const int inner = width() - 2 * kMargin;
  const int nameWidth = std::min(inner * 45 / 100, 150);
  const int barLeft = kMargin + nameWidth + 8;
  const int barWidth = inner - nameWidth - 8 - valueWidth;
  for (const ClassScore& one : top) {
    if (static_cast<std::size_t>(one.index) >= prediction_->classes.size()) continue;
    const QString name = shortClassName(prediction_->classes[static_cast<std::size_t>(one.index)]);
    painter.setPen(theme().text);
    painter.drawText(QRect(kMargin, y, nameWidth, rowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(name, Qt::ElideRight, nameWidth));
    const QRectF track(barLeft, y + rowHeight / 2.0 - 5, barWidth, 10);
    QPainterPath rail;
    rail.addRoundedRect(track, 2, 2);
    QColor faint = theme().hairline;
    faint.setAlphaF(0.5F);
    painter.fillPath(rail, faint);
    QPainterPath bar;
    bar.addRoundedRect(QRectF(track.topLeft(), QSizeF(std::max(2.0, track.width() * std::clamp(one.p, 0.0F, 1.0F)), track.height())), 2, 2);
    painter.fillPath(bar, classColour(name));
    painter.drawText(QRect(kMargin, y, inner, rowHeight), Qt::AlignVCenter | Qt::AlignRight, probabilityText(one.p));
    y += rowHeight;
  }
  return y;
}

}  // namespace chladni::widgets
