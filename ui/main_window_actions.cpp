// The commands of the main window: every one is in a menu, has its key in its tool tip, and is found by the search.
#include <QMenuBar>

#include "ui/actions/action_search.h"
#include "ui/actions/help_menu.h"
#include "ui/actions/main_tool_bar.h"
#include "ui/actions/play_menu.h"
#include "ui/actions/view_menu.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/status_line.h"
#include "ui/docks/video_dock.h"
#include "ui/export/recording_desk.h"
#include "ui/main_window.h"
#include "ui/project/project_desk.h"
#include "ui/training/learning_desk.h"
#include "ui/workspace/dock_set.h"
#include "ui/workspace/paths.h"
#include "widgets/icons/icons.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {

using namespace widgets;
namespace {

// What the bundled media are, by their file names.
QString demoTitle(const QString& stem) {
  if (stem == QLatin1String("ode_to_joy")) return MainWindow::tr("&Music: Ode to Joy");
  if (stem == QLatin1String("scene_with_events")) return MainWindow::tr("&Scenes with events");
  if (stem == QLatin1String("spoken_and_sung")) return MainWindow::tr("&Voice: spoken and sung");
  return stem;
}

}  // namespace

void MainWindow::buildActions() {
  fileActions();
  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  QMenu* labels = menuBar()->addMenu(tr("&Labels"));
  desk_->addLabelActions(actions_, edit, labels, [this] { return docks_->video().frameSeconds(); });
  play_ = new PlayMenu({actions_, *playback_, timeArea(), docks_->video(), *settings_, [this] { return currentFile(); }}, menuBar()->addMenu(tr("&Play")), this);
  connect(play_, &PlayMenu::noticed, status_, &StatusLine::setNotice);
  auto* view = new ViewMenu({actions_, timeArea(), *settings_, docks_->all() + learning_->docks(), themeName_ == "dark"}, menuBar()->addMenu(tr("&View")), this);
  connect(view, &ViewMenu::themeChosen, this, &MainWindow::setTheme);
  connect(view, &ViewMenu::firstLayoutWanted, this, &MainWindow::resetLayout);
  analyseActions();
  auto* help = new HelpMenu(actions_, menuBar()->addMenu(tr("&Help")), *this);
  refreshIcons();
  toolBar_ = new MainToolBar(actions_, this);
  addToolBar(Qt::TopToolBarArea, toolBar_);
  connect(help, &HelpMenu::searchWanted, &toolBar_->search(), &ActionSearch::begin);
  connect(toolBar_, &MainToolBar::modelChosen, this, [this](const QString& name) { analysis_->chooseModel(name.toStdString()); });
}

void MainWindow::fileActions() {
  QMenu* menu = menuBar()->addMenu(tr("&File"));
  actions_.add(menu, {"open", tr("&Open…"), tr("Open recordings and videos"), {QKeySequence::Open},
                      [this] { openDialog(); }});
  recentMenu_ = menu->addMenu(tr("Open &recent"));
  refreshRecentMenu();
  demoActions(menu);
  menu->addSeparator();
  desk_->addProjectActions(actions_, menu);
  menu->addSeparator();
  recording_->addActions(actions_, menu);
  menu->addSeparator();
  actions_.add(menu, {"close", tr("&Close file"), tr("Close the file on show"), {QKeySequence::Close}, [this] {
                        if (current_) closeFile(*current_);
                      }});
  menu->addSeparator();
  actions_.add(menu, {"quit", tr("&Quit"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Q)}, [this] { close(); }});
}

void MainWindow::demoActions(QMenu* menu) {
  QMenu* demos = menu->addMenu(tr("Open a &demo"));
  demos->setEnabled(!setup_.demos.empty());
  for (const auto& path : setup_.demos) {
    const bool first = path == setup_.demos.front();
    const QString stem = toQString(path.stem());
    actions_.add(demos, {first ? QStringLiteral("demo") : "demo." + stem, demoTitle(stem), tr("Open this bundled demo"), {}, [this, path] { openFile(path); }});
  }
}

void MainWindow::analyseActions() {
  QMenu* menu = menuBar()->addMenu(tr("&Analyse"));
  actions_.add(menu, {"analyse", tr("&Analyse"), tr("Run the chosen model on the whole file"),
                      {QKeySequence(Qt::CTRL | Qt::Key_R)}, [this] { classifyNow(); }});
  actions_.add(menu, {"cancel", tr("&Cancel"), tr("Cancel what is running; what is finished stays"),
                      {QKeySequence(Qt::Key_Escape)}, [this] { cancelAll(); }});
  actions_.add(menu, {"chooseModel", tr("Choose a &model"), tr("Open the list of models"),
                      {QKeySequence(Qt::CTRL | Qt::Key_M)}, [this] { toolBar_->focusModels(); }});
  toggleVideoAttention(menu);
  menu->addSeparator();
  QMenu* train = menuBar()->addMenu(tr("&Train"));
  corrections_->addActions(actions_, train);
  train->addSeparator();
  learning_->addActions(actions_, train);
  toggleAutoAnalyse(menu);
}

void MainWindow::toggleVideoAttention(QMenu* menu) {
  VideoDock& video = docks_->video();
  QAction* looked = actions_.add(menu, {"videoAttention", tr("Attention o&ver the video"),
                                        tr("Draw where a model of audio-visual events looked over the picture at the playhead"),
                                        {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_V)},
                                        [this, &video] { video.setRegionsShown(actions_.find("videoAttention")->isChecked()); }, true});
  connect(&video, &VideoDock::regionsShownChanged, looked, &QAction::setChecked);
  connect(&video, &VideoDock::regionsShownChanged, this, [this](bool on) { settings_->setValue("videoAttention", on); });
  video.setRegionsShown(settings_->value("videoAttention", true).toBool());
  const QSignalBlocker quiet(looked);
  looked->setChecked(video.regionsShown());
}

void MainWindow::toggleAutoAnalyse(QMenu* menu) {
  QAction* automatic = actions_.add(menu, {"autoAnalyse", tr("Analyse files when they are &opened"), {}, {}, [this] {
                                             settings_->setValue("autoAnalyse", actions_.find("autoAnalyse")->isChecked());
                                             classifyIfWanted();
                                           }, true});
  const QSignalBlocker quiet(automatic);
  automatic->setChecked(settings_->value("autoAnalyse", true).toBool());
}

void MainWindow::refreshIcons() {
  const QColor& text = theme().text;
  actions_.find("open")->setIcon(icon("open", text));
  actions_.find("play")->setIcon(icon(playback_->playing() ? "pause" : "play", text));
  actions_.find("loop")->setIcon(icon("loop", text));
  actions_.find("fit")->setIcon(icon("fit", text));
  actions_.find("zoomSelection")->setIcon(icon("zoom-selection", text));
}

void MainWindow::refreshRecentMenu() {
  recentMenu_->clear();
  const QStringList files = settings_->recentFiles();
  for (const QString& path : files) {
    QString name = fileName(toPath(path));
    QAction* action = recentMenu_->addAction(name.replace('&', "&&"), this, [this, path] { openFile(toPath(path)); });
    action->setToolTip(path);
    action->setStatusTip(path);
  }
  recentMenu_->setToolTipsVisible(true);
  recentMenu_->setEnabled(!files.isEmpty());
  if (files.isEmpty()) return;
  recentMenu_->addSeparator();
  recentMenu_->addAction(tr("Forget these"), this, [this] {
    settings_->clearRecentFiles();
    refreshRecentMenu();
  });
}


}  // namespace chladni::ui
