#include "widgets/prediction/prediction_panel.h"

#include <QPainter>
#include <QPainterPath>

#include "widgets/prediction/class_lane.h"
#include "widgets/theme/class_colours.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_ruler.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr int kTop = 5;
constexpr int kRowRoom = 4;  // above and below the words of a row
constexpr int kThin = 6;     // one of two bars
constexpr int kSample = 18;  // of a bar, in the legend

}  // namespace

PredictionPanel::PredictionPanel(QWidget* parent) : QWidget(parent) { setAccessibleName(tr("Predictions")); }

void PredictionPanel::setPrediction(std::shared_ptr<const Prediction> prediction, bool complete) {
  prediction_ = std::move(prediction);
  complete_ = complete;
  if (prediction_) message_.clear();
  update();
}

void PredictionPanel::setBeside(std::optional<PredictionBeside> beside) {
  beside_ = std::move(beside);
  update();
}

std::span<const float> PredictionPanel::othersNow() const {
  if (!paired()) return {};
  const Prediction& other = *beside_->prediction;
  const int window = windowAt(other, playhead_);
  const bool says = window >= 0 && window < other.scores.rows && !other.isSilent(static_cast<std::size_t>(window));
  return says ? other.scores.row(window) : std::span<const float>();
}

QString PredictionPanel::disagreement() const {
  const auto others = othersNow();
  const int window = prediction_ ? windowAt(*prediction_, playhead_) : -1;
  if (others.empty() || window < 0 || window >= prediction_->scores.rows || prediction_->isSilent(static_cast<std::size_t>(window))) return {};
  const auto best = [](const Prediction& prediction, std::span<const float> scores) {
    return shortClassName(prediction.classes[static_cast<std::size_t>(topScores(scores, 1).front().index)]);
  };
  const QString mine = best(*prediction_, prediction_->scores.row(window)), theirs = best(*beside_->prediction, others);
  return mine.compare(theirs, Qt::CaseInsensitive) == 0 ? QString() : tr("They disagree here: %1, %2 beside").arg(mine, theirs);
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
  // Both titles; the foot only where room is left. Another model has a legend and a sentence.
  const int fixed = 2 * (fontMetrics().height() + 8) + 14 + (paired() ? 2 : beside_ ? 1 : 0) * lineHeight();
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
  int y = paintTitle(painter, paintLegend(painter, 6), tr("At the playhead"), rulerText(playhead_, 0.01));
  if (window >= 0 && prediction_->isSilent(static_cast<std::size_t>(window))) {
    y = paintRemark(painter, y, rows, tr("silence: nothing to name"));
  } else if (window >= 0 && window < prediction_->scores.rows) {
    y = paintScores(painter, y, prediction_->scores.row(window), othersNow(), rows);
    const QString apart = disagreement();
    setAccessibleDescription(apart.isEmpty() ? shortClassName(prediction_->classes[static_cast<std::size_t>(
                                                   topScores(prediction_->scores.row(window), 1).front().index)])
                                             : apart);
  } else {
    y = paintRemark(painter, y, rows, complete_ ? tr("no window here") : tr("not reached yet"));
  }
  y = paintTitle(painter, y + 8, tr("Whole clip"), complete_ ? QString() : tr("so far"));
  if (prediction_->allSilent()) y = paintRemark(painter, y, rows, tr("silence from end to end"));
  else if (!prediction_->clip.empty()) y = paintScores(painter, y, prediction_->clip, paired() ? std::span<const float>(beside_->prediction->clip) : std::span<const float>(), rows);
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

int PredictionPanel::lineHeight() const { return fontMetrics().height() + kRowRoom; }

// Whose bars are whose, or why there are no others; below, where they disagree.
int PredictionPanel::paintLegend(QPainter& painter, int y) {
  if (!beside_) return y;
  const int height = lineHeight(), room = width() - 2 * kMargin;
  painter.setPen(theme().quiet);
  const auto line = [&](int left, const QString& text) {
    painter.drawText(QRect(left, y, width() - kMargin - left, height), Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(text, Qt::ElideRight, width() - kMargin - left));
  };
  if (!paired()) {
    line(kMargin, tr("%1: %2").arg(beside_->title, beside_->message));
    return y + height;
  }
  const double middle = y + height / 2.0;
  const QString mine = tr("chosen model");
  painter.fillRect(QRectF(kMargin, middle - kThin / 2.0, kSample, kThin), theme().quiet);
  line(kMargin + kSample + 6, mine);
  const int other = kMargin + kSample + 6 + fontMetrics().horizontalAdvance(mine) + 16;
  painter.fillRect(QRectF(other, middle - kThin / 2.0, kSample, kThin), QBrush(theme().quiet, Qt::BDiagPattern));
  painter.drawRect(QRectF(other, middle - kThin / 2.0, kSample, kThin));
  line(other + kSample + 6, beside_->title);
  y += height;
  painter.setPen(theme().text);
  painter.drawText(QRect(kMargin, y, room, height), Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(disagreement(), Qt::ElideRight, room));
  return y + height;
}

int PredictionPanel::paintScores(QPainter& painter, int y, std::span<const float> scores, std::span<const float> others, int rows) {
  if (!paired()) return paintBars(painter, y, topScores(scores, rows));
  return paintPairs(painter, y, scorePairs({prediction_->classes, scores}, {beside_->prediction->classes, others}, rows));
}

// Two thin bars a class: full for the chosen model, hatched for the other.
int PredictionPanel::paintPairs(QPainter& painter, int y, const std::vector<ScorePair>& pairs) {
  const int rowHeight = lineHeight(), inner = width() - 2 * kMargin;
  const int valueWidth = fontMetrics().horizontalAdvance("0.00") + 8, nameWidth = std::min(inner * 36 / 100, 130);
  const int left = kMargin + nameWidth + 8, barWidth = std::max(8, inner - nameWidth - 8 - 2 * valueWidth);
  const auto figure = [](const std::optional<float>& p) { return p ? QString::number(*p, 'f', 2) : QStringLiteral("–"); };
  for (const ScorePair& pair : pairs) {
    painter.setPen(theme().text);
    painter.drawText(QRect(kMargin, y, nameWidth, rowHeight), Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(pair.name, Qt::ElideRight, nameWidth));
    painter.drawText(QRect(kMargin, y, inner - valueWidth, rowHeight), Qt::AlignVCenter | Qt::AlignRight, figure(pair.one));
    painter.drawText(QRect(kMargin, y, inner, rowHeight), Qt::AlignVCenter | Qt::AlignRight, figure(pair.other));
    const QColor colour = classColour(pair.name);
    const double middle = y + rowHeight / 2.0;
    const auto bar = [&](double top, const std::optional<float>& p) { return QRectF(left, top, std::max(1.0, barWidth * std::clamp(static_cast<double>(p.value_or(0.0F)), 0.0, 1.0)), kThin); };
    if (pair.one) painter.fillRect(bar(middle - kThin - 1, pair.one), colour);
    if (pair.other) {
      painter.fillRect(bar(middle + 1, pair.other), QBrush(colour, Qt::BDiagPattern));
      painter.setPen(QPen(colour, 1.0));
      painter.drawRect(bar(middle + 1, pair.other));
    }
    y += rowHeight;
  }
  return y;
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
    painter.fillPath(bar, classColour(name));
    painter.drawText(QRect(kMargin, y, inner, rowHeight), Qt::AlignVCenter | Qt::AlignRight, QString::number(one.p, 'f', 2));
    y += rowHeight;
  }
  return y;
}

}  // namespace chladni::widgets
