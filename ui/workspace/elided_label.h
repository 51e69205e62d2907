// ElidedLabel: one line of plain text that loses its middle, not an end, where there is no room for all of it. GUI thread only.
#pragma once

#include <QLabel>

namespace chladni::ui {

class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr);

  // Instead of setText, which would be what is left of it. The tip says all of it.
  void setWhole(const QString& text);
  [[nodiscard]] const QString& whole() const { return whole_; }
  [[nodiscard]] QSize sizeHint() const override;

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void fit();

  QString whole_;
};

}  // namespace chladni::ui
