// EmbeddingMap: clips as marks on a plane: close together is alike. A class has a colour and a shape, and stands by name in the
// legend; hits of a query bear their rank. The pointer names clips, a click (or arrows and Enter) chooses one, the wheel
// zooms, dragging moves, a double click shows everything. GUI thread only.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace chladni::widgets {

struct MapPoint {
  QPointF place;      // any unit, y up
  int classIndex = -1;
  QString className;  // empty: none
  QString text;       // under the pointer
};

class EmbeddingMap : public QWidget {
  Q_OBJECT

 public:
  explicit EmbeddingMap(QWidget* parent = nullptr);

  // Keeps the zoom when there were points before.
  void setPoints(std::vector<MapPoint> points);
  void setMessage(const QString& text);
  void setAxes(const QString& x, const QString& y);
  // Points by rank, the best first.
  void setHits(std::vector<int> points);
  void setChosen(int point);  // -1: none
  [[nodiscard]] const std::vector<MapPoint>& points() const { return points_; }
  [[nodiscard]] const std::vector<int>& hits() const { return hits_; }
  [[nodiscard]] QPointF pixelOf(int point) const;
  [[nodiscard]] int pointAt(const QPointF& position) const;  // -1: none
  void showAll();

  QSize sizeHint() const override { return {320, 280}; }
  QSize minimumSizeHint() const override { return {180, 120}; }

 Q_SIGNALS:
  void pointClicked(int point);
  // Empty when the pointer leaves.
  void valueUnderCursor(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct LegendEntry {
    int classIndex = -1;
    QString name;
    int count = 0;
  };
  [[nodiscard]] QRectF area() const;
  [[nodiscard]] QRectF everything() const;
  void paintLegend(QPainter& painter) const;
  void hover(int point);

  std::vector<MapPoint> points_;
  std::vector<LegendEntry> legend_;  // the most frequent first
  std::vector<int> hits_;
  QRectF view_;  // in the points' unit
  QString message_;
  QString xTitle_;
  QString yTitle_;
  int chosen_ = -1;
  int hovered_ = -1;
  std::optional<QPointF> pressed_;
  bool dragging_ = false;
};

}  // namespace chladni::widgets
