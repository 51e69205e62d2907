#include "widgets/prediction/class_lane.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "core/data/colormap.h"
#include "core/data/window_stretch.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kClassesKept = 12;
constexpr int kRowHeight = 20;
constexpr double kGripPixels = 4.0;

QColor probabilityColour(float p) {
  const Rgb colour = colourAt(Colormap::viridis, p);
  return {colour.red, colour.green, colour.blue};
}

}  // namespace

std::pair<double, double> stretchOf(const Prediction& prediction, std::size_t index) {
  const TimeRange stretch = chladni::stretchOf(prediction.windows, index);
  return {stretch.start.seconds(), stretch.end.seconds()};
}

int windowAt(const Prediction& prediction, double seconds) {
  for (std::size_t i = 0; i < prediction.windows.size(); ++i) {
    const auto [from, to] = stretchOf(prediction, i);
    const bool last = i + 1 == prediction.windows.size();
    if (seconds >= from && (seconds < to || (last && seconds <= to))) return static_cast<int>(i);
  }
  return -1;
}

ClassLane::ClassLane(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Classes"), parent) { setMinimumHeight(72); }

void ClassLane::setPrediction(std::shared_ptr<const Prediction> prediction) {
  prediction_ = std::move(prediction);
  strongest_.clear();
  if (prediction_ && prediction_->scores.rows > 0) {
    std::vector<float> best(prediction_->classes.size(), 0.0F);
    for (std::int64_t w = 0; w < prediction_->scores.rows; ++w) {
      const auto row = prediction_->scores.row(w);
      for (std::size_t c = 0; c < best.size() && c < row.size(); ++c) best[c] = std::max(best[c], row[c]);
    }
    for (const ClassScore& one : topScores(best, kClassesKept)) strongest_.push_back(one.index);
    setMessage({});
  }
  update();
  Q_EMIT predictionChanged();
}

void ClassLane::setProposals(std::optional<ProposalPicture> proposals) {
  proposals_ = std::move(proposals);
  if (!proposals_) grip_.reset();
  update();
}

void ClassLane::showSameAs(const ClassLane& other) {
  setPrediction(other.prediction_);
  setProposals(other.proposals_);
  setMessage(other.message());
}

int ClassLane::rowsShown() const {
  return std::clamp(dataRect().height() / kRowHeight, 1, std::max(1, static_cast<int>(strongest_.size())));
}

double ClassLane::rowHeight() const { return static_cast<double>(dataRect().height()) / rowsShown(); }

double ClassLane::thresholdY(int row) const {
  return dataRect().top() + (row + 1.0 - (proposals_ ? proposals_->threshold : 0.0)) * rowHeight();
}

std::optional<ClassLane::Grip> ClassLane::gripAt(const QPointF& position) const {
  if (!proposals_ || strongest_.empty()) return std::nullopt;
  if (bar_.adjusted(-4, -6, 4, 6).contains(position.toPoint())) return Grip::bar;
  if (!dataRect().contains(position.toPoint())) return std::nullopt;
  for (int row = 0; row < rowsShown(); ++row) {
    if (std::abs(position.y() - thresholdY(row)) <= kGripPixels) return Grip::line;
  }
  return std::nullopt;
}

void ClassLane::dragTo(const QPointF& position) {
  const double within = std::fmod(std::max(0.0, position.y() - dataRect().top()), rowHeight()) / rowHeight();
  const double wanted = grip_ == Grip::bar ? (position.x() - bar_.left()) / std::max(1, bar_.width()) : 1.0 - within;
  Q_EMIT thresholdDragged(std::round(std::clamp(wanted, 0.0, 1.0) * 100.0) / 100.0);
}

void ClassLane::mousePressEvent(QMouseEvent* event) {
  grip_ = event->button() == Qt::LeftButton ? gripAt(event->position()) : std::nullopt;
  if (grip_) return dragTo(event->position());
  Lane::mousePressEvent(event);
}

void ClassLane::mouseMoveEvent(QMouseEvent* event) {
  if (grip_) return dragTo(event->position());
  const auto grip = gripAt(event->position());
  setCursor(!grip ? Qt::ArrowCursor : *grip == Grip::line ? Qt::SizeVerCursor : Qt::SizeHorCursor);
  Lane::mouseMoveEvent(event);
}

void ClassLane::mouseReleaseEvent(QMouseEvent* event) {
  if (std::exchange(grip_, std::nullopt)) return;
  Lane::mouseReleaseEvent(event);
}

void ClassLane::paintCurve(QPainter& painter, int row) {
  const int index = strongest_[static_cast<std::size_t>(row)];
  const double bottom = dataRect().top() + (row + 1.0) * rowHeight();
  QPainterPath path;
  for (std::size_t w = 0; w < prediction_->windows.size() && static_cast<std::int64_t>(w) < prediction_->scores.rows; ++w) {
    const auto [from, to] = stretchOf(*prediction_, w);
    if (to < axis().from() || from > axis().to()) continue;
    const double y = bottom - std::clamp(static_cast<double>(prediction_->scores.at(static_cast<std::int64_t>(w), index)), 0.0, 1.0) * rowHeight();
    if (path.elementCount() == 0) path.moveTo(xAt(from), y);
    else path.lineTo(xAt(from), y);
    path.lineTo(xAt(to), y);
  }
  painter.strokePath(path, QPen(QColor(0, 0, 0, 150), 3.0));
  painter.strokePath(path, QPen(Qt::white, 1.2));
}

void ClassLane::paintProposals(QPainter& painter) {
  painter.setRenderHint(QPainter::Antialiasing, true);
  for (int row = 0; row < rowsShown(); ++row) {
    paintCurve(painter, row);
    const double y = thresholdY(row);
    const double release = y + (proposals_->threshold - proposals_->release) * rowHeight();
    painter.setPen(QPen(QColor(255, 255, 255, 110), 1.0, Qt::DotLine));
    painter.drawLine(QPointF(dataRect().left(), release), QPointF(dataRect().right(), release));
    painter.setPen(QPen(QColor(0, 0, 0, 160), 3.0));
    painter.drawLine(QPointF(dataRect().left(), y), QPointF(dataRect().right(), y));
    painter.setPen(QPen(QColor(255, 255, 255), 1.4, Qt::DashLine));
    painter.drawLine(QPointF(dataRect().left(), y), QPointF(dataRect().right(), y));
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setBrush(Qt::NoBrush);
  for (const auto& [index, span] : proposals_->stretches) {
    const auto place = std::find(strongest_.begin(), strongest_.begin() + rowsShown(), index);
    if (place == strongest_.begin() + rowsShown()) continue;
    const auto row = static_cast<double>(place - strongest_.begin());
    const double left = std::max(xAt(span.start.seconds()), dataRect().left() - 4.0);
    const double right = std::min(xAt(span.end.seconds()), dataRect().right() + 4.0);
    if (right < left) continue;
    const QRectF box(std::round(left) + 1.0, std::round(dataRect().top() + row * rowHeight()) + 1.0, std::max(2.0, right - left - 2.0), rowHeight() - 3.0);
    painter.setPen(QPen(QColor(0, 0, 0, 200), 4.0));
    painter.drawRect(box);
    painter.setPen(QPen(theme().warn, 2.0));
    painter.drawRect(box);
  }
}

void ClassLane::paintData(QPainter& painter, const QRect& area) {
  painter.fillRect(area, theme().lane);
  if (!prediction_ || strongest_.empty()) return;
  const int rows = rowsShown();
  const double rowHeight = this->rowHeight();
  for (std::size_t w = 0; w < prediction_->windows.size() && static_cast<std::int64_t>(w) < prediction_->scores.rows; ++w) {
    const auto [from, to] = stretchOf(*prediction_, w);
    const double left = std::round(xAt(from));
    const double right = std::round(xAt(std::min(to, axis().duration())));
    if (right < area.left() || left > area.right()) continue;
    const auto scores = prediction_->scores.row(static_cast<std::int64_t>(w));
    for (int r = 0; r < rows; ++r) {
      const double top = std::round(area.top() + r * rowHeight);
      const double bottom = std::round(area.top() + (r + 1) * rowHeight);
      painter.fillRect(QRectF(QPointF(left, top), QPointF(std::max(left + 1, right), bottom)),
                       probabilityColour(scores[static_cast<std::size_t>(strongest_[static_cast<std::size_t>(r)])]));
    }
  }
  if (proposals_) paintProposals(painter);
  for (int r = 0; r < rows; ++r) {
    const QString text = shortClassName(prediction_->classes[static_cast<std::size_t>(strongest_[static_cast<std::size_t>(r)])]);
    const double middle = area.top() + (r + 0.5) * rowHeight;
    const QRectF box(area.left() + 6, middle - fontMetrics().height() / 2.0, fontMetrics().horizontalAdvance(text) + 10, fontMetrics().height());
    painter.fillRect(box, QColor(0, 0, 0, 120));
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, text);
    if (r > 0) painter.fillRect(QRectF(area.left(), std::round(area.top() + r * rowHeight), area.width(), 1), QColor(0, 0, 0, 60));
  }
}

QStringList ClassLane::headerLines() const {
  if (!prediction_ || prediction_->windows.empty()) return {tr("probability over time")};
  const double window = prediction_->windows.front().length().seconds();
  const std::size_t count = prediction_->windows.size();
  return {count == 1 ? tr("1 window of %1 s").arg(window, 0, 'f', 1) : tr("%1 windows of %2 s").arg(count).arg(window, 0, 'f', 1),
          proposals_ ? tr("threshold %1").arg(proposals_->threshold, 0, 'f', 2) : tr("probability 0 … 1")};
}

void ClassLane::paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
  const QRect bar(header.left() + 12, y + 3, header.width() - 32, 6);
  bar_ = {};
  if (bar.bottom() > header.bottom() - 2) return;
  bar_ = bar;
  for (int x = 0; x < bar.width(); ++x) {
    painter.fillRect(QRect(bar.left() + x, bar.top(), 1, bar.height()), probabilityColour(static_cast<float>(x) / static_cast<float>(bar.width())));
  }
  if (!proposals_) return;
  const double x = bar.left() + proposals_->threshold * bar.width();
  painter.fillRect(QRectF(x - 3.0, bar.top() - 3.0, 6.0, bar.height() + 6.0), theme().panel);
  painter.fillRect(QRectF(x - 1.5, bar.top() - 3.0, 3.0, bar.height() + 6.0), theme().accent);
}

QString ClassLane::valueAt(const QPointF& position) const {
  if (!prediction_ || strongest_.empty()) return {};
  const int window = windowAt(*prediction_, timeAt(position.x()));
  const int row = std::clamp(static_cast<int>((position.y() - dataRect().top()) * rowsShown() / std::max(1, dataRect().height())), 0, rowsShown() - 1);
  const int index = strongest_[static_cast<std::size_t>(row)];
  if (window < 0 || window >= prediction_->scores.rows) return {};
  return QStringLiteral("%1 %2").arg(shortClassName(prediction_->classes[static_cast<std::size_t>(index)]))
      .arg(prediction_->scores.at(window, index), 0, 'f', 2);
}

}  // namespace chladni::widgets
