// KeyGuard: keys that text fields and lists need for themselves (Tab, Return, arrows and their like) stay theirs, whatever
// action people give them to: as keys of actions they work in the lanes only, and not while a text is typed there. Letters
// and Space need no guard, text fields claim them. Lives as long as its parent. GUI thread only.
#pragma once

#include <QObject>
#include <QWidget>

namespace chladni::ui {

class KeyGuard : public QObject {
  Q_OBJECT

 public:
  KeyGuard(const QWidget& lanes, QObject* parent);

  [[nodiscard]] static bool guards(Qt::Key key, Qt::KeyboardModifiers modifiers);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  const QWidget& lanes_;
};

}  // namespace chladni::ui
