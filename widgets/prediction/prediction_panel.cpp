#include "widgets/prediction/prediction_panel.h"

#include <QPainter>
#include <QPainterPath>

#include "widgets/prediction/class_lane.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_ruler.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr int kTop = 5;
constexpr int kRowRoom = 4;  // above and below the words of a row

}  // namespace

PredictionPanel::PredictionPanel(QWidget* parent) : QWidget(parent) { setAccessibleName(tr("Predictions")); }

void PredictionPanel::setPrediction(std::shared_ptr<const Prediction> prediction, bool complete) {
  prediction_ = std::move(prediction);
  complete_ = complete;
  if (prediction_) message_.clear();
  update();
}

void PredictionPanel::setPlayhead(double seconds) {
  playhead_ = seconds;
  update();
}

void PredictionPanel::setMessage(const QString& text) {
  message_ = text;
  setAccessibleDescription(text);
  update();
}

int PredictionPanel::rows() const {
  const int fixed = 2 * (fontMetrics().height() + 8) + 14;  // both titles; the foot only where room is left
  return std::clamp((height() - fixed) / (2 * (fontMetrics().height() + kRowRoom)), 1, kTop);
}

void PredictionPanel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(rect(), theme().panel);
  if (!message_.isEmpty() || !prediction_) {
    painter.setPen(theme().quiet);
    painter.drawText(rect().adjusted(kMargin, kMargin, -kMargin, -kMargin), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                     message_.isEmpty() ? tr("Open a recording to see which classes the model hears, at the playhead and over "
                                             "the whole clip.")
                                        : message_);
    return;
  }
  const int rows = this->rows();
  const int window = windowAt(*prediction_, playhead_);
  int y = paintTitle(painter, 6, tr("At the playhead"), rulerText(playhead_, 0.01));
  if (window >= 0 && prediction_->isSilent(static_cast<std::size_t>(window))) {
    y = paintRemark(painter, y, rows, tr("silence: nothing to name"));
  } else if (window >= 0 && window < prediction_->scores.rows) {
    y = paintBars(painter, y, topScores(prediction_->scores.row(window), rows));
    setAccessibleDescription(shortClassName(prediction_->classes[static_cast<std::size_t>(
        topScores(prediction_->scores.row(window), 1).front().index)]));
  } else {
    y = paintRemark(painter, y, rows, complete_ ? tr("no window here") : tr("not reached yet"));
  }
  y = paintTitle(painter, y + 8, tr("Whole clip"), complete_ ? QString() : tr("so far"));
  if (prediction_->allSilent()) y = paintRemark(painter, y, rows, tr("silence from end to end"));
  else if (!prediction_->clip.empty()) y = paintBars(painter, y, topScores(prediction_->clip, rows));
  painter.setPen(theme().quiet);
  QString foot;
  if (complete_ && prediction_->secondsOfCompute > 0.0) {
    foot = tr("%1 s of sound in %2 s · %3 %4")
               .arg(prediction_->secondsOfMedia, 0, 'f', 1)
               .arg(prediction_->secondsOfCompute, 0, 'f', 1)
               .arg(QString::fromStdString(prediction_->provenance.device), QString::fromStdString(prediction_->provenance.precision));
  }
  // Not cut in half by what is below.
  if (y + 8 + fontMetrics().height() > height()) return;
  painter.drawText(QRect(kMargin, y + 4, width() - 2 * kMargin, fontMetrics().height() + 4), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(foot, Qt::ElideRight, width() - 2 * kMargin));
}

int PredictionPanel::paintTitle(QPainter& painter, int y, const QString& title, const QString& quiet) {
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  const QFontMetrics metrics(bold);
  painter.setFont(bold);
  painter.setPen(theme().text);
  painter.drawText(kMargin, y + metrics.ascent() + 2, title);
  painter.setFont(font());
  painter.setPen(theme().quiet);
  painter.drawText(kMargin + metrics.horizontalAdvance(title) + 6, y + metrics.ascent() + 2, quiet);
  return y + metrics.height() + 8;
}

// In the place of bars, and announced like them.
int PredictionPanel::paintRemark(QPainter& painter, int y, int rows, const QString& text) {
  painter.setPen(theme().quiet);
  painter.drawText(kMargin, y + fontMetrics().ascent() + 4, text);
  setAccessibleDescription(text);
  return y + rows * (fontMetrics().height() + kRowRoom);
}

int PredictionPanel::paintBars(QPainter& painter, int y, const std::vector<ClassScore>& top) {
  const int rowHeight = fontMetrics().height() + kRowRoom;
  const int valueWidth = fontMetrics().horizontalAdvance("0.00") + 8;
  const int inner = width() - 2 * kMargin;
  const int nameWidth = std::min(inner * 45 / 100, 150);
  const int barLeft = kMargin + nameWidth + 8;
  const int barWidth = inner - nameWidth - 8 - valueWidth;
  for (const ClassScore& one : top) {
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
    painter.fillPath(bar, classColour(one.index));
    painter.drawText(QRect(kMargin, y, inner, rowHeight), Qt::AlignVCenter | Qt::AlignRight, QString::number(one.p, 'f', 2));
    y += rowHeight;
  }
  return y;
}

}  // namespace chladni::widgets
