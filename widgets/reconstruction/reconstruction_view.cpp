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
constexpr int kGap = 12;
constexpr int kWidestPanel = 420;   // a wider view gets more panels in a row
constexpr int kNarrowestPanel = 120;
constexpr int kLeastHint = 48;
constexpr int kHighestPicture = 180;
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
  shown_ = std::move(shown);
  message_.clear();
  soundMask_.clear();
  pictureMask_.clear();
  render();
  setAccessibleDescription(shown_.result ? QString::fromStdString(shown_.result->title) : QString());
  updateGeometry();
  update();
}

void ReconstructionView::setMessage(const QString& text) {
  shown_ = {};
  panels_.clear();
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
  if (shown_.result) update();
}

const ReconstructedPlane& ReconstructionView::planeOf(Plane plane) const {
  return plane == Plane::sound ? shown_.result->sound : shown_.result->picture;
}

// Input columns that hold media; what follows is padding and says nothing.
std::int64_t ReconstructionView::columnsShown() const {
  if (!shown_.sound) return 1;
  const std::int64_t all = std::max<std::int64_t>(1, shown_.sound->original.rows);
  const double columnSeconds = shown_.result->sound.grid.columnSeconds;
  const double media = columnSeconds > 0.0 ? std::ceil(shown_.span.length().seconds() / columnSeconds) : static_cast<double>(all);
  return media >= 1.0 ? std::min(all, static_cast<std::int64_t>(media)) : all;
}

void ReconstructionView::render() {
  panels_.clear();
  if (!shown_.result) return;
  if (hovered_ && (hovered_->row >= planeOf(hovered_->plane).grid.rows || hovered_->column >= planeOf(hovered_->plane).grid.columns)) {
    hovered_.reset();
  }
  if (shown_.sound && shown_.sound->original.rows > 0) {
    std::tie(low_, high_) = valueSpan(shown_.sound->original);
    const QString output = shown_.result->trueStatistics ? tr("model output, with true patch mean and variance (leaks)")
                                                         : tr("what the model paints, everywhere");
    panels_.push_back({Plane::sound, Part::original, {}, {}, tr("Original"), tr("the sound as the model measures it")});
    panels_.push_back({Plane::sound, Part::masked, {}, {}, tr("Shown to the model"), tr("grey is hidden from it")});
    panels_.push_back({Plane::sound, Part::predicted, {}, {}, tr("Model output"), output});
    panels_.push_back({Plane::sound, Part::pasted, {}, {}, tr("Pasted"), tr("original where visible, output where hidden")});
    panels_.push_back({Plane::sound, Part::error, {}, {}, tr("Error"), tr("output minus original, where hidden")});
  }
  if (shown_.picture && shown_.picture->original.rows > 0) {
    panels_.push_back({Plane::picture, Part::original, {}, {}, tr("Picture"), tr("the video frame as the model sees it")});
    panels_.push_back({Plane::picture, Part::masked, {}, {}, tr("Shown to the model"), tr("grey is hidden from it")});
    panels_.push_back({Plane::picture, Part::predicted, {}, {}, tr("Model output"), tr("what the model paints")});
    panels_.push_back({Plane::picture, Part::pasted, {}, {}, tr("Pasted"), tr("original where visible, output where hidden")});
  }
  for (Panel& panel : panels_) {
    panel.image = panel.plane == Plane::sound ? soundImage(panel.part) : pictureImage(panel.part);
  }
  layOut(width());
}

QImage ReconstructionView::soundImage(Part part) const {
  const PlanePictures& planes = *shown_.sound;
  switch (part) {
    case Part::original: return tableImage(planes.original, columnsShown(), low_, high_);
    case Part::masked: return maskedTableImage(planes.original, planes.hidden, columnsShown(), low_, high_);
    case Part::predicted: return tableImage(planes.predicted, columnsShown(), low_, high_);
    case Part::pasted: return tableImage(planes.pasted, columnsShown(), low_, high_);
    case Part::error: return differenceImage(planes.pasted, planes.original, columnsShown(), (high_ - low_) / 2.0F);
  }
  return {};
}

QImage ReconstructionView::pictureImage(Part part) const {
  const PlanePictures& planes = *shown_.picture;
  const PictureSpec spec = shown_.pictureSpec.value_or(PictureSpec{});
  switch (part) {
    case Part::masked: return maskedColourImage(planes.original, planes.hidden, spec);
    case Part::predicted: return colourImage(planes.predicted, spec);
    case Part::pasted: return colourImage(planes.pasted, spec);
    default: return colourImage(planes.original, spec);
  }
}

