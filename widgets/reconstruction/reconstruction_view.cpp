#include "widgets/reconstruction/reconstruction_view.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/reconstruction/plane_images.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/patch_place.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr int kWidestBar = 420;
constexpr int kLeastHint = 48;
constexpr int kBarHeight = 8;

}  // namespace

ReconstructionView::ReconstructionView(QWidget* parent) : QWidget(parent) {
  setLayoutDirection(Qt::LeftToRight);  // as time runs, in every language
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setAccessibleName(tr("Reconstruction: original, shown to the model, model output, pasted, error"));
}

void ReconstructionView::setReconstruction(ShownReconstruction shown) {
  panels_.show(std::move(shown));
  message_.clear();
  soundMask_.clear();
  pictureMask_.clear();
  const auto& result = panels_.shown().result;
  if (hovered_ && (!result || hovered_->row >= panels_.planeOf(hovered_->plane).grid.rows || hovered_->column >= panels_.planeOf(hovered_->plane).grid.columns))
    hovered_.reset();
  layOut();
  setAccessibleDescription(result ? QString::fromStdString(result->title) : QString());
  updateGeometry();
  update();
}

void ReconstructionView::setMessage(const QString& text) {
  panels_.show({});
  hovered_.reset();
  message_ = text;
  setAccessibleDescription(text);
  updateGeometry();
  update();
}

void ReconstructionView::setPainting(bool on) {
  painting_ = on;
  setCursor(on ? Qt::CrossCursor : Qt::ArrowCursor);
}

void ReconstructionView::setMasks(std::vector<std::uint8_t> sound, std::vector<std::uint8_t> picture) {
  soundMask_ = std::move(sound);
  pictureMask_ = std::move(picture);
  update();
}

void ReconstructionView::setPlayhead(double seconds) {
  playhead_ = seconds;
  if (panels_.shown().result) update();
}

void ReconstructionView::layOut() { panels_.layOut(width(), fontMetrics().height()); }

int ReconstructionView::heightForWidth(int width) const {
  const int line = fontMetrics().height();
  return panels_.panels().empty() ? 5 * line : panels_.heightFor(width, line) + 2 * (line + kBarHeight + 8);
}

bool ReconstructionView::hidden(const PatchAt& at) const {
  const auto& under = at.plane == Plane::sound ? soundMask_ : pictureMask_;
  const auto& mask = under.empty() ? panels_.planeOf(at.plane).mask : under;
  const auto index = static_cast<std::size_t>(at.row * panels_.planeOf(at.plane).grid.columns + at.column);
  return index < mask.size() && mask[index] != 0;
}

QString ReconstructionView::patchText(Plane plane, int row, int column) const {
  if (!panels_.shown().result) return {};
  const ReconstructedPlane& of = panels_.planeOf(plane);
  const int index = row * of.grid.columns + column;
  QString text = plane == Plane::sound ? patchPlace(of.grid, panels_.shown().span.start, panels_.shown().binHz, row, column)
                                       : tr("patch %1 of %2").arg(index + 1).arg(of.grid.patches());
  text += hidden({plane, Part::masked, row, column}) ? tr(" · hidden") : tr(" · visible");
  if (static_cast<std::size_t>(index) < of.patchLoss.size()) {
    text += tr(" · loss %1").arg(of.patchLoss[static_cast<std::size_t>(index)], 0, 'f', 2);
  }
  return text;
}

void ReconstructionView::paintImage(QPainter& painter, const Panel& panel) {
  painter.save();
  painter.setClipRect(panel.rect);
  painter.drawImage(panel.rect, panel.image);
  const auto& mask = panel.plane == Plane::sound ? soundMask_ : pictureMask_;
  if (panel.part == Part::masked && !mask.empty()) {
    const PatchGrid& grid = panels_.planeOf(panel.plane).grid;
    for (int p = 0; p < grid.patches(); ++p) {
      const QRectF cell = patchRect(panel.plane, panel.part, p / grid.columns, p % grid.columns);
      if (mask[static_cast<std::size_t>(p)] != 0) painter.fillRect(cell, kHiddenColour);
      else if (panels_.planeOf(panel.plane).mask[static_cast<std::size_t>(p)] != 0) painter.fillRect(cell, theme().lane);
    }
  }
  if (hovered_ && hovered_->plane == panel.plane) {
    const QRectF cell = patchRect(panel.plane, panel.part, hovered_->row, hovered_->column).adjusted(-0.5, -0.5, 0.5, 0.5);
    painter.setPen(QPen(Qt::black, 3.0));
    painter.drawRect(cell);
    painter.setPen(QPen(Qt::white, 1.0));
    painter.drawRect(cell);
  }
  const double length = panels_.shown().span.length().seconds();
  const double into = playhead_ - panels_.shown().span.start.seconds();
  if (panel.plane == Plane::sound && length > 0.0 && into >= 0.0 && into <= length) {
    painter.fillRect(QRectF(std::round(panel.rect.left() + into / length * panel.rect.width()), panel.rect.top(), 1, panel.rect.height()),
                     theme().playhead);
  }
  painter.restore();
}

