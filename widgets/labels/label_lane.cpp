#include "widgets/labels/label_lane.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/labels/label_colours.h"
#include "widgets/labels/label_paint.h"
#include "widgets/labels/label_text_edit.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kDragPixels = 2.0;    // how far it must go before an edge follows
constexpr double kEdgePixels = 4.0;    // how near the pointer must be
constexpr double kPointPixels = 8.0;   // width of a point's flag
constexpr int kHeaderMargin = 12;
constexpr int kOnsetHeight = 6;        // of the marks at the lower edge
constexpr int kCutHeight = 12;

QString shown(const std::string& text) { return QString::fromStdString(text); }

}  // namespace

LabelLane::LabelLane(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Labels"), parent), editor_(new LabelTextEdit(this)) {
  setMinimumHeight(56);
  connect(editor_, &LabelTextEdit::entered, this, &LabelLane::textEntered);
}

void LabelLane::setTracks(std::vector<SharedTrack> tracks, std::size_t active) {
  tracks_ = std::move(tracks);
  active_ = active;
  layouts_.clear();
  for (const SharedTrack& track : tracks_) layouts_.push_back(stacked(track->labels));
  drag_.reset();
  update();
}

void LabelLane::setClasses(std::vector<LabelClass> classes) {
  classes_ = std::move(classes);
  update();
}

void LabelLane::setSelected(std::vector<std::size_t> labels) {
  selected_ = std::move(labels);
  update();
}

void LabelLane::setMarks(std::vector<MediaTime> onsets, std::vector<MediaTime> cuts) {
  onsets_ = std::move(onsets);
  cuts_ = std::move(cuts);
  update();
}

void LabelLane::showSameAs(const LabelLane& other) {
  setTracks(other.tracks_, other.active_);
  setClasses(other.classes_);
  setMarks(other.onsets_, other.cuts_);
  setMessage(other.message());
}

void LabelLane::setKeysHint(const QString& text) {
  keysHint_ = text;
  update();
}

void LabelLane::setPendingStart(std::optional<double> seconds) {
  pendingStart_ = seconds;
  update();
}

void LabelLane::editText(std::size_t label, const QStringList& suggestions) {
  if (active_ >= tracks_.size() || label >= tracks_[active_]->labels.size()) return;
  const QRect area = dataRect();
  const QRectF box = labelRect({active_, label});
  const int width = std::max(140, static_cast<int>(box.width()));
  const int left = std::clamp(static_cast<int>(box.left()), area.left(), std::max(area.left(), area.right() - width));
  editor_->setGeometry(left, std::clamp(static_cast<int>(box.top()), 0, std::max(0, height() - 26)), width, 26);
  editor_->open(shown(tracks_[active_]->labels[label].text), suggestions);
}

QRectF LabelLane::bandOf(std::size_t track) const {
  const QRect area = dataRect();
  int all = 0;
  int above = 0;
  for (std::size_t i = 0; i < layouts_.size(); ++i) {
    if (i < track) above += layouts_[i].rows;
    all += layouts_[i].rows;
  }
  const double row = static_cast<double>(area.height()) / std::max(1, all);
  return {static_cast<double>(area.left()), area.top() + above * row, static_cast<double>(area.width()), layouts_[track].rows * row};
}

TimeRange LabelLane::shownSpan(LabelPlace place) const {
  TimeRange span = tracks_[place.track]->labels[place.label].span;
  if (drag_ && drag_->place == place) {
    const MediaTime moved = MediaTime::fromSeconds(drag_->seconds);
    if (drag_->edge == LabelEdge::start) span.start = std::min(moved, span.end);
    else span.end = std::max(moved, span.start);
  }
  return span;
}

QRectF LabelLane::labelRect(LabelPlace place) const {
  const QRectF band = bandOf(place.track);
  const LabelRows& layout = layouts_[place.track];
  const double height = band.height() / layout.rows;
  const TimeRange span = shownSpan(place);
  const double left = xAt(span.start.seconds());
  const double right = span.start == span.end ? left + kPointPixels : std::max(left + 2.0, xAt(span.end.seconds()));
  return {left, band.top() + layout.row[place.label] * height + 2.0, right - left, std::max(2.0, height - 4.0)};
}

std::pair<std::size_t, std::size_t> LabelLane::visibleIn(std::size_t track) const {
  const auto& labels = tracks_[track]->labels;
  const auto byStart = [](const Label& label, MediaTime time) { return label.span.start < time; };
  // A point's flag reaches a little to the right of its instant.
  const double flag = axis().span() * kPointPixels / std::max(1, dataRect().width());
  const MediaTime from = MediaTime::fromSeconds(axis().from() - flag) - layouts_[track].longest;
  const auto first = std::lower_bound(labels.begin(), labels.end(), from, byStart);
  const auto last = std::lower_bound(first, labels.end(), MediaTime::fromSeconds(axis().to()), byStart);
  return {static_cast<std::size_t>(first - labels.begin()), static_cast<std::size_t>(last - labels.begin())};
}

