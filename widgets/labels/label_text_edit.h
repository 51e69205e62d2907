// LabelTextEdit: the line over a label in which its text is written, completed from what others are called. It hides itself
// when Enter is pressed or another thing is clicked. GUI thread only.
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
};

}  // namespace chladni::widgets
