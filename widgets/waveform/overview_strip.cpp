#include "widgets/waveform/overview_strip.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_text.h"
#include "widgets/waveform/peak_painter.h"

namespace chladni::widgets {

OverviewStrip::OverviewStrip(TimeAxis& axis, QWidget* parent) : QWidget(parent), axis_(axis) {
  setFixedHeight(44);
  setAccessibleName(tr("Overview of the whole file"));
  setToolTip(tr("Drag the box to scroll, click to go there"));
  setCursor(Qt::PointingHandCursor);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  for (const auto signal : {&TimeAxis::visibleChanged, &TimeAxis::playheadChanged, &TimeAxis::selectionChanged}) {
    connect(&axis_, signal, this, qOverload<>(&QWidget::update));
  }
}

void OverviewStrip::setPeaks(std::shared_ptr<const MinMaxPyramid> peaks, int rateHz) {
  peaks_ = std::move(peaks);
  rate_ = rateHz;
  refresh();
}

void OverviewStrip::refresh() {
  stale_ = true;
  update();
}

void OverviewStrip::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange) refresh();
}

QRect OverviewStrip::area() const { return rect().adjusted(kLaneHeaderWidth, 3, 0, -3); }

double OverviewStrip::timeAt(double x) const {
  return (x - area().left()) / std::max(1, area().width()) * axis_.duration();
}

double OverviewStrip::xAt(double seconds) const {
  return axis_.duration() > 0.0 ? area().left() + seconds / axis_.duration() * area().width() : area().left();
}

void OverviewStrip::renderPicture() {
  const double ratio = devicePixelRatioF();
  const QRect whole(0, 0, area().width(), height());
  const QSize size = whole.size() * ratio;
  if (!stale_ && picture_.size() == size && pictureSeconds_ == axis_.duration()) return;
  picture_ = QPixmap(size);
  picture_.setDevicePixelRatio(ratio);
  stale_ = false;
  pictureSeconds_ = axis_.duration();
  if (picture_.isNull()) return;
  QPainter painter(&picture_);
  painter.fillRect(whole, theme().lane);
  if (peaks_ && rate_ > 0 && axis_.duration() > 0.0) {
    paintPeaks(painter, whole.adjusted(0, 3, 0, -3), *peaks_, rate_, 0.0, axis_.duration());
  }
}

void OverviewStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().panel);
  painter.fillRect(QRect(kLaneHeaderWidth - 1, 0, 1, height()), theme().hairline);
  painter.setPen(theme().text);
  painter.setFont(strongFont(font()));
  painter.drawText(QRect(12, 5, kLaneHeaderWidth - 24, height() / 2), Qt::AlignLeft | Qt::AlignTop, tr("Whole file"));
  painter.setFont(font());
  painter.setPen(theme().quiet);
  painter.drawText(QRect(12, 0, kLaneHeaderWidth - 24, height() - 5), Qt::AlignLeft | Qt::AlignBottom,
                   rulerText(axis_.duration(), 0.01));
  if (hasFocus()) painter.fillRect(QRect(0, 0, 3, height()), theme().accent);
  const QRect area = this->area();
  renderPicture();
  painter.drawPixmap(area.left(), 0, picture_);
  if (axis_.duration() <= 0.0) return;
  const QRectF box(QPointF(xAt(axis_.from()), 0.5),
                   QPointF(std::max(xAt(axis_.from()) + 4.0, xAt(axis_.to())) - 1.0, height() - 1.5));
  QColor outside = theme().window;
  outside.setAlphaF(0.72F);
  painter.fillRect(QRectF(area.left(), 0, box.left() - area.left(), height()), outside);
  painter.fillRect(QRectF(box.right() + 1, 0, area.right() - box.right(), height()), outside);
  if (const auto& selection = axis_.selection()) {
    QColor wash = theme().accent;
    wash.setAlphaF(0.25F);
    painter.fillRect(QRectF(QPointF(xAt(selection->first), 0), QPointF(xAt(selection->second), height())), wash);
  }
  painter.setPen(QPen(theme().accent, hasFocus() ? 2.5 : 1.5));
  painter.drawRect(box);
  painter.fillRect(QRectF(std::round(xAt(axis_.playhead())), 0, 1, height()), theme().playhead);
}

void OverviewStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || axis_.duration() <= 0.0) return;
  const double at = timeAt(event->position().x());
  // Beside the box: the box jumps to be centred there, and can be dragged on.
  if (at < axis_.from() || at > axis_.to()) axis_.scroll(at - axis_.span() / 2.0 - axis_.from());
  grip_ = at - axis_.from();
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event) {
  if (grip_) axis_.scroll(timeAt(event->position().x()) - *grip_ - axis_.from());
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent*) { grip_.reset(); }

void OverviewStrip::wheelEvent(QWheelEvent* event) { wheelOnAxis(axis_, event, timeAt(event->position().x())); }

void OverviewStrip::keyPressEvent(QKeyEvent* event) {
  constexpr double kStepShare = 0.25;
  const int direction = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
  if (direction == 0) {
    QWidget::keyPressEvent(event);
    return;
  }
  axis_.scroll(direction * kStepShare * axis_.span());
}

}  // namespace chladni::widgets
