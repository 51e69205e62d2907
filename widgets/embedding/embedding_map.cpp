#include "widgets/embedding/embedding_map.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "widgets/theme/class_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr double kMark = 5.0;      // radius
constexpr double kReach = 9.0;     // of the pointer
constexpr double kDragPixels = 4.0;
constexpr std::size_t kMostInLegend = 8;
constexpr double kWheelStep = 1.2;

// A regular polygon, or a star when `inner` is below 1.
QPainterPath polygon(int corners, double turn, double inner) {
  QPainterPath path;
  const int steps = inner < 1.0 ? 2 * corners : corners;
  for (int i = 0; i < steps; ++i) {
    const double angle = 2.0 * std::numbers::pi * i / steps + turn;
    const double radius = inner < 1.0 && i % 2 == 1 ? inner : 1.15;
    const QPointF at(radius * std::sin(angle), -radius * std::cos(angle));
    i == 0 ? path.moveTo(at) : path.lineTo(at);
  }
  path.closeSubpath();
  return path;
}

// Never colour alone: classes take turns with these.
const QPainterPath& shapeOf(int classIndex) {
  static const std::array<QPainterPath, 7> kShapes = [] {
    std::array<QPainterPath, 7> shapes;
    shapes[0].addEllipse(QPointF(), 0.95, 0.95);
    shapes[1].addRect(-0.85, -0.85, 1.7, 1.7);
    shapes[2] = polygon(3, 0.0, 1.0);
    shapes[3] = polygon(4, 0.0, 1.0);
    shapes[4] = polygon(3, std::numbers::pi, 1.0);
    shapes[5] = polygon(5, 0.0, 0.5);
    shapes[6] = polygon(4, std::numbers::pi / 4.0, 0.45);
    return shapes;
  }();
  return kShapes[static_cast<std::size_t>(std::max(0, classIndex)) % kShapes.size()];
}

void paintMark(QPainter& painter, const QPointF& at, int classIndex, const QString& name, double radius) {
  painter.save();
  painter.translate(at);
  painter.scale(radius, radius);
  painter.setPen(QPen(theme().panel, 0.25));
  painter.setBrush(classIndex < 0 ? theme().quiet : classColour(name));
  painter.drawPath(shapeOf(classIndex));
  painter.restore();
}

}  // namespace

EmbeddingMap::EmbeddingMap(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setLayoutDirection(Qt::LeftToRight);  // neither time nor a plane turns with the writing
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Map of clips"));
}

void EmbeddingMap::setPoints(std::vector<MapPoint> points) {
  points_ = std::move(points);
  message_.clear();
  hits_.clear();
  chosen_ = hovered_ = -1;
  legend_.clear();
  for (const MapPoint& point : points_) {
    if (point.className.isEmpty()) continue;
    const auto found = std::find_if(legend_.begin(), legend_.end(), [&](const LegendEntry& entry) { return entry.classIndex == point.classIndex; });
    if (found != legend_.end()) ++found->count;
    else legend_.push_back({point.classIndex, point.className, 1});
  }
  std::stable_sort(legend_.begin(), legend_.end(), [](const LegendEntry& a, const LegendEntry& b) { return a.count > b.count; });
  setAccessibleDescription(tr("%1 clips of %2 classes").arg(points_.size()).arg(legend_.size()));
  showAll();
}

