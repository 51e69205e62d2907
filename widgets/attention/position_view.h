// PositionView: how alike the places of patches are to a model: for one patch, the cosine of its position vector with that of
// every other, on the grid where the patches lie. The pointer (or arrows) chooses the patch. GUI thread only.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <vector>

#include "core/data/attention_map.h"

namespace chladni::widgets {

class PositionView : public QWidget {
  Q_OBJECT

 public:
  explicit PositionView(QWidget* parent = nullptr);

  // cosines [patch, patch]; `picture`: rows run from the top down. Null: nothing.
  void setTable(std::shared_ptr<const Matrix> cosines, const PatchGrid& grid, bool picture);
  void setMessage(const QString& text);
  void choose(int row, int column);
  [[nodiscard]] std::pair<int, int> chosen() const { return {row_, column_}; }
  [[nodiscard]] QRectF cellRect(int row, int column) const;
  [[nodiscard]] float valueOf(int row, int column) const;

  QSize sizeHint() const override { return {320, 160}; }
  QSize minimumSizeHint() const override { return {160, 90}; }

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] QRectF area() const;

  std::shared_ptr<const Matrix> cosines_;
  PatchGrid grid_;
  bool picture_ = false;
  int row_ = 0;
  int column_ = 0;
  QString message_;
};

}  // namespace chladni::widgets
