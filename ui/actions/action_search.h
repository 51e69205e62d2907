// ActionSearch: a field that finds any command of the window by a part of its name or its menu, and runs it.
// Its own action goes there; Down and Up choose, Enter runs, Esc leaves. GUI thread only.
#pragma once

#include <QLineEdit>
#include <QPointer>

QT_BEGIN_NAMESPACE
class QListWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class ActionCatalogue;

class ActionSearch : public QLineEdit {
  Q_OBJECT

 public:
  ActionSearch(const ActionCatalogue& catalogue, QWidget* parent);

  // Takes the focus and shows everything.
  void begin();

 Q_SIGNALS:
  void left();  // the focus is elsewhere

 protected:
  bool event(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void nameKey();
  void refill();
  void place();
  void runCurrent();
  void leave();

  const ActionCatalogue& catalogue_;
  QListWidget* list_;
  QPointer<QWidget> before_;  // who had the focus
};

}  // namespace chladni::ui
