// LabelLane: label tracks under the spectrogram, one band a track; labels that overlap are stacked within it. Every label
// shows its text, so that colour is never alone: grey on a track that is a reference, hatched and with soft ends where a
// model proposes. A click selects (Ctrl adds, the right button what it opens the menu on), dragging an edge asks for a change,
// a double click asks to edit the text. Onsets and cuts to snap to are marked at the lower edge. The lane holds what it was given and changes nothing itself. GUI thread only; tracks are
// shared and immutable.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/label.h"
#include "core/data/label_edit.h"
#include "widgets/labels/label_rows.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class LabelTextEdit;

using SharedTrack = std::shared_ptr<const LabelTrack>;

struct LabelPlace {
  std::size_t track = 0;
  std::size_t label = 0;
  bool operator==(const LabelPlace&) const = default;
};

class LabelLane : public Lane {
  Q_OBJECT

 public:
  LabelLane(TimeAxis& axis, QWidget* parent);

  void setTracks(std::vector<SharedTrack> tracks, std::size_t active);
  void setClasses(std::vector<LabelClass> classes);
  void setSelected(std::vector<std::size_t> labels);  // of the active track, ascending
  // From a start that was set to the playhead, before there is an end.
  void setPendingStart(std::optional<double> seconds);
  // In the header while there is no track: which keys make labels.
  void setKeysHint(const QString& text);
  // Where an edge goes that is dragged to `at` and stood at `from`; not asked while Alt is held.
  void setSnap(std::function<double(double at, double from)> snap) { snap_ = std::move(snap); }
  // Instants to snap to, ascending.
  void setMarks(std::vector<MediaTime> onsets, std::vector<MediaTime> cuts);
  // The same tracks, classes and marks; what is selected or being edited stays with the other.
  void showSameAs(const LabelLane& other);
  // Opens a line over a label of the active track; textEntered follows when Enter is pressed there.
  void editText(std::size_t label, const QStringList& suggestions);

  // Of its class; of its text when the vocabulary does not have it. A reference is painted grey all the same.
  [[nodiscard]] QColor colourOf(const Label& label) const;
  [[nodiscard]] QRectF labelRect(LabelPlace place) const;
  [[nodiscard]] std::optional<LabelPlace> labelAt(const QPointF& position) const;
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 Q_SIGNALS:
  void labelClicked(std::size_t track, std::size_t label, bool add);
  void trackClicked(std::size_t track);
  void edgeMoved(std::size_t track, std::size_t label, chladni::LabelEdge edge, double seconds);
  void textRequested(std::size_t track, std::size_t label);
  void textEntered(const QString& text);

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;
  void paintHeaderExtra(QPainter& painter, const QRect& header, int y) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
  struct EdgeDrag {
    LabelPlace place;
    LabelEdge edge = LabelEdge::start;
    double seconds = 0.0;
  };

  void selectForMenu(const QPointF& position);
  void clickTrack(const QPointF& position);
  [[nodiscard]] QRectF bandOf(std::size_t track) const;
  [[nodiscard]] std::pair<std::size_t, std::size_t> visibleIn(std::size_t track) const;
  [[nodiscard]] std::optional<EdgeDrag> edgeAt(const QPointF& position) const;
  [[nodiscard]] TimeRange shownSpan(LabelPlace place) const;
  void paintTrack(QPainter& painter, std::size_t track);
  [[nodiscard]] QColor fillOf(LabelPlace place) const;
  [[nodiscard]] bool chosen(LabelPlace place) const;
  void paintPending(QPainter& painter);
  void paintSnapMarks(QPainter& painter, const std::vector<MediaTime>& marks, int height, const QColor& colour);

  std::vector<SharedTrack> tracks_;
  std::vector<LabelRows> layouts_;  // of each track
  std::vector<LabelClass> classes_;
  std::size_t active_ = 0;
  std::vector<std::size_t> selected_;
  std::optional<double> pendingStart_;
  QString keysHint_;
  std::optional<EdgeDrag> drag_;
  bool pressedLabel_ = false;
  double pressedAt_ = 0.0;  // pixels
  bool dragged_ = false;
  std::function<double(double, double)> snap_;
  std::vector<MediaTime> onsets_;
  std::vector<MediaTime> cuts_;
  LabelTextEdit* editor_;
};

}  // namespace chladni::widgets
