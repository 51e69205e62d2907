#include "ui/models/import_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include "core/runs/run_desk.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"

namespace chladni::ui {

ImportDialog::ImportDialog(const QStringList& families, QWidget* parent) : QDialog(parent) {
  setObjectName("importDialog");
  setWindowTitle(tr("Import a checkpoint"));
  auto* source = new QLineEdit(this);
  source->setPlaceholderText(tr("A .safetensors or .pth file"));
  source->setMinimumWidth(320);
  auto* browse = new QPushButton(tr("File…"), this);
  auto* family = new QComboBox(this);
  family->setEditable(true);
  family->addItems(families);
  auto* name = new QLineEdit(this);
  name->setPlaceholderText(tr("Name of the package"));
  auto* title = new QLineEdit(this);
  title->setPlaceholderText(tr("Title, as people read it"));
  auto* row = new QHBoxLayout;
  row->addWidget(source, 1);
  row->addWidget(browse);
  auto* note = new QLabel(tr("Nothing is run from the file: only tensors, numbers and words are read. Every tensor that is missing, left over or of another shape is told."), this);
  note->setWordWrap(true);
  note->setForegroundRole(QPalette::PlaceholderText);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
  buttons->button(QDialogButtonBox::Ok)->setText(tr("Import"));
  buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(20, 16, 20, 16);
  form->addRow(tr("Checkpoint"), row);
  form->addRow(tr("Family"), family);
  form->addRow(tr("Name"), name);
  form->addRow(tr("Title"), title);
  form->addRow(note);
  form->addRow(buttons);
  connect(browse, &QPushButton::clicked, this, [this, source] {
    const QString path = QFileDialog::getOpenFileName(this, tr("Checkpoint"), source->text(), tr("Checkpoints (*.safetensors *.pth *.pt *.bin);;All files (*)"));
    if (!path.isEmpty()) source->setText(path);
  });
  connect(source, &QLineEdit::textChanged, this, [source, name, buttons] {
    name->setPlaceholderText(toText(runs::folderName(toPath(source->text()).stem().string())));
    buttons->button(QDialogButtonBox::Ok)->setEnabled(!source->text().trimmed().isEmpty());
  });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(buttons, &QDialogButtonBox::accepted, this, [=, this] {
    Q_EMIT chosen(source->text().trimmed(), family->currentText().trimmed(), name->text().trimmed().isEmpty() ? name->placeholderText() : name->text().trimmed(), title->text().trimmed());
    accept();
  });
}

}  // namespace chladni::ui
