// Lane: one strip of the workbench in time. On the left a header (name, kind, settings, value under the pointer), on the
// right the data, painted by the subclass from what it holds and kept as a picture: a moving playhead or pointer repaints
// a few pixels of it. Mouse and wheel change the shared TimeAxis: click seeks, drag selects, middle drag pans, double
// click shows everything, wheel scrolls, Ctrl+wheel zooms at the pointer. What there is to say instead of data (nothing
// yet, working, failed) is said in the lane. GUI thread only; the axis outlives the lane.
#pragma once

#include <QPixmap>
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
  // What went wrong, why and what to do, with a warning sign, in place of data; setMessage() takes it away.
  void setFailure(const QString& text);
  [[nodiscard]] bool failed() const { return failed_; }
  // A thin bar along the top of the lane, with a cross that asks to cancel. 0..1; below 0 the share is not known; empty:
  // nothing is going on.
  void setProgress(std::optional<double> share);
  [[nodiscard]] std::optional<double> progress() const { return progress_; }

  // The data have changed: paint them anew.
  void refresh();

  [[nodiscard]] QRect dataRect() const;
  [[nodiscard]] double timeAt(double x) const;
  [[nodiscard]] double xAt(double seconds) const;

  // What is under the pointer in this lane's own unit, for header and status line.
  [[nodiscard]] virtual QString valueAt(const QPointF& position) const {
    static_cast<void>(position);
    return {};
  }
  // Of a lane whose height means frequency.
  [[nodiscard]] virtual std::optional<double> hertzAt(double y) const {
    static_cast<void>(y);
    return std::nullopt;
  }

 Q_SIGNALS:
  // Empty when the pointer leaves.
  void valueUnderCursor(const QString& text);
  void cancelRequested();

 protected:
  // Called only when data, size or visible stretch have changed.
  virtual void paintData(QPainter& painter, const QRect& area) = 0;
  // Lines under the name, quiet.
  [[nodiscard]] virtual QStringList headerLines() const = 0;
  // Below the lines; `y` is the first free pixel. Returns the first free pixel after it.
  virtual int paintHeaderExtra(QPainter& painter, const QRect& header, int y) {
    static_cast<void>(painter);
    static_cast<void>(header);
    return y;
  }
  // Lanes with settings in their header open them here; click on the header, Enter or Menu key.
  virtual void openHeaderSettings() {}
  [[nodiscard]] virtual bool hasHeaderSettings() const { return false; }
  [[nodiscard]] TimeAxis& axis() const { return axis_; }

  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  // Playhead, cursor and selection of the data area; the ruler draws its own.
  virtual void paintMarks(QPainter& painter, const QRect& area);

 private:
  void paintHeader(QPainter& painter);
  void paintMessage(QPainter& painter, const QRect& area);
  void paintProgress(QPainter& painter, const QRect& area);
  void renderPicture();
  void moveLine(double& drawn, double x);
  [[nodiscard]] QRect headerRect() const;
  [[nodiscard]] QRect cancelRect() const;

  TimeAxis& axis_;
  const QString name_;
  QString message_;
  QString value_;
  bool failed_ = false;
  std::optional<double> progress_;
  QPixmap picture_;  // of the data area
  bool stale_ = true;
  double playheadX_ = -1.0;  // where the lines are drawn now
  double cursorX_ = -1.0;
  std::optional<QPointF> pressed_;
  std::optional<double> pannedFrom_;  // time under the pointer when the middle button went down
  bool dragging_ = false;
};

// Wheel over anything on the axis: scrolls, with Ctrl zooms about `anchorSeconds`.
void wheelOnAxis(TimeAxis& axis, QWheelEvent* event, double anchorSeconds);

}  // namespace chladni::widgets
