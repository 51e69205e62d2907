// LibraryPanel: the files of this session with a dot that tells how far each is (with a word in the tool tip), its name
// and length. Choosing a row shows the file; Delete closes it. GUI thread only.
#pragma once

#include <QWidget>

#include "ui/workspace/library.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QListWidget;
class QListWidgetItem;
QT_END_NAMESPACE

namespace chladni::ui {

class LibraryPanel : public QWidget {
  Q_OBJECT

 public:
  LibraryPanel(Library& library, QWidget* parent = nullptr);

  // "Library · 3 files".
  [[nodiscard]] QString title() const;
  // Marks a row without saying so.
  void setCurrent(std::optional<FileId> id);

 Q_SIGNALS:
  void chosen(chladni::ui::FileId id);
  void closeRequested(chladni::ui::FileId id);
  void titleChanged(const QString& title);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  QListWidgetItem* item(FileId id) const;
  void refresh(FileId id);
  void counted();
  void showMenu(const QPoint& at);

  Library& library_;
  QLabel* hint_;  // while nothing is open
  QListWidget* list_;
};

}  // namespace chladni::ui
