// Lane: one strip of the workbench in time. On the left a header (name, kind, settings), on the right the data, painted
// by the subclass from what it holds. The base draws playhead, cursor and selection and turns mouse and wheel into
// changes of the shared TimeAxis: click seeks, drag selects, wheel scrolls, Ctrl+wheel zooms at the pointer.
// GUI thread only; the axis outlives the lane.
#pragma once

#include <QWidget>

#include "widgets/time_axis/time_axis.h"

namespace chladni::widgets {

inline constexpr int kLaneHeaderWidth = 168;

class Lane : public QWidget {
  Q_OBJECT

 public:
  Lane(TimeAxis& axis, const QString& name, QWidget* parent);

  // Shown in quiet letters in place of data; empty: there is data.
  void setMessage(const QString& text);
  [[nodiscard]] const QString& message() const { return message_; }

  [[nodiscard]] QRect dataRect() const;
  [[nodiscard]] double timeAt(double x) const;
  [[nodiscard]] double xAt(double seconds) const;

  // What is under the pointer in this lane's own unit, for the status line; called while the pointer is in the lane.
  [[nodiscard]] virtual QString valueAt(const QPointF& position) const {
    static_cast<void>(position);
    return {};
  }

 Q_SIGNALS:
  // Empty when the pointer leaves.
  void valueUnderCursor(const QString& text);

 protected:
  virtual void paintData(QPainter& painter, const QRect& area) = 0;
  // Lines under the name, quiet.
  [[nodiscard]] virtual QStringList headerLines() const = 0;
  // Below the lines; `y` is the first free pixel.
  virtual void paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
    static_cast<void>(painter);
    static_cast<void>(header);
    static_cast<void>(y);
  }
  [[nodiscard]] TimeAxis& axis() const { return axis_; }
  [[nodiscard]] const QString& name() const { return name_; }

  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  void paintHeader(QPainter& painter);
  void paintMarks(QPainter& painter, const QRect& area);

  TimeAxis& axis_;
  const QString name_;
  QString message_;
  std::optional<QPointF> pressed_;
  bool dragging_ = false;
};

// Pixels of what is painted on to one of the painter's: of the screen, of a picture that a widget is rendered into.
double deviceScale(const QPainter& painter);
// A line one pixel wide at `x` over the height of `area`, on whole pixels of the device: at every scale as wide everywhere.
QRectF lineAt(const QPainter& painter, double x, const QRect& area);

// Wheel over anything on the axis: scrolls, with Ctrl zooms about `anchorSeconds`.
void wheelOnAxis(TimeAxis& axis, QWheelEvent* event, double anchorSeconds);

}  // namespace chladni::widgets
