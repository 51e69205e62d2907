// The commands of the main window: every one is in a menu, has its key in its tool tip, and is found by the search.
#include <QMenuBar>

#include "ui/actions/action_search.h"
#include "ui/actions/analyse_menu.h"
#include "ui/actions/file_menu.h"
#include "ui/actions/help_menu.h"
#include "ui/actions/key_guard.h"
#include "ui/actions/lane_menus.h"
#include "ui/actions/main_tool_bar.h"
#include "ui/actions/play_menu.h"
#include "ui/actions/view_menu.h"
#include "ui/actions/window_keys.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/log_dock.h"
#include "ui/docks/status_line.h"
#include "ui/docks/video_dock.h"
#include "ui/export/recording_desk.h"
#include "ui/main_window.h"
#include "ui/project/project_desk.h"
#include "ui/training/learning_desk.h"
#include "ui/workspace/centre_pages.h"
#include "ui/workspace/dock_set.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/window_activity.h"
#include "widgets/icons/icons.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {

using namespace widgets;

void MainWindow::buildActions() {
  fileMenu_ = new FileMenu({actions_, *settings_, setup_.demos, [this](QMenu* menu) { desk_->addProjectActions(actions_, menu); },
                            [this](QMenu* menu) { recording_->addActions(actions_, menu); }},
                           menuBar()->addMenu(tr("&File")), *this);
  connect(fileMenu_, &FileMenu::fileRequested, this, [this](const QString& path) { openFile(toPath(path)); });
  connect(fileMenu_, &FileMenu::projectRequested, this, [this](const QString& path) { openProject(toPath(path)); });
  connect(fileMenu_, &FileMenu::closeRequested, this, [this] {
    if (current_) closeFile(*current_);
  });
  connect(fileMenu_, &FileMenu::quitRequested, this, &MainWindow::close);
  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  QMenu* labels = menuBar()->addMenu(tr("&Labels"));
  desk_->addLabelActions(actions_, edit, labels, [this] { return docks_->video().frameSeconds(); });
  play_ = new PlayMenu({actions_, *playback_, timeArea(), docks_->video(), *settings_, [this] { return currentFile(); }}, menuBar()->addMenu(tr("&Play")), this);
  connect(play_, &PlayMenu::noticed, status_, &StatusLine::setNotice);
  auto* view = new ViewMenu({actions_, timeArea(), *settings_, docks_->all() + learning_->docks() + QList<QDockWidget*>{log_}, themeName_ == "dark"}, menuBar()->addMenu(tr("&View")), this);
  connect(view, &ViewMenu::themeChosen, this, &MainWindow::setTheme);
  connect(view, &ViewMenu::firstLayoutWanted, this, &MainWindow::resetLayout);
  analyse_ = new AnalyseMenu({actions_, docks_->video(), *settings_}, menuBar()->addMenu(tr("&Analyse")), this);
  connect(analyse_, &AnalyseMenu::analysisWanted, this, &MainWindow::classifyNow);
  connect(analyse_, &AnalyseMenu::cancelWanted, this, [this] { activity_->cancel(); });
  connect(analyse_, &AnalyseMenu::modelsWanted, this, [this] { toolBar_->focusModels(); });
  connect(analyse_, &AnalyseMenu::automaticChanged, this, &MainWindow::classifyIfWanted);
  QMenu* train = menuBar()->addMenu(tr("&Train"));
  corrections_->addActions(actions_, train);
  train->addSeparator();
  learning_->addActions(actions_, train);
  auto* help = new HelpMenu(actions_, menuBar()->addMenu(tr("&Help")), *this);
  refreshIcons();
  fillLaneMenus(actions_, timeArea());
  toolBar_ = new MainToolBar(actions_, this);
  addToolBar(Qt::TopToolBarArea, toolBar_);
  connect(help, &HelpMenu::searchWanted, toolBar_, &MainToolBar::beginSearch);
  connect(&actions_, &ActionCatalogue::keysChanged, this, &MainWindow::nameKeys);
  auto* keys = new WindowKeys(actions_, *settings_, *this);
  connect(help, &HelpMenu::keysWanted, keys, &WindowKeys::openDialog);
  new KeyGuard(timeArea(), this);
  connect(toolBar_, &MainToolBar::modelChosen, this, [this](const QString& name) { analysis_->chooseModel(name.toStdString()); });
}

// Sentences that stand in the window name keys.
void MainWindow::nameKeys() {
  pages_->nameKeys();
  status_->nameKeys();
  desk_->nameKeys();
}

void MainWindow::refreshIcons() {
  const QColor& text = theme().text;
  actions_.find("open")->setIcon(icon("open", text));
  actions_.find("play")->setIcon(icon(playback_->playing() ? "pause" : "play", text));
  actions_.find("loop")->setIcon(icon("loop", text));
  actions_.find("fit")->setIcon(icon("fit", text));
  actions_.find("zoomSelection")->setIcon(icon("zoom-selection", text));
  actions_.find("propose")->setIcon(icon("propose", text));
  actions_.find("snap")->setIcon(icon("snap", text));
}

}  // namespace chladni::ui
