// LabelTextEdit: the line over a label in which its text is written, completed from what others are called. Enter keeps the
// text, and so does clicking another thing; Esc leaves it as it was; Down shows all that is offered. GUI thread only.
#pragma once

#include <QLineEdit>
#include <QStringList>

namespace chladni::widgets {

class LabelTextEdit : public QLineEdit {
  Q_OBJECT

 public:
  explicit LabelTextEdit(QWidget* parent);

  // Shows it where it lies, `text` selected.
  void open(const QString& text, const QStringList& suggestions);

 Q_SIGNALS:
  void entered(const QString& text);  // without spaces at its ends

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  void finish(bool keep);
  void offerAll();

  QString before_;
  bool open_ = false;
};

}  // namespace chladni::widgets
