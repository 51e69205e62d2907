// ButtonKeys: Space plays and pauses wherever the mouse was last, but presses what the keyboard went to: a button, a check
// box, a choice or a list that was reached with Tab keeps the key. Filters the events of the application. GUI thread only.
#pragma once

#include <QObject>
#include <QPointer>

namespace chladni::ui {

class ButtonKeys : public QObject {
  Q_OBJECT

 public:
  explicit ButtonKeys(QObject* parent);

  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QPointer<QObject> reached_;  // with Tab, and has the focus since
};

}  // namespace chladni::ui
