// BarList: one named bar a row, for values of classes: how many examples, how well recognised. The row under the pointer
// or chosen by the keys is marked and told; rows can be activated. Draws itself whole, so that pictures of it are complete.
// GUI thread only.
#pragma once

#include <QColor>
#include <QWidget>
#include <vector>

namespace chladni::widgets {

struct Bar {
  QString name;
  double value = 0.0;  // of `most`; NaN: none
  QString text;        // the value as people read it
  QColor colour;       // none: the accent
  QString note;        // tool tip
};

class BarList : public QWidget {
  Q_OBJECT

 public:
  explicit BarList(QWidget* parent = nullptr);

  // `most` is the value of a full bar; 0: the largest one.
  void setBars(std::vector<Bar> bars, double most = 0.0);
  [[nodiscard]] const std::vector<Bar>& bars() const { return bars_; }
  // In place of bars; empty shows them.
  void setMessage(const QString& text);

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

 Q_SIGNALS:
  void activated(int row);
  void valueUnderCursor(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;

 private:
  [[nodiscard]] int rowHeight() const;
  [[nodiscard]] int rowAt(int y) const;
  void mark(int row);

  std::vector<Bar> bars_;
  double most_ = 1.0;
  int marked_ = -1;
  QString message_;
};

}  // namespace chladni::widgets
