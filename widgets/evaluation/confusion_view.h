// ConfusionView: who is taken for whom. One cell for each pair of classes, shaded by its share of the row, with the count
// where there is room; the diagonal is framed. Rows are the true classes, or the predicted ones when turned. A cell is
// marked by pointer or arrow keys and told in words; a click or Enter asks for its clips. GUI thread only.
#pragma once

#include <QStringList>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace chladni::widgets {

class ConfusionView : public QWidget {
  Q_OBJECT

 public:
  explicit ConfusionView(QWidget* parent = nullptr);

  // counts[true][predicted]; as many rows and columns as classes.
  void setMatrix(QStringList classes, std::vector<std::vector<std::int64_t>> counts);
  void setMessage(const QString& text);
  // True classes down (the usual way) or across.
  void setTurned(bool predictedDown);
  [[nodiscard]] bool turned() const { return turned_; }
  // "true cello, taken for violin: 3 of 20 (15 %)"
  [[nodiscard]] QString cellText(int truth, int predicted) const;
  // Where the cell is drawn.
  [[nodiscard]] QRect cellRect(int truth, int predicted) const;
  [[nodiscard]] const QStringList& classes() const { return classes_; }

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return {180, 140}; }

 Q_SIGNALS:
  void cellActivated(int truth, int predicted);
  void valueUnderCursor(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  struct Layout {
    QPoint origin;
    double cell = 0.0;
    int labels = 0;  // width of the names at the left
    bool numbers = false;
  };
  [[nodiscard]] Layout plan() const;
  [[nodiscard]] std::optional<std::pair<int, int>> cellAt(const QPoint& place) const;
  void mark(std::optional<std::pair<int, int>> cell);
  void drawCells(QPainter& painter, const Layout& layout) const;
  void drawNames(QPainter& painter, const Layout& layout) const;
  [[nodiscard]] double share(int truth, int predicted) const;

  QStringList classes_;
  std::vector<std::vector<std::int64_t>> counts_;
  std::vector<std::int64_t> rowSums_;
  bool turned_ = false;
  std::optional<std::pair<int, int>> marked_;  // truth, predicted
  QString message_;
};

}  // namespace chladni::widgets
