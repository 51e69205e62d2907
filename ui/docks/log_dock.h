// LogDock: what the window said and did, with the time of day, after notices and banners have gone: newest below. Keeps so many
// lines; can be selected, copied and cleared. GUI thread only.
#pragma once

#include <QDockWidget>

QT_BEGIN_NAMESPACE
class QPlainTextEdit;
QT_END_NAMESPACE

namespace chladni::ui {

class LogDock : public QDockWidget {
  Q_OBJECT

 public:
  static constexpr int kMostLines = 5000;

  explicit LogDock(QWidget* parent = nullptr);

  // One line; line ends in it become blanks.
  void note(const QString& text);
  // What went wrong, with a sign before it.
  void complain(const QString& text);
  [[nodiscard]] QString text() const;

 private:
  void add(const QString& sign, const QString& text);

  QPlainTextEdit* lines_;
};

}  // namespace chladni::ui
