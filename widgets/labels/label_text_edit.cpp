#include "widgets/labels/label_text_edit.h"

#include <QCompleter>

namespace chladni::widgets {

LabelTextEdit::LabelTextEdit(QWidget* parent) : QLineEdit(parent) {
  setObjectName("labelText");
  setAccessibleName(tr("Text of the label"));
  hide();
  connect(this, &QLineEdit::returnPressed, this, [this] {
    hide();
    Q_EMIT entered(text().trimmed());
  });
  connect(this, &QLineEdit::editingFinished, this, &QWidget::hide);
}

void LabelTextEdit::open(const QString& text, const QStringList& suggestions) {
  delete completer();
  auto* offered = new QCompleter(suggestions, this);
  offered->setCaseSensitivity(Qt::CaseInsensitive);
  offered->setFilterMode(Qt::MatchContains);
  setCompleter(offered);
  setText(text);
  selectAll();
  show();
  setFocus();
}

}  // namespace chladni::widgets
