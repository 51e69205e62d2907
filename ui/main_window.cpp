#include "ui/main_window.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <algorithm>
#include <cmath>

#include "ui/actions/analyse_menu.h"
#include "ui/actions/file_menu.h"
#include "ui/actions/main_tool_bar.h"
#include "ui/actions/play_menu.h"
#include "ui/analysis/beside_choice.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/log_dock.h"
#include "ui/docks/prediction_dock.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/docks/status_line.h"
#include "ui/docks/video_dock.h"
#include "ui/export/exportable_views.h"
#include "ui/export/recording_desk.h"
#include "ui/project/project_desk.h"
#include "ui/project/proposal_controller.h"
#include "ui/training/learning_desk.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/button_keys.h"
#include "ui/workspace/centre_pages.h"
#include "ui/workspace/dock_set.h"
#include "ui/workspace/model_memory.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/window_activity.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/clock_text.h"

namespace chladni::ui {

using namespace widgets;
namespace {

constexpr int kLayoutVersion = 5;
constexpr QSize kFirstSize{1440, 900};
constexpr const char* kLastProject = "lastProject";
constexpr double kRoomAround = 0.5;  // of a stretch that is opened, shown on either side

}  // namespace

MainWindow::MainWindow(WindowSetup setup, QWidget* parent)
    : QMainWindow(parent), setup_(std::move(setup)), settings_(std::move(setup_.settings)), library_(new Library(this)),
      analysis_(new AnalysisController(setup_.makeRegistry, setup_.runtime, *library_, this)),
      playback_(new PlaybackController(this)) {
  setObjectName("mainWindow");
  setAcceptDrops(true);
  setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
  playback_->setSilent(setup_.silent);
  setTheme(setup_.theme.isEmpty() ? settings_->value("theme", "light").toString() : setup_.theme);
  buildCentre();
  buildDocks();
  makeExportable(timeArea(), *docks_, [this] { return currentFile(); }, [this](const QString& why) { pages_->banner().setMessage(why); });
  buildActions();
  desk_->remember(*settings_);
  new ButtonKeys(this);
  connectDocks();
  connectDesk();
  connectLearning();
  connectCorrections();
  connectRecording();
  connectLog();
  connectLibrary();
  connectPlayback();
  connectAnalysis();
  restoreLayout();
  refreshPage();
  refreshStatus();
  // After the window is on screen: registering families may load a large library.
  QTimer::singleShot(0, this, [this] {
    if (!setup_.model.isEmpty()) return analysis_->start({setup_.model.toStdString()});
    std::vector<std::string> wanted;
    for (const auto role : {ModelRole::analysis, ModelRole::last})
      for (const QString& one : rememberedModel(*settings_, role)) wanted.push_back(one.toStdString());
    analysis_->start(wanted);
  });
}

MainWindow::~MainWindow() {
  // Children go while the members they refer to (actions, settings) still exist.
  delete recording_;
  delete corrections_;
  delete learning_;
  delete docks_;
  delete desk_;
  delete pages_;
  delete analysis_;
  delete playback_;
  delete library_;
}

void MainWindow::buildCentre() {
  pages_ = new CentrePages(!setup_.demos.empty(), this);
  pages_->setRecentFiles(settings_->recentFiles());
  setCentralWidget(pages_);
  status_ = new StatusLine(this);
  setStatusBar(status_);
  connect(pages_, &CentrePages::demoRequested, this, &MainWindow::openDemo);
  connect(pages_, &CentrePages::openRequested, this, [this] { fileMenu_->openDialog(); });
  connect(pages_, &CentrePages::fileRequested, this, [this](const QString& path) { openFile(toPath(path)); });
  connect(pages_, &CentrePages::retryRequested, this, [this] {
    if (const OpenFile* file = currentFile()) openFile(std::filesystem::path(file->path));
  });
  connect(pages_, &CentrePages::closeRequested, this, [this] {
    if (current_) closeFile(*current_);
  });
  connect(status_, &StatusLine::cancelRequested, this, [this] { activity_->cancel(); });
  connect(&timeArea(), &TimeArea::seekRequested, playback_, &PlaybackController::seek);
  connect(&timeArea(), &TimeArea::cursorTextChanged, status_, &StatusLine::setCursorText);
  connect(&timeArea(), &TimeArea::selectionChanged, this, &MainWindow::refreshSelection);
}

void MainWindow::buildDocks() {
  desk_ = new ProjectDesk(*this, timeArea(), *playback_, this);
  docks_ = new DockSet(*this, *analysis_, *library_, *desk_);
  docks_->setSilent(setup_.silent);
  learning_ = new LearningDesk(*this, *analysis_, {setup_.commandLine, setup_.runFolder, setup_.demo()}, *settings_, [this] {
    const auto* project = desk_->labels().project();
    return project != nullptr ? project->path() : std::filesystem::path();
  }, this);
  log_ = new LogDock(this);
  addDockWidget(Qt::BottomDockWidgetArea, log_);
  tabifyDockWidget(learning_->docks().last(), log_);
  log_->hide();
  corrections_ = new CorrectionDesk(*this, desk_->labels(), *analysis_, timeArea(), setup_.runFolder.parent_path(),
                                    [this] { return currentFile() != nullptr ? std::filesystem::path(currentFile()->path) : std::filesystem::path(); },
                                    [this] { return playback_->position(); }, this);
  recording_ = new RecordingDesk(*this, timeArea(), *settings_, [this] { return currentFile() != nullptr && docks_->video().regionsShown() ? currentFile()->regions : nullptr; }, this);
  docks_->prediction().setFooter(&corrections_->bar());
  docks_->beside().setAutomatic([this] { return analyse_ == nullptr || analyse_->automatic(); });
  docks_->beside().setFirstChoice([this](const inference::ModelSpec& spec) { return isRemembered(*settings_, ModelRole::beside, spec); });
  docks_->reconstruction().setFirstChoice([this](const inference::ModelSpec& spec) { return isRemembered(*settings_, ModelRole::painting, spec); });
  activity_ = std::make_unique<WindowActivity>(WindowActivity::Parts{*library_, *analysis_, *docks_, *desk_, *learning_, *corrections_, *recording_, timeArea(), [this] { return currentFile(); }});
  desk_->proposals().setModels([this]() -> std::optional<ModelChoice> {
    if (!analysis_->registry() || analysis_->model() == nullptr) return std::nullopt;
    return ModelChoice{analysis_->registry(), analysis_->runtime(), analysis_->package()};
  });
}

void MainWindow::restoreLayout() {
  resize(kFirstSize);
  docks_->giveFirstSizes();
  firstLayout_ = saveState(kLayoutVersion);
  // Docks that are not laid out yet ask for more height than they need; it would hold on a small screen.
  setMinimumSize(0, 0);
  restoreGeometry(settings_->value("geometry").toByteArray());
  restoreState(settings_->value("layout").toByteArray(), kLayoutVersion);
  timeArea().restoreLanes(settings_->value("lanes").toByteArray());
}

void MainWindow::resetLayout() {
  restoreState(firstLayout_, kLayoutVersion);
  timeArea().restoreLanes({});
  docks_->giveFirstWidths();
}

TimeArea& MainWindow::timeArea() { return pages_->timeArea(); }

const OpenFile* MainWindow::currentFile() const { return current_ ? library_->file(*current_) : nullptr; }

void MainWindow::openFile(const std::filesystem::path& path) {
  std::error_code problem;
  std::filesystem::path full = std::filesystem::absolute(path, problem);
  if (problem) full = path;
  showFile(library_->open(full.lexically_normal()));
}

void MainWindow::openAt(const std::filesystem::path& path, double from, double to) {
  std::error_code problem;
  std::filesystem::path full = std::filesystem::absolute(path, problem).lexically_normal();
  if (problem) full = path;
  if (to > from) {
    const FileView view{std::max(0.0, from - kRoomAround * (to - from)), to + kRoomAround * (to - from), from};
    settings_->setView(full, view);
    const OpenFile* file = currentFile();
    if (file != nullptr && file->recording && std::filesystem::path(file->path) == full) {
      timeArea().setVisible(view.from, view.to);
      return playback_->seek(from);
    }
  }
  openFile(full);
}

void MainWindow::openDemo() {
  if (!setup_.demos.empty()) openFile(setup_.demos.front());
}

void MainWindow::showFile(FileId id) {
  const OpenFile* file = library_->file(id);
  if (file == nullptr) return;
  if (current_ != id) {
    rememberView();
    current_ = id;
    clearViews();
    docks_->library().setCurrent(id);
    desk_->setFile(file->path);
    if (file->recording) fileOpened(id);
  }
  refreshPage();
}

bool MainWindow::showSpectrogram(const QString& kind) { return timeArea().showSpectrogram(kind); }

void MainWindow::openProject(const std::filesystem::path& path) { projectFailure_ = desk_->open(path); }

void MainWindow::reopenProject() {
  const QString last = settings_->value(kLastProject).toString();
  if (!last.isEmpty() && QFileInfo::exists(last)) openProject(toPath(last));
}

void MainWindow::rememberProject() {
  const store::Project* open = desk_->labels().project();
  std::error_code ignored;
  const QString path = open == nullptr ? QString() : toQString(std::filesystem::absolute(open->path(), ignored));
  if (settings_->value(kLastProject).toString() != path) settings_->setValue(kLastProject, path);
  if (path.isEmpty()) return;
  settings_->addRecentProject(path);
  fileMenu_->refreshRecent();
}

void MainWindow::fileOpened(FileId id) {
  const OpenFile* file = library_->file(id);
  if (file == nullptr || !file->recording) return;
  if (id != current_) return;
  const analysis::Recording& recording = *file->recording;
  const double duration = recording.durationSeconds();
  timeArea().setRecording(file->recording);
  FileView view = settings_->view(file->path).value_or(FileView{0.0, duration, 0.0});
  if (const auto at = std::exchange(setup_.at, std::nullopt)) view.playhead = *at;
  if (const auto zoom = std::exchange(setup_.zoom, std::nullopt)) std::tie(view.from, view.to) = *zoom;
  timeArea().setVisible(view.from, view.to);
  docks_->setVideo(*file);
  playback_->setMedia({file->path, recording.hasAudio(), duration}, view.playhead);
  play_->updateLoop();  // the button stays as it was
  docks_->setFile(*file);
  if (file->prediction) timeArea().setPrediction(file->prediction);
  settings_->addRecentFile(toQString(file->path));
  fileMenu_->refreshRecent();
  library_->read(id);
  tellWhyUnclassified();
  classifyIfWanted();
  refreshPage();
  refreshStatus();
  // Whoever walks through the list with the arrows stays in it.
  const bool walking = docks_->library().isAncestorOf(focusWidget()) && QGuiApplication::mouseButtons() == Qt::NoButton;
  if (!walking) timeArea().setFocus();
}

void MainWindow::fileFinished(FileId id) {
  const OpenFile* file = library_->file(id);
  if (file == nullptr || id != current_) return;
  if (file->recording) {
    playback_->setDuration(file->recording->durationSeconds());
    play_->updateLoop();
    timeArea().refreshDuration();
    if (file->error && file->error->code != ErrorCode::cancelled) pages_->banner().setMessage(messageText(*file->error));
  }
  refreshPage();
  refreshStatus();
}

void MainWindow::closeFile(FileId id) {
  const auto& files = library_->files();
  const auto place = std::find_if(files.begin(), files.end(), [&](const OpenFile& file) { return file.id == id; });
  if (place == files.end()) return;
  if (analysis_->classifying() == id) analysis_->cancel();
  std::optional<FileId> next;
  if (place + 1 != files.end()) {
    next = (place + 1)->id;
  } else if (place != files.begin()) {
    next = (place - 1)->id;
  }
  if (current_ == id) {
    rememberView();
    current_.reset();
    clearViews();
    desk_->setFile({});
  }
  library_->close(id);
  if (!current_ && next) showFile(*next);
  refreshPage();
  refreshStatus();
}

void MainWindow::clearViews() {
  pages_->banner().setMessage({});
  timeArea().clear();
  docks_->clear();
  playback_->clearMedia();
}

void MainWindow::rememberView() {
  const OpenFile* file = currentFile();
  if (file == nullptr || !file->recording) return;
  const auto [from, to] = timeArea().visible();
  settings_->setView(file->path, {from, to, playback_->position()});
}

void MainWindow::refreshPage() {
  const OpenFile* file = currentFile();
  pages_->showFile(file);
  if (file == nullptr) pages_->setRecentFiles(settings_->recentFiles());
  const bool usable = file != nullptr && file->recording;
  actions_.find("recordLanes")->setEnabled(usable && file->state == FileState::ready);
  for (const char* id : {"play", "loop", "home", "end", "left", "right", "stepBack", "stepForward", "fit", "zoomIn", "zoomOut",
                         "zoomSelection", "selectAll"}) {
    actions_.find(id)->setEnabled(usable);
  }
  actions_.find("close")->setEnabled(file != nullptr);
  actions_.find("analyse")->setEnabled(usable && analysis_->canClassify(file->id));
  refreshTitle();
}

void MainWindow::refreshTitle() {
  const OpenFile* file = currentFile();
  setWindowTitle(file == nullptr ? tr("Chladni") : tr("%1 – Chladni").arg(fileName(file->path)));
  QString title;
  if (file != nullptr) {
    title = fileName(file->path);
    if (file->recording) title += QStringLiteral(" · ") + clockText(std::floor(file->recording->durationSeconds()), 0);
  }
  toolBar_->setTitle(title);
}

void MainWindow::refreshStatus() {
  activity_->tell(*status_);
  actions_.find("cancel")->setEnabled(activity_->cancellable());
}

void MainWindow::tellWhyUnclassified() {
  const OpenFile* file = currentFile();
  if (file == nullptr || !file->recording || analysis_->model() == nullptr || analysis_->canClassify(file->id)) return;
  const QString why = analysis_->canAsk(file->id) ? tr("This model names no classes. Attention and Reconstruction show what it can do.")
                                                  : tr("This file has nothing that the chosen model could hear or see.");
  docks_->prediction().clear();
  docks_->prediction().setFailure(why);
  timeArea().setClassMessage(why);
}

void MainWindow::classifyIfWanted() {
  const OpenFile* file = currentFile();
  if (file == nullptr || !analysis_->canClassify(file->id)) return;
  // What is known need not be computed again.
  if (const auto known = file->known.find(analysis_->package()); known != file->known.end())
    return library_->setPrediction(file->id, known->first, known->second.prediction, true, known->second.regions);
  if (analyse_->automatic()) classifyNow();
}

void MainWindow::classifyNow() {
  if (!current_) return;
  if (modelFailure_ && pages_->banner().message() == messageText(*modelFailure_)) pages_->banner().setMessage({});
  modelFailure_.reset();
  docks_->prediction().setRunning();
  timeArea().setClassMessage(tr("Analysing…"));
  analysis_->classify(*current_);
  docks_->beside().analyse();
}

void MainWindow::refreshSelection() {
  play_->updateLoop();
  actions_.find("zoomSelection")->setEnabled(timeArea().selection().has_value());
}

QString MainWindow::pending() const { return activity_->pending(); }

std::optional<Error> MainWindow::firstFailure() const {
  for (const OpenFile& file : library_->files()) {
    if (file.state == FileState::failed) return file.error;
  }
  if (projectFailure_) return projectFailure_;
  if (setup_.model.isEmpty()) return std::nullopt;
  return analysis_->missing() ? analysis_->missing() : modelFailure_;
}

bool MainWindow::showDock(const QString& name) {
  auto* dock = findChild<QDockWidget*>(name);
  if (dock == nullptr) return false;
  dock->show();
  dock->raise();
  return true;
}

void MainWindow::setTheme(const QString& name) {
  themeName_ = name == "dark" ? name : QStringLiteral("light");
  applyTheme(themeName_);
  if (toolBar_ != nullptr) refreshIcons();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!desk_->maySafelyClose() || !recording_->maySafelyClose()) return event->ignore();
  rememberView();
  settings_->setValue("geometry", saveGeometry());
  settings_->setValue("layout", saveState(kLayoutVersion));
  settings_->setValue("lanes", timeArea().saveLanes());
  playback_->pause();
  QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) openFile(toPath(url.toLocalFile()));
  }
  event->acceptProposedAction();
}

}  // namespace chladni::ui
