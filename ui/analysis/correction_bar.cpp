#include "ui/analysis/correction_bar.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace chladni::ui {

CorrectionBar::CorrectionBar(QWidget* parent) : QWidget(parent) {
  setObjectName("correctionBar");
  classes_ = new QComboBox(this);
  classes_->setObjectName("correctionClass");
  classes_->setEditable(true);
  classes_->setInsertPolicy(QComboBox::NoInsert);
  classes_->setAccessibleName(tr("What it really is"));
  classes_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  classes_->setMinimumContentsLength(8);
  classes_->lineEdit()->setPlaceholderText(tr("it is really…"));
  classes_->completer()->setCompletionMode(QCompleter::PopupCompletion);
  classes_->completer()->setFilterMode(Qt::MatchContains);
  classes_->setToolTip(tr("Heard wrongly? Type what it really is and press Enter: the model can learn from it"));
  part_ = new QComboBox(this);
  part_->setObjectName("correctionPart");
  part_->setAccessibleName(tr("How much of the recording"));
  part_->addItems({tr("here"), tr("selection"), tr("whole file")});
  part_->setToolTip(tr("The window at the playhead, the selected time, or all of the file"));
  say_ = new QPushButton(tr("Correct"), this);
  say_->setObjectName("correctionSay");
  count_ = new QLabel(this);
  count_->setObjectName("correctionCount");
  count_->setForegroundRole(QPalette::PlaceholderText);
  count_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  improve_ = new QPushButton(tr("Improve…"), this);
  improve_->setObjectName("correctionImprove");
  improve_->setToolTip(tr("Improve the model with my corrections, in seconds"));
  auto* first = new QHBoxLayout;
  first->setSpacing(6);
  first->addWidget(classes_, 1);
  first->addWidget(part_);
  first->addWidget(say_);
  kept_ = new QWidget(this);
  auto* second = new QHBoxLayout(kept_);
  second->setContentsMargins(0, 0, 0, 0);
  second->addWidget(count_, 1);
  second->addWidget(improve_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 6, 12, 8);
  column->setSpacing(6);
  column->addLayout(first);
  column->addWidget(kept_);
  connect(part_, &QComboBox::activated, this, [this] { unasked_ = false; });
  connect(say_, &QPushButton::clicked, this, &CorrectionBar::say);
  connect(classes_->lineEdit(), &QLineEdit::returnPressed, this, &CorrectionBar::say);
  connect(improve_, &QPushButton::clicked, this, &CorrectionBar::improveRequested);
  setClasses({});
}

void CorrectionBar::setClasses(const QStringList& classes) {
  QStringList listed;
  for (int n = 0; n < classes_->count(); ++n) listed << classes_->itemText(n);
  if (listed != classes) {
    classes_->clear();
    classes_->addItems(classes);
    classes_->setCurrentIndex(-1);
    classes_->clearEditText();
  }
  setVisible(!classes.isEmpty());
}

void CorrectionBar::setPossible(bool window, bool selection, bool file) {
  auto* model = qobject_cast<QStandardItemModel*>(part_->model());
  const bool possible[] = {window, selection, file};
  for (int n = 0; n < 3; ++n) model->item(n)->setEnabled(possible[n]);
  // What is selected is meant.
  static_assert(static_cast<int>(CorrectedPart::selection) == 1);
  if (selection && (unasked_ || part_->currentIndex() == 0)) part_->setCurrentIndex(1);
  if (!selection && window && unasked_) part_->setCurrentIndex(0);
  if (!possible[part_->currentIndex()]) part_->setCurrentIndex(window ? 0 : 2);
  say_->setEnabled(window || selection || file);
  classes_->setEnabled(say_->isEnabled());
  part_->setEnabled(say_->isEnabled());
}

void CorrectionBar::setCount(const QString& text, bool canImprove, const QString& why) {
  count_->setText(text);
  count_->setToolTip(why.isEmpty() ? text : why);
  improve_->setEnabled(canImprove);
  kept_->setVisible(canImprove);  // before the first correction the room is the bars'
}

CorrectedPart CorrectionBar::part() const { return static_cast<CorrectedPart>(part_->currentIndex()); }

void CorrectionBar::done() {
  classes_->setCurrentIndex(-1);
  classes_->clearEditText();
}

void CorrectionBar::begin() {
  classes_->setFocus(Qt::ShortcutFocusReason);
  classes_->lineEdit()->selectAll();
}

void CorrectionBar::say() {
  const QString name = classes_->currentText().trimmed();
  if (name.isEmpty()) return classes_->setFocus();
  Q_EMIT corrected(name, part());
}

}  // namespace chladni::ui
