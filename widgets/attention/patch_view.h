// PatchView: a plane that a model saw cut into patches, one of which may be the query: what the views over sound and over picture
// have in common. A click, or an arrow from the query, asks for a patch; under the pointer a patch is outlined and told.
// Where patches lie is the subclass's. GUI thread only.
#pragma once

#include <QWidget>
#include <optional>
#include <utility>

QT_BEGIN_NAMESPACE
class QPainter;
QT_END_NAMESPACE

namespace chladni::widgets {

class PatchView : public QWidget {
  Q_OBJECT

 public:
  explicit PatchView(QWidget* parent);

  // The patch that asks; empty: none of this plane.
  void setQuery(std::optional<std::pair<int, int>> rowColumn);
  // Lines between patches, and their numbers where there is room.
  void setPatchesShown(bool on);
  [[nodiscard]] virtual QString patchText(int row, int column) const = 0;
  // Where patch (row, column) is drawn.
  [[nodiscard]] virtual QRectF patchRect(int row, int column) const = 0;

 Q_SIGNALS:
  void patchClicked(int row, int column);
  // Empty when the pointer leaves.
  void valueUnderCursor(const QString& text);

 protected:
  [[nodiscard]] virtual std::optional<std::pair<int, int>> patchAt(const QPointF& position) const = 0;
  // Rows and columns; none: nothing is on show.
  [[nodiscard]] virtual std::pair<int, int> patchCount() const = 0;
  // Whether row 0 is the lowest.
  [[nodiscard]] virtual bool rowsRise() const = 0;

  [[nodiscard]] bool patchesShown() const { return patchesShown_; }
  void forgetMarks();
  // The patch under the pointer and the one that asks.
  void paintMarks(QPainter& painter) const;

  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void hover(std::optional<std::pair<int, int>> patch);

  bool patchesShown_ = false;
  std::optional<std::pair<int, int>> query_;
  std::optional<std::pair<int, int>> hovered_;
};

}  // namespace chladni::widgets
