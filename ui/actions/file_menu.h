// FileMenu: open files, those of late, the bundled demos; close one, quit. Fills the menu it is given; what belongs to projects
// and recordings of the lanes others add in between. The actions are the catalogue's. GUI thread only.
#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <vector>

#include "ui/actions/action_catalogue.h"

namespace chladni::ui {

class WorkspaceSettings;

class FileMenu : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    ActionCatalogue& actions;
    WorkspaceSettings& settings;
    std::vector<std::filesystem::path> demos;  // the one that shows most first
    std::function<void(QMenu*)> addProjects, addRecording;
  };
  FileMenu(Parts parts, QMenu* menu, QWidget& window);

  // After another file or project was opened.
  void refreshRecent();
  void openDialog();

 Q_SIGNALS:
  void fileRequested(const QString& path);
  void projectRequested(const QString& path);
  void closeRequested();
  void quitRequested();

 private:
  void addDemos(QMenu* menu);
  void addRecent(const QStringList& paths, void (FileMenu::*wanted)(const QString&));

  Parts parts_;
  QWidget& window_;
  QMenu* recent_;
};

}  // namespace chladni::ui