QColor LabelLane::colourOf(const Label& label) const { return labelColour(label.text, classes_); }

void LabelLane::paintData(QPainter& painter, const QRect&) {
  for (std::size_t track = 0; track < tracks_.size(); ++track) paintTrack(painter, track);
  paintSnapMarks(painter, onsets_, kOnsetHeight, theme().accent);
  paintSnapMarks(painter, cuts_, kCutHeight, theme().text);
  paintPending(painter);
}

void LabelLane::paintSnapMarks(QPainter& painter, const std::vector<MediaTime>& marks, int height, const QColor& colour) {
  const QRect area = dataRect();
  double drawn = -1.0;
  for (auto mark = std::lower_bound(marks.begin(), marks.end(), MediaTime::fromSeconds(axis().from())); mark != marks.end(); ++mark) {
    const double x = std::round(xAt(mark->seconds()));
    if (x > area.right()) return;
    if (x == drawn) continue;
    drawn = x;
    painter.fillRect(QRectF(x, area.bottom() - height + 1, 1.0, height), colour);
  }
}

void LabelLane::paintTrack(QPainter& painter, std::size_t track) {
  const QRectF band = bandOf(track);
  if (track == active_ && tracks_.size() > 1) {
    painter.fillRect(QRectF(band.left(), band.top(), 3.0, band.height()), theme().accent);
  }
  if (track > 0) painter.fillRect(QRectF(band.left(), band.top(), band.width(), 1.0), theme().hairline);
  const auto [first, last] = visibleIn(track);
  // Where many labels share a pixel one stands for all: the picture is the same and painting stays quick.
  std::vector<double> drawnTo(static_cast<std::size_t>(layouts_[track].rows), -1e9);
  std::vector<std::size_t> onTop;
  const auto paintOne = [&](LabelPlace place, const QRectF& box) {
    paintLabel(painter, tracks_[place.track]->labels[place.label], box, QRectF(dataRect()), {fillOf(place), chosen(place)});
  };
  for (std::size_t i = first; i < last; ++i) {
    const QRectF box = labelRect({track, i});
    double& edge = drawnTo[static_cast<std::size_t>(layouts_[track].row[i])];
    if (chosen({track, i})) {
      onTop.push_back(i);
      continue;
    }
    if (box.right() < dataRect().left() || box.right() <= edge + 1.0) continue;
    edge = box.right();
    paintOne({track, i}, box);
  }
  for (const std::size_t i : onTop) paintOne({track, i}, labelRect({track, i}));
}

QColor LabelLane::fillOf(LabelPlace place) const {
  return tracks_[place.track]->reference ? theme().quiet : colourOf(tracks_[place.track]->labels[place.label]);
}

bool LabelLane::chosen(LabelPlace place) const {
  return place.track == active_ && std::binary_search(selected_.begin(), selected_.end(), place.label);
}

void LabelLane::paintPending(QPainter& painter) {
  if (!pendingStart_) return;
  const double start = xAt(*pendingStart_);
  const double now = xAt(std::max(*pendingStart_, axis().playhead()));
  QColor wash = theme().accent;
  wash.setAlphaF(0.25F);
  const QRect area = dataRect();
  painter.fillRect(QRectF(start, area.top(), std::max(2.0, now - start), area.height()), wash);
  painter.fillRect(QRectF(start, area.top(), 2.0, area.height()), theme().accent);
}

QStringList LabelLane::headerLines() const {
  if (active_ >= tracks_.size()) return {keysHint_};
  if (tracks_.size() > 1) return {};  // each has its name beside it
  const LabelTrack& track = *tracks_[active_];
  const QString count = track.labels.size() == 1 ? tr("1 label") : tr("%1 labels").arg(track.labels.size());
  QStringList lines{shown(track.name), track.exclusive ? tr("%1 · exclusive").arg(count) : count};
  if (track.reference) lines << tr("reference, not edited");
  return lines;
}

// Beside its band; past the lane's own name where that is in the way.
void LabelLane::paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
  if (tracks_.size() < 2) return;
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  const int pastTitle = 2 * kHeaderMargin + QFontMetrics(bold).horizontalAdvance(name());
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    const QRect band = bandOf(i).toRect();
    const int left = band.center().y() - fontMetrics().height() < y ? pastTitle : kHeaderMargin;
    paintTrackName(painter, *tracks_[i], QRect(left, band.top(), header.right() - kHeaderMargin - left, band.height()), i == active_);
  }
}

