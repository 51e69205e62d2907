// PublishedDialog: what others have published and where: address and licence of each checkpoint as facts. Nothing is fetched:
// a person fetches the file in the browser and opens it here, or has it already. GUI thread only.
#pragma once

#include <QDialog>
#include <QStringList>

QT_BEGIN_NAMESPACE
class QLabel;
class QListWidget;
class QPushButton;
QT_END_NAMESPACE

namespace chladni::ui {

class PublishedDialog : public QDialog {
  Q_OBJECT

 public:
  explicit PublishedDialog(QWidget* parent = nullptr);

  void select(int row);
  // As when a person opens this file for what is selected.
  void open(const QString& file);
  using QDialog::open;

 Q_SIGNALS:
  // `classes`: their names in the order of the outputs, where they ship with the program.
  void chosen(const QString& file, const QString& family, const QString& name, const QString& title, const QStringList& classes);

 private:
  void showCurrent();
  void browse();

  QListWidget* list_;
  QLabel* text_;
  QPushButton* copy_;
  QPushButton* visit_;
  QPushButton* have_;
};

}  // namespace chladni::ui
