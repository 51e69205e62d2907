#include "widgets/time_axis/lane.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kDragPixels = 4.0;
constexpr double kScrollShare = 0.12;  // of the visible stretch, per wheel notch
constexpr double kZoomPerNotch = 1.25;
constexpr double kNotch = 120.0;
constexpr int kMargin = 12;
constexpr int kProgressHeight = 3;
constexpr double kOffscreen = -1.0;

}  // namespace

void wheelOnAxis(TimeAxis& axis, QWheelEvent* event, double anchorSeconds) {
  const QPoint turn = event->angleDelta();
  // Some platforms turn Alt+wheel, and all trackpads sideways strokes, into x.
  const double notches = (std::abs(turn.y()) >= std::abs(turn.x()) ? turn.y() : turn.x()) / kNotch;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    axis.zoom(std::pow(kZoomPerNotch, notches), anchorSeconds);
  } else {
    axis.scroll(-notches * kScrollShare * axis.span());
  }
  event->accept();
}

Lane::Lane(TimeAxis& axis, const QString& name, QWidget* parent) : QWidget(parent), axis_(axis), name_(name) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMinimumHeight(48);
  setAccessibleName(name);
  connect(&axis_, &TimeAxis::visibleChanged, this, &Lane::refresh);
  connect(&axis_, &TimeAxis::selectionChanged, this, qOverload<>(&QWidget::update));
  connect(&axis_, &TimeAxis::playheadChanged, this, [this] {
    moveLine(playheadX_, std::round(xAt(axis_.playhead())));
    update(headerRect());
  });
  connect(&axis_, &TimeAxis::cursorChanged, this, [this] {
    moveLine(cursorX_, axis_.cursor() ? std::round(xAt(*axis_.cursor())) : kOffscreen);
    update(headerRect());
  });
}

// A line of one pixel moves: only the strips it leaves and enters are painted.
void Lane::moveLine(double& drawn, double x) {
  if (x == drawn) return;
  const QRect area = dataRect();
  for (const double at : {drawn, x}) {
    if (at >= area.left() - 1 && at <= area.right() + 1) update(QRect(static_cast<int>(at) - 1, 0, 4, height()));
  }
  drawn = x;
}

void Lane::refresh() {
  stale_ = true;
  update();
}

void Lane::setMessage(const QString& text) {
  if (text == message_ && !failed_) return;
  message_ = text;
  failed_ = false;
  setAccessibleDescription(text);
  refresh();
}

void Lane::setFailure(const QString& text) {
  message_ = text;
  failed_ = true;
  setAccessibleDescription(text);
  refresh();
}

void Lane::setProgress(std::optional<double> share) {
  if (share == progress_) return;
  progress_ = share;
  update(dataRect());
}

QRect Lane::headerRect() const { return {0, 0, kLaneHeaderWidth, height()}; }
QRect Lane::dataRect() const { return rect().adjusted(kLaneHeaderWidth, 0, 0, -1); }
QRect Lane::cancelRect() const { return {width() - 26, kProgressHeight + 3, 20, 20}; }

double Lane::timeAt(double x) const {
  const QRect area = dataRect();
  return axis_.from() + (x - area.left()) / std::max(1, area.width()) * axis_.span();
}

double Lane::xAt(double seconds) const {
  const QRect area = dataRect();
  if (axis_.span() <= 0.0) return area.left();
  return area.left() + (seconds - axis_.from()) / axis_.span() * area.width();
}

void Lane::renderPicture() {
  const QRect area = dataRect();
  const double ratio = devicePixelRatioF();
  const QSize size = area.size() * ratio;
  if (!stale_ && picture_.size() == size && picture_.devicePixelRatio() == ratio) return;
  if (picture_.size() != size) picture_ = QPixmap(size);
  picture_.setDevicePixelRatio(ratio);
  stale_ = false;
  if (picture_.isNull()) return;
  QPainter painter(&picture_);
  painter.setFont(font());
  painter.translate(-area.topLeft());
  painter.fillRect(area, theme().lane);
  if (message_.isEmpty()) {
    paintData(painter, area);
  } else {
    paintMessage(painter, area);
  }
}

void Lane::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  const QRect area = dataRect();
  if (!area.isEmpty() && event->rect().intersects(area)) {
    renderPicture();
    painter.drawPixmap(area.topLeft(), picture_);
    painter.save();
    painter.setClipRect(area);
    paintMarks(painter, area);
    paintProgress(painter, area);
    painter.restore();
  }
  if (event->rect().left() < kLaneHeaderWidth) paintHeader(painter);
  painter.fillRect(QRect(0, height() - 1, width(), 1), theme().hairline);
}

void Lane::paintMessage(QPainter& painter, const QRect& area) {
  QRect text = area.adjusted(kMargin, 4, -kMargin, -4);
  if (failed_) {
    const int side = painter.fontMetrics().height() + 2;
    icon(QStringLiteral("warning"), theme().bad).paint(&painter, QRect(text.left(), text.center().y() - side / 2, side, side));
    text.setLeft(text.left() + side + 8);
  }
  painter.setPen(failed_ ? theme().bad : theme().quiet);
  painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, message_);
}