// Places the panels row by row and returns the height they need.
int ReconstructionView::layOut(int width) {
  const int line = fontMetrics().height();
  const int usable = std::max(80, width - 2 * kMargin);
  int y = 0;
  for (const Plane plane : {Plane::sound, Plane::picture}) {
    const auto count = static_cast<int>(
        std::count_if(panels_.begin(), panels_.end(), [&](const Panel& panel) { return panel.plane == plane; }));
    if (count == 0) continue;
    const int widest = plane == Plane::sound ? kWidestPanel : kHighestPicture;
    // Side by side, so that they can be compared, wherever there is room for two.
    const int least = usable >= 2 * kNarrowestPanel + kGap ? 2 : 1;
    const int across = std::clamp(std::max(least, (usable + kGap) / (widest + kGap)), 1, count);
    const int panelWidth = (usable - (across - 1) * kGap) / across;
    // Two lines below each panel: what it is, and a hint.
    const int panelHeight = plane == Plane::sound ? std::clamp(panelWidth / 4, 52, 110) : std::min(panelWidth, kHighestPicture);
    int placed = 0;
    for (Panel& panel : panels_) {
      if (panel.plane != plane) continue;
      const int x = kMargin + (placed % across) * (panelWidth + kGap);
      const int top = y + line + 4 + (placed / across) * (panelHeight + line + 12);
      panel.rect = QRect(x, top, plane == Plane::sound ? panelWidth : panelHeight, panelHeight);
      ++placed;
    }
    y += (placed + across - 1) / across * (panelHeight + line + 12);
  }
  scalesTop_ = y;
  return y + 2 * (line + kBarHeight + 8);
}

int ReconstructionView::heightForWidth(int width) const {
  if (panels_.empty()) return 5 * fontMetrics().height();
  // Laying out is cheap, and its own width is restored at once.
  auto* self = const_cast<ReconstructionView*>(this);
  const int height = self->layOut(width);
  self->layOut(this->width());
  return height;
}

QRect ReconstructionView::partRect(Plane plane, Part part) const {
  for (const Panel& panel : panels_) {
    if (panel.plane == plane && panel.part == part) return panel.rect;
  }
  return {};
}

QRectF ReconstructionView::patchRect(Plane plane, Part part, int row, int column) const {
  const QRect area = partRect(plane, part);
  if (area.isEmpty()) return {};
  const PatchGrid& grid = planeOf(plane).grid;
  const bool sound = plane == Plane::sound;
  const double across = sound ? static_cast<double>(columnsShown()) : static_cast<double>(shown_.picture->original.columns) / 3.0;
  const double up = static_cast<double>(sound ? shown_.sound->original.columns : shown_.picture->original.rows);
  const double perColumn = area.width() / across;
  const double perBin = area.height() / up;
  const double left = area.left() + column * grid.strideColumns * perColumn;
  const double width = grid.strideColumns * perColumn;
  const double height = grid.strideBins * perBin;
  const double top = sound ? area.bottom() + 1 - (row + 1) * height : area.top() + row * height;
  return {left, top, width, height};
}

std::optional<ReconstructionView::PatchAt> ReconstructionView::patchAt(const QPointF& position) const {
  for (const Panel& panel : panels_) {
    if (!panel.rect.contains(position.toPoint())) continue;
    const PatchGrid& grid = planeOf(panel.plane).grid;
    const QRectF first = patchRect(panel.plane, panel.part, 0, 0);
    if (grid.patches() == 0 || first.isEmpty()) return std::nullopt;
    const double up = panel.plane == Plane::sound ? first.bottom() - position.y() : position.y() - first.top();
    PatchAt at{panel.plane, panel.part, static_cast<int>(std::floor(up / first.height())),
               static_cast<int>(std::floor((position.x() - first.left()) / first.width()))};
    if (at.row < 0 || at.row >= grid.rows || at.column < 0 || at.column >= grid.columns) return std::nullopt;
    return at;
  }
  return std::nullopt;
}

bool ReconstructionView::hidden(const PatchAt& at) const {
  const auto& under = at.plane == Plane::sound ? soundMask_ : pictureMask_;
  const auto& mask = under.empty() ? planeOf(at.plane).mask : under;
  const auto index = static_cast<std::size_t>(at.row * planeOf(at.plane).grid.columns + at.column);
  return index < mask.size() && mask[index] != 0;
}

QString ReconstructionView::patchText(Plane plane, int row, int column) const {
  if (!shown_.result) return {};
  const ReconstructedPlane& of = planeOf(plane);
  const int index = row * of.grid.columns + column;
  QString text = plane == Plane::sound ? patchPlace(of.grid, shown_.span.start, shown_.binHz, row, column)
                                       : tr("patch %1 of %2").arg(index + 1).arg(of.grid.patches());
  text += hidden({plane, Part::masked, row, column}) ? tr(" · hidden") : tr(" · visible");
  if (static_cast<std::size_t>(index) < of.patchLoss.size()) {
    text += tr(" · loss %1").arg(of.patchLoss[static_cast<std::size_t>(index)], 0, 'f', 2);
  }
  return text;
}

