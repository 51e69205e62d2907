// Banner: one line for what went wrong while the rest stays usable (a damaged end, a model that does not load, a project that
// is none). Goes with its cross, or when the cause is gone. GUI thread only.
#pragma once

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace chladni::ui {

class Banner : public QFrame {
  Q_OBJECT

 public:
  explicit Banner(QWidget* parent = nullptr);

  // Hides when empty.
  void setMessage(const QString& text);
  [[nodiscard]] QString message() const;

 Q_SIGNALS:
  void shown(const QString& text);

 private:
  QLabel* text_;
};

}  // namespace chladni::ui