void EmbeddingMap::setMessage(const QString& text) {
  points_.clear();
  legend_.clear();
  hits_.clear();
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void EmbeddingMap::setAxes(const QString& x, const QString& y) {
  xTitle_ = x;
  yTitle_ = y;
  update();
}

void EmbeddingMap::setHits(std::vector<int> points) {
  hits_ = std::move(points);
  update();
}

void EmbeddingMap::setChosen(int point) {
  chosen_ = point;
  update();
}

QRectF EmbeddingMap::everything() const {
  QRectF all;
  for (const MapPoint& point : points_) {
    const QRectF one(point.place - QPointF(1e-6, 1e-6), QSizeF(2e-6, 2e-6));
    all = all.isNull() ? one : all.united(one);
  }
  const double x = std::max(all.width() * 0.06, 1e-3);
  const double y = std::max(all.height() * 0.06, 1e-3);
  return all.adjusted(-x, -y, x, y);
}

void EmbeddingMap::showAll() {
  view_ = everything();
  update();
}

QRectF EmbeddingMap::area() const {
  const int line = fontMetrics().height();
  const int rows = static_cast<int>(std::min(legend_.size(), kMostInLegend) + 1) / 2;
  return QRectF(rect()).adjusted(kMargin, 4, -kMargin, -(line + 8 + rows * (line + 2)));
}

QPointF EmbeddingMap::pixelOf(int point) const {
  const QRectF area = this->area();
  const QPointF& place = points_[static_cast<std::size_t>(point)].place;
  return {area.left() + (place.x() - view_.left()) / view_.width() * area.width(),
          area.bottom() - (place.y() - view_.top()) / view_.height() * area.height()};
}

int EmbeddingMap::pointAt(const QPointF& position) const {
  int best = -1;
  double nearest = kReach;
  for (int i = 0; i < static_cast<int>(points_.size()); ++i) {
    const QPointF away = pixelOf(i) - position;
    const double distance = std::hypot(away.x(), away.y());
    if (distance < nearest) {
      nearest = distance;
      best = i;
    }
  }
  return best;
}

void EmbeddingMap::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().panel);
  if (points_.empty()) {
    painter.setPen(theme().quiet);
    painter.drawText(rect().adjusted(kMargin, 2, -kMargin, -2), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  const QRectF area = this->area();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(area, theme().lane);
  painter.setPen(hasFocus() ? QPen(theme().accent, 1.5) : QPen(theme().hairline, 1.0));
  painter.drawRect(area);
  painter.save();
  painter.setClipRect(area);
  for (int i = 0; i < static_cast<int>(points_.size()); ++i) {
    const QPointF at = pixelOf(i);
    if (area.adjusted(-kMark, -kMark, kMark, kMark).contains(at)) paintMark(painter, at, points_[static_cast<std::size_t>(i)].classIndex, points_[static_cast<std::size_t>(i)].className, kMark);
  }
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  for (std::size_t rank = 0; rank < hits_.size(); ++rank) {
    const QPointF at = pixelOf(hits_[rank]);
    painter.setPen(QPen(theme().text, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(at, kMark + 4.0, kMark + 4.0);
    painter.drawText(at + QPointF(kMark + 6.0, 4.0), QString::number(rank + 1));
  }
  const auto ring = [&](int point, const QPen& pen) {
    if (point < 0 || point >= static_cast<int>(points_.size())) return;
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(pixelOf(point), kMark + 2.5, kMark + 2.5);
  };
  ring(hovered_, QPen(theme().text, 1.0));
  ring(chosen_, QPen(theme().accent, 2.0));
  painter.restore();
  painter.setFont(font());
  painter.setPen(theme().quiet);
  const QRectF foot(area.left(), area.bottom() + 3, area.width(), fontMetrics().height() + 2);
  painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, fontMetrics().elidedText(tr("→ %1   ↑ %2").arg(xTitle_, yTitle_), Qt::ElideRight, static_cast<int>(foot.width())));
  paintLegend(painter);
}

void EmbeddingMap::paintLegend(QPainter& painter) const {
  const int line = fontMetrics().height() + 2;
  const double top = area().bottom() + line + 6;
  const double width = (rect().width() - 2.0 * kMargin) / 2.0;
  const std::size_t shown = std::min(legend_.size(), kMostInLegend);
  for (std::size_t i = 0; i < shown; ++i) {
    const QRectF cell(kMargin + static_cast<double>(i % 2) * width, top + static_cast<double>(i / 2) * line, width, line);
    const bool rest = i + 1 == shown && legend_.size() > kMostInLegend;
    QString text = tr("%1 · %2").arg(legend_[i].name).arg(legend_[i].count);
    if (rest) text = tr("and %1 more").arg(legend_.size() - shown + 1);
    else paintMark(painter, QPointF(cell.left() + kMark, cell.center().y()), legend_[i].classIndex, legend_[i].name, kMark);
    painter.setPen(theme().text);
    painter.drawText(cell.adjusted(2 * kMark + 6, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(cell.width() - 2 * kMark - 10)));
  }
}

void EmbeddingMap::hover(int point) {
  if (hovered_ == point) return;
  hovered_ = point;
  const QString text = point >= 0 ? points_[static_cast<std::size_t>(point)].text : QString();
  setToolTip(text);
  Q_EMIT valueUnderCursor(text);
  update();
}

void EmbeddingMap::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || points_.empty()) return;
  pressed_ = event->position();
  dragging_ = false;
}