void ReconstructionView::paintTitle(QPainter& painter, const Panel& panel) {
  const int line = fontMetrics().height();
  const QRect above(panel.rect.left(), panel.rect.top() - line - 2, panel.rect.width(), line);
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(theme().text);
  painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter, panel.title);
  const int used = QFontMetrics(bold).horizontalAdvance(panel.title) + 8;
  painter.setFont(font());
  const bool leaks = panel.part == Part::predicted && panels_.shown().result->trueStatistics;
  painter.setPen(leaks ? theme().warn : theme().quiet);
  // What leaks is also said above the pictures.
  if (above.width() - used < kLeastHint) return;
  painter.drawText(above.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(panel.hint, Qt::ElideRight, above.width() - used));
}

void ReconstructionView::paintScales(QPainter& painter) {
  if (!panels_.shown().sound) return;
  const int line = fontMetrics().height();
  const int width = std::min(this->width() - 2 * kMargin, kWidestBar);
  const float reach = (panels_.high() - panels_.low()) / 2.0F;
  int y = panels_.bottom() + 4;
  const auto number = [](float value) { return QString::number(value, 'f', 1).replace('-', QChar(0x2212)); };
  const auto bar = [&](const QImage& ramp, const QString& low, const QString& middle, const QString& high) {
    painter.drawImage(QRect(kMargin, y, width, kBarHeight), ramp);
    const QRect text(kMargin, y + kBarHeight, width, line);
    painter.setPen(theme().quiet);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, low);
    painter.drawText(text, Qt::AlignHCenter | Qt::AlignVCenter, middle);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, high);
    y += kBarHeight + line + 8;
  };
  bar(magnitudeRamp(), number(panels_.low()), tr("level, as the model counts it"), number(panels_.high()));
  bar(differenceRamp(), tr("%1 too soft").arg(number(-reach)), tr("error, same steps"), tr("+%1 too loud").arg(number(reach)));
}

void ReconstructionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setLayoutDirection(layoutDirection());
  painter.fillRect(rect(), theme().panel);
  if (panels_.panels().empty()) {
    painter.setPen(theme().quiet);
    painter.drawText(rect().adjusted(kMargin, 4, -kMargin, 0), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  for (const Panel& panel : panels_.panels()) {
    paintImage(painter, panel);
    paintTitle(painter, panel);
  }
  paintScales(painter);
  if (hasFocus()) {
    painter.setPen(QPen(theme().accent, 1.0));
    painter.drawRect(rect().adjusted(2, 0, -3, -1));
  }
}

void ReconstructionView::resizeEvent(QResizeEvent*) { layOut(); }

void ReconstructionView::paintPatch(const PatchAt& at, bool hide) {
  if (hidden(at) != hide) Q_EMIT patchPainted(at.plane, at.row, at.column, hide);
}

void ReconstructionView::mousePressEvent(QMouseEvent* event) {
  const auto at = panels_.patchAt(event->position());
  if (!painting_ || !at || event->button() != Qt::LeftButton) return;
  stroke_ = !hidden(*at);
  paintPatch(*at, *stroke_);
}

void ReconstructionView::mouseMoveEvent(QMouseEvent* event) {
  hovered_ = panels_.patchAt(event->position());
  if (stroke_ && hovered_) paintPatch(*hovered_, *stroke_);
  Q_EMIT valueUnderCursor(hovered_ ? patchText(hovered_->plane, hovered_->row, hovered_->column) : QString());
  update();
}

void ReconstructionView::mouseReleaseEvent(QMouseEvent*) { stroke_.reset(); }

void ReconstructionView::leaveEvent(QEvent*) {
  hovered_.reset();
  Q_EMIT valueUnderCursor({});
  update();
}

// While a mask is painted Space hides and reveals; elsewhere in the window it plays.
bool ReconstructionView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride && painting_ && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Space) {
    event->accept();
    return true;
  }
  return QWidget::event(event);
}

void ReconstructionView::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
  if (panels_.panels().empty() || (!arrow && !(painting_ && key == Qt::Key_Space))) {
    QWidget::keyPressEvent(event);
    return;
  }
  PatchAt at = hovered_.value_or(PatchAt{panels_.panels().front().plane, Part::masked, 0, 0});
  if (key == Qt::Key_Space) {
    paintPatch(at, !hidden(at));
  } else if (hovered_) {
    const PatchGrid& grid = panels_.planeOf(at.plane).grid;
    const int up = key == Qt::Key_Up ? 1 : key == Qt::Key_Down ? -1 : 0;
    at.row = std::clamp(at.row + (at.plane == Plane::sound ? up : -up), 0, grid.rows - 1);
    at.column = std::clamp(at.column + (key == Qt::Key_Right ? 1 : key == Qt::Key_Left ? -1 : 0), 0, grid.columns - 1);
  }
  hovered_ = at;
  Q_EMIT valueUnderCursor(patchText(at.plane, at.row, at.column));
  update();
}

void ReconstructionView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) layOut();
  // The middle of the error's colours is the background of the theme.
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
    panels_.render();
    layOut();
  }
}

}  // namespace chladni::widgets