void ReconstructionView::paintPanel(QPainter& painter, const Panel& panel) {
  painter.save();
  painter.setClipRect(panel.rect);
  painter.drawImage(panel.rect, panel.image);
  const auto& mask = panel.plane == Plane::sound ? soundMask_ : pictureMask_;
  if (panel.part == Part::masked && !mask.empty()) {
    const PatchGrid& grid = planeOf(panel.plane).grid;
    for (int p = 0; p < grid.patches(); ++p) {
      const QRectF cell = patchRect(panel.plane, panel.part, p / grid.columns, p % grid.columns);
      if (mask[static_cast<std::size_t>(p)] != 0) painter.fillRect(cell, kHiddenColour);
      else if (planeOf(panel.plane).mask[static_cast<std::size_t>(p)] != 0) painter.fillRect(cell, theme().lane);
    }
  }
  if (hovered_ && hovered_->plane == panel.plane) {
    const QRectF cell = patchRect(panel.plane, panel.part, hovered_->row, hovered_->column).adjusted(-0.5, -0.5, 0.5, 0.5);
    painter.setPen(QPen(Qt::black, 3.0));
    painter.drawRect(cell);
    painter.setPen(QPen(Qt::white, 1.0));
    painter.drawRect(cell);
  }
  const double length = shown_.span.length().seconds();
  const double into = playhead_ - shown_.span.start.seconds();
  if (panel.plane == Plane::sound && length > 0.0 && into >= 0.0 && into <= length) {
    painter.fillRect(QRectF(std::round(panel.rect.left() + into / length * panel.rect.width()), panel.rect.top(), 1, panel.rect.height()),
                     theme().playhead);
  }
  painter.restore();
  const int line = fontMetrics().height();
  const QRect above(panel.rect.left(), panel.rect.top() - line - 2, panel.rect.width(), line);
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(theme().text);
  painter.drawText(above, Qt::AlignLeft | Qt::AlignVCenter, panel.title);
  const int used = QFontMetrics(bold).horizontalAdvance(panel.title) + 8;
  painter.setFont(font());
  const bool leaks = panel.part == Part::predicted && shown_.result->trueStatistics;
  painter.setPen(leaks ? theme().warn : theme().quiet);
  // What leaks is also said above the pictures.
  if (above.width() - used < kLeastHint) return;
  painter.drawText(above.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(panel.hint, Qt::ElideRight, above.width() - used));
}

void ReconstructionView::paintScales(QPainter& painter) {
  if (!shown_.sound) return;
  const int line = fontMetrics().height();
  const int width = std::min(this->width() - 2 * kMargin, kWidestPanel);
  const float reach = (high_ - low_) / 2.0F;
  int y = scalesTop_ + 4;
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
  bar(magnitudeRamp(), number(low_), tr("level, as the model counts it"), number(high_));
  bar(differenceRamp(), tr("%1 too soft").arg(number(-reach)), tr("error, same steps"), tr("+%1 too loud").arg(number(reach)));
}

void ReconstructionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setLayoutDirection(layoutDirection());
  painter.fillRect(rect(), theme().panel);
  if (panels_.empty()) {
    painter.setPen(theme().quiet);
    painter.drawText(rect().adjusted(kMargin, 4, -kMargin, 0), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  for (const Panel& panel : panels_) paintPanel(painter, panel);
  paintScales(painter);
  if (hasFocus()) {
    painter.setPen(QPen(theme().accent, 1.0));
    painter.drawRect(rect().adjusted(2, 0, -3, -1));
  }
}

void ReconstructionView::resizeEvent(QResizeEvent*) { layOut(width()); }

void ReconstructionView::paintPatch(const PatchAt& at, bool hide) {
  if (hidden(at) != hide) Q_EMIT patchPainted(at.plane, at.row, at.column, hide);
}

void ReconstructionView::mousePressEvent(QMouseEvent* event) {
  const auto at = patchAt(event->position());
  if (!painting_ || !at || event->button() != Qt::LeftButton) return;
  stroke_ = !hidden(*at);
  paintPatch(*at, *stroke_);
}

void ReconstructionView::mouseMoveEvent(QMouseEvent* event) {
  hovered_ = patchAt(event->position());
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
  if (panels_.empty() || (!arrow && !(painting_ && key == Qt::Key_Space))) {
    QWidget::keyPressEvent(event);
    return;
  }
  PatchAt at = hovered_.value_or(PatchAt{panels_.front().plane, Part::masked, 0, 0});
  if (key == Qt::Key_Space) {
    paintPatch(at, !hidden(at));
  } else if (hovered_) {
    const PatchGrid& grid = planeOf(at.plane).grid;
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
  if (event->type() == QEvent::FontChange) layOut(width());
  // The middle of the error's colours is the background of the theme.
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) render();
}

}  // namespace chladni::widgets