void EmbeddingMap::mouseMoveEvent(QMouseEvent* event) {
  if (points_.empty()) return;
  if (pressed_) {
    const QPointF way = event->position() - *pressed_;
    dragging_ = dragging_ || way.manhattanLength() >= kDragPixels;
    if (!dragging_) return;
    const QRectF area = this->area();
    view_.translate(-way.x() / area.width() * view_.width(), way.y() / area.height() * view_.height());
    pressed_ = event->position();
    update();
    return;
  }
  hover(pointAt(event->position()));
}

void EmbeddingMap::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !pressed_) return;
  pressed_.reset();
  if (dragging_) return;
  const int point = pointAt(event->position());
  if (point >= 0) Q_EMIT pointClicked(point);
}

void EmbeddingMap::mouseDoubleClickEvent(QMouseEvent* event) {
  if (pointAt(event->position()) < 0) showAll();
}

void EmbeddingMap::wheelEvent(QWheelEvent* event) {
  if (points_.empty() || event->angleDelta().y() == 0) return;
  const QRectF area = this->area();
  const double factor = std::pow(kWheelStep, -event->angleDelta().y() / 120.0);
  const QPointF share((event->position().x() - area.left()) / area.width(), (area.bottom() - event->position().y()) / area.height());
  const QPointF anchor(view_.left() + share.x() * view_.width(), view_.top() + share.y() * view_.height());
  const QSizeF size = view_.size() * factor;
  view_ = QRectF(QPointF(anchor.x() - share.x() * size.width(), anchor.y() - share.y() * size.height()), size);
  update();
  event->accept();
}

void EmbeddingMap::leaveEvent(QEvent*) { hover(-1); }

// Arrows go to the nearest point in their direction.
void EmbeddingMap::keyPressEvent(QKeyEvent* event) {
  const QPointF way = event->key() == Qt::Key_Left    ? QPointF(-1, 0)
                      : event->key() == Qt::Key_Right ? QPointF(1, 0)
                      : event->key() == Qt::Key_Up    ? QPointF(0, -1)
                      : event->key() == Qt::Key_Down  ? QPointF(0, 1)
                                                      : QPointF();
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (points_.empty() || (!enter && way.isNull())) return QWidget::keyPressEvent(event);
  const int from = hovered_ >= 0 ? hovered_ : std::max(0, chosen_);
  if (enter) return Q_EMIT pointClicked(from);
  int best = -1;
  double nearest = 1e18;
  for (int i = 0; i < static_cast<int>(points_.size()); ++i) {
    const QPointF away = pixelOf(i) - pixelOf(from);
    const double along = QPointF::dotProduct(away, way);
    if (i == from || along <= 0.5) continue;
    const double aside = std::abs(away.x() * way.y() - away.y() * way.x());
    const double cost = along + 2.0 * aside;
    if (cost < nearest) {
      nearest = cost;
      best = i;
    }
  }
  hover(best >= 0 ? best : from);
}

}  // namespace chladni::widgets