void Lane::paintProgress(QPainter& painter, const QRect& area) {
  if (!progress_) return;
  painter.fillRect(QRect(area.left(), area.top(), area.width(), kProgressHeight), theme().hairline);
  const double share = *progress_ < 0.0 ? 1.0 : std::min(1.0, *progress_);
  QColor colour = theme().accent;
  if (*progress_ < 0.0) colour.setAlphaF(0.5F);
  painter.fillRect(QRectF(area.left(), area.top(), area.width() * share, kProgressHeight), colour);
  const QRect cross = cancelRect();
  QColor ground = theme().panel;
  ground.setAlphaF(0.85F);
  painter.fillRect(cross, ground);
  icon(QStringLiteral("cancel"), theme().text).paint(&painter, cross.adjusted(2, 2, -2, -2));
}

void Lane::paintHeader(QPainter& painter) {
  const QRect header(0, 0, kLaneHeaderWidth, height() - 1);
  painter.save();
  painter.setClipRect(header);
  painter.fillRect(header, theme().panel);
  painter.fillRect(QRect(header.right(), 0, 1, height()), theme().hairline);
  painter.setFont(strongFont(font()));
  painter.setPen(theme().text);
  const QRect text = header.adjusted(kMargin, 8, -kMargin, -4);
  const int line = painter.fontMetrics().height() + 3;
  painter.drawText(text, Qt::AlignLeft | Qt::AlignTop, name_);
  painter.setFont(font());
  painter.setPen(theme().quiet);
  int y = text.top() + line;
  const auto drawLine = [&](const QString& one) {
    if (y + painter.fontMetrics().height() > header.bottom()) return;
    painter.drawText(QRect(text.left(), y, text.width(), line), Qt::AlignLeft | Qt::AlignTop,
                     painter.fontMetrics().elidedText(one, Qt::ElideRight, text.width()));
    y += line;
  };
  for (const QString& one : headerLines()) drawLine(one);
  y = paintHeaderExtra(painter, header, y);
  painter.setFont(font());
  painter.setPen(theme().quiet);
  if (!value_.isEmpty()) drawLine(value_);
  if (hasFocus()) painter.fillRect(QRect(0, 0, 3, header.height()), theme().accent);
  painter.restore();
}

void Lane::paintMarks(QPainter& painter, const QRect& area) {
  if (axis_.duration() <= 0.0) return;
  if (const auto& selection = axis_.selection()) {
    QColor wash = theme().accent;
    wash.setAlphaF(0.18F);
    const QRectF marked(QPointF(xAt(selection->first), area.top()), QPointF(xAt(selection->second), area.bottom() + 1));
    painter.fillRect(marked, wash);
    wash.setAlphaF(0.8F);
    painter.fillRect(QRectF(marked.left(), area.top(), 1, area.height()), wash);
    painter.fillRect(QRectF(marked.right() - 1, area.top(), 1, area.height()), wash);
  }
  if (const auto cursor = axis_.cursor()) {
    QColor faint = theme().quiet;
    faint.setAlphaF(0.6F);
    cursorX_ = std::round(xAt(*cursor));
    painter.fillRect(QRectF(cursorX_, area.top(), 1, area.height()), faint);
  }
  playheadX_ = std::round(xAt(axis_.playhead()));
  painter.fillRect(QRectF(playheadX_, area.top(), 1, area.height()), theme().playhead);
}

void Lane::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) refresh();
}

void Lane::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update(headerRect());
}

void Lane::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update(headerRect());
}

void Lane::keyPressEvent(QKeyEvent* event) {
  const bool opens = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Menu;
  if (opens && hasHeaderSettings()) {
    openHeaderSettings();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void Lane::mousePressEvent(QMouseEvent* event) {
  const bool inData = dataRect().contains(event->pos());
  if (event->button() == Qt::MiddleButton && inData) {
    pannedFrom_ = timeAt(event->position().x());
    setCursor(Qt::ClosedHandCursor);
  }
  if (event->button() != Qt::LeftButton) return;
  if (progress_ && cancelRect().contains(event->pos())) {
    Q_EMIT cancelRequested();
  } else if (inData) {
    pressed_ = event->position();
    dragging_ = false;
  } else if (hasHeaderSettings() && event->pos().x() < kLaneHeaderWidth) {
    openHeaderSettings();
  }
}

void Lane::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = event->position();
  if (pannedFrom_) axis_.scroll(*pannedFrom_ - timeAt(at.x()));
  const bool inside = dataRect().contains(event->pos());
  value_ = inside && message_.isEmpty() ? valueAt(at) : QString();
  axis_.setCursor(inside ? std::optional(timeAt(at.x())) : std::nullopt, inside ? hertzAt(at.y()) : std::nullopt);
  update(headerRect());
  Q_EMIT valueUnderCursor(value_);
  if (!pressed_) return;
  dragging_ = dragging_ || std::abs(at.x() - pressed_->x()) >= kDragPixels;
  if (dragging_) axis_.setSelection(std::pair(timeAt(pressed_->x()), timeAt(at.x())));
}

void Lane::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::MiddleButton && pannedFrom_) {
    pannedFrom_.reset();
    unsetCursor();
  }
  if (event->button() != Qt::LeftButton || !pressed_) return;
  if (!dragging_) {
    axis_.setSelection({});
    axis_.requestSeek(timeAt(pressed_->x()));
  }
  pressed_.reset();
  dragging_ = false;
}

void Lane::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton && dataRect().contains(event->pos())) axis_.fit();
}

void Lane::wheelEvent(QWheelEvent* event) { wheelOnAxis(axis_, event, timeAt(event->position().x())); }

void Lane::leaveEvent(QEvent*) {
  value_.clear();
  axis_.setCursor({});
  update(headerRect());
  Q_EMIT valueUnderCursor({});
}

}  // namespace chladni::widgets
