// ImportDialog: which checkpoint is to become a package, of which family, under which name. GUI thread only.
#pragma once

#include <QDialog>

namespace chladni::ui {

class ImportDialog : public QDialog {
  Q_OBJECT

 public:
  explicit ImportDialog(const QStringList& families, QWidget* parent = nullptr);

 Q_SIGNALS:
  void chosen(const QString& source, const QString& family, const QString& name, const QString& title);
};

}  // namespace chladni::ui