std::optional<LabelPlace> LabelLane::labelAt(const QPointF& position) const {
  for (std::size_t track = 0; track < tracks_.size(); ++track) {
    if (!bandOf(track).contains(position)) continue;
    const auto [first, last] = visibleIn(track);
    for (std::size_t i = last; i > first; --i) {
      if (labelRect({track, i - 1}).adjusted(-1, -2, 1, 2).contains(position)) return LabelPlace{track, i - 1};
    }
  }
  return std::nullopt;
}

std::optional<LabelLane::EdgeDrag> LabelLane::edgeAt(const QPointF& position) const {
  for (std::size_t track = 0; track < tracks_.size(); ++track) {
    if (tracks_[track]->reference || !bandOf(track).contains(position)) continue;
    const auto [first, last] = visibleIn(track);
    for (std::size_t i = last; i > first; --i) {
      const LabelPlace place{track, i - 1};
      const QRectF box = labelRect(place);
      if (position.y() < box.top() - 2 || position.y() > box.bottom() + 2) continue;
      if (std::abs(position.x() - box.left()) <= kEdgePixels) return EdgeDrag{place, LabelEdge::start, timeAt(position.x())};
      const bool point = tracks_[track]->labels[i - 1].isPoint();
      if (!point && std::abs(position.x() - box.right()) <= kEdgePixels) return EdgeDrag{place, LabelEdge::end, timeAt(position.x())};
    }
  }
  return std::nullopt;
}

QString LabelLane::valueAt(const QPointF& position) const {
  const auto place = labelAt(position);
  if (!place) return {};
  const Label& label = tracks_[place->track]->labels[place->label];
  return tr("%1  %2 – %3 s").arg(shown(label.text)).arg(label.span.start.seconds(), 0, 'f', 3).arg(label.span.end.seconds(), 0, 'f', 3);
}

// What the menu that follows is about.
void LabelLane::selectForMenu(const QPointF& position) {
  if (!message().isEmpty()) return;
  if (const auto place = labelAt(position)) {
    if (!chosen(*place)) Q_EMIT labelClicked(place->track, place->label, false);
    return;
  }
  clickTrack(position);
}

void LabelLane::clickTrack(const QPointF& position) {
  for (std::size_t track = 0; track < tracks_.size(); ++track) {
    if (track != active_ && bandOf(track).contains(position)) return Q_EMIT trackClicked(track);
  }
}

void LabelLane::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::RightButton) selectForMenu(event->position());
  if (event->button() != Qt::LeftButton || !dataRect().contains(event->pos()) || !message().isEmpty()) {
    Lane::mousePressEvent(event);
    return;
  }
  const auto edge = edgeAt(event->position());
  const auto place = edge ? std::optional(edge->place) : labelAt(event->position());
  if (!place) {
    clickTrack(event->position());
    Lane::mousePressEvent(event);
    return;
  }
  pressedLabel_ = true;
  pressedAt_ = event->position().x();
  dragged_ = false;
  Q_EMIT labelClicked(place->track, place->label, event->modifiers().testFlag(Qt::ControlModifier));
  drag_ = edge;
}

void LabelLane::mouseMoveEvent(QMouseEvent* event) {
  if (drag_) {
    dragged_ = dragged_ || std::abs(event->position().x() - pressedAt_) >= kDragPixels;
    if (!dragged_) return;
    drag_->seconds = std::clamp(timeAt(event->position().x()), 0.0, axis().duration());
    if (snap_ && !event->modifiers().testFlag(Qt::AltModifier)) {
      const TimeRange& span = tracks_[drag_->place.track]->labels[drag_->place.label].span;
      drag_->seconds = snap_(drag_->seconds, (drag_->edge == LabelEdge::start ? span.start : span.end).seconds());
    }
    axis().setCursor(drag_->seconds);
    update();
    return;
  }
  setCursor(edgeAt(event->position()) ? Qt::SizeHorCursor : Qt::ArrowCursor);
  if (!pressedLabel_) Lane::mouseMoveEvent(event);
}

void LabelLane::mouseReleaseEvent(QMouseEvent* event) {
  if (!std::exchange(pressedLabel_, false)) {
    Lane::mouseReleaseEvent(event);
    return;
  }
  if (const auto drag = std::exchange(drag_, std::nullopt)) {
    // A click that does not move is a click.
    if (dragged_) Q_EMIT edgeMoved(drag->place.track, drag->place.label, drag->edge, drag->seconds);
    update();
  }
}

void LabelLane::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const auto place = labelAt(event->position())) Q_EMIT textRequested(place->track, place->label);
}

}  // namespace chladni::widgets
