#include "ui/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenuBar>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/actions/main_tool_bar.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/attention_dock.h"
#include "ui/docks/course_dock.h"
#include "ui/docks/embedding_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/ratio_sweep.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/listening_bar.h"
#include "ui/docks/prediction_dock.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/docks/spectrum_dock.h"
#include "ui/docks/status_line.h"
#include "ui/docks/video_dock.h"
#include "ui/docks/voice_bar.h"
#include "ui/playback/clip_player.h"
#include "ui/project/label_table_dock.h"
#include "ui/project/agreement_dock.h"
#include "ui/project/project_desk.h"
#include "ui/project/proposal_controller.h"
#include "ui/project/project_panel.h"
#include "ui/training/learning_desk.h"
#include "ui/export/recording_desk.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/theme/theme.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/dock_scroll.h"
#include "ui/workspace/first_height.h"
#include "ui/workspace/dock_tabs.h"
#include "ui/workspace/failed_page.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/welcome_page.h"

namespace chladni::ui {

using namespace widgets;
namespace {

constexpr int kLayoutVersion = 5;
constexpr QSize kFirstSize{1440, 900};
constexpr int kRightWidth = 352;     // four short tabs beside each other, in both languages
constexpr int kTallHeight = 540;     // controls and the pictures below them in sight
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
  makeExportable();
  buildActions();
  desk_->remember(*settings_);
  connectDesk();
  connectLearning();
  connectCorrections();
  connectRecording();
  connectLibrary();
  connectPlayback();
  connectAnalysis();
  restoreLayout();
  refreshPage();
  refreshStatus();
  // After the window is on screen: registering families may load a large library.
  QTimer::singleShot(0, this, [this] {
    analysis_->start(setup_.model.isEmpty() ? settings_->value("model", settings_->value("defaults/instruments")).toString().toStdString() : setup_.model.toStdString());
  });
}

MainWindow::~MainWindow() {
  // Children go while the members they refer to (actions, settings) still exist.
  delete recording_;
  delete corrections_;
  delete learning_;
  delete desk_;
  delete timeArea_;
  delete videoDock_;
  delete spectrumDock_;
  delete analysis_;
  delete playback_;
  delete library_;
}

void MainWindow::buildCentre() {
  pages_ = new QStackedWidget(this);
  welcome_ = new WelcomePage(pages_);
  failed_ = new FailedPage(pages_);
  work_ = new QWidget(pages_);
  banner_ = new Banner(work_);
  timeArea_ = new TimeArea(work_);
  auto* column = new QVBoxLayout(work_);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(banner_);
  column->addWidget(timeArea_, 1);
  pages_->addWidget(welcome_);
  pages_->addWidget(failed_);
  pages_->addWidget(work_);
  setCentralWidget(pages_);
  status_ = new StatusLine(this);
  setStatusBar(status_);

  welcome_->setDemoAvailable(!setup_.demos.empty());
  welcome_->setRecentFiles(settings_->recentFiles());
  connect(welcome_, &WelcomePage::demoRequested, this, &MainWindow::openDemo);
  connect(welcome_, &WelcomePage::openRequested, this, &MainWindow::openDialog);
  connect(welcome_, &WelcomePage::fileRequested, this, [this](const QString& path) { openFile(toPath(path)); });
  connect(failed_, &FailedPage::retryRequested, this, [this] {
    if (const OpenFile* file = currentFile()) openFile(std::filesystem::path(file->path));
  });
  connect(failed_, &FailedPage::closeRequested, this, [this] {
    if (current_) closeFile(*current_);
  });
  connect(status_, &StatusLine::cancelRequested, this, &MainWindow::cancelAll);
  connect(timeArea_, &TimeArea::seekRequested, playback_, &PlaybackController::seek);
  connect(timeArea_, &TimeArea::cursorTextChanged, status_, &StatusLine::setCursorText);
  connect(timeArea_, &TimeArea::selectionChanged, this, &MainWindow::updateLoop);
}

void MainWindow::buildDocks() {
  libraryDock_ = new QDockWidget(tr("Library"), this);
  libraryDock_->setObjectName("library");
  libraryPanel_ = new LibraryPanel(*library_, libraryDock_);
  desk_ = new ProjectDesk(*this, *timeArea_, *playback_, this);
  auto* files = new QSplitter(Qt::Vertical, libraryDock_);
  files->setChildrenCollapsible(false);
  files->addWidget(&desk_->panel());
  files->addWidget(libraryPanel_);
  libraryDock_->setWidget(files);
  videoDock_ = new VideoDock(this);
  predictionDock_ = new PredictionDock(this);
  attentionDock_ = new AttentionDock(*analysis_, this);
  reconstructionDock_ = new ReconstructionDock(*analysis_, this);
  spectrumDock_ = new SpectrumDock(this);
  courseDock_ = new CourseDock(this);
  embeddingDock_ = new EmbeddingDock(*analysis_, *library_, this);
  inspectorDock_ = new InspectorDock(*analysis_, this);
  addDockWidget(Qt::LeftDockWidgetArea, libraryDock_);
  addDockWidget(Qt::LeftDockWidgetArea, videoDock_);
  addDockWidget(Qt::RightDockWidgetArea, predictionDock_);
  addDockWidget(Qt::RightDockWidgetArea, attentionDock_);
  tabifyDockWidget(predictionDock_, courseDock_);
  tabifyDockWidget(attentionDock_, reconstructionDock_);
  tabifyDockWidget(reconstructionDock_, spectrumDock_);
  tabifyDockWidget(spectrumDock_, inspectorDock_);
  tabifyDockWidget(inspectorDock_, embeddingDock_);
  // Asked for by name; the tabs that are always there keep their words.
  inspectorDock_->hide();
  embeddingDock_->hide();
  addDockWidget(Qt::RightDockWidgetArea, &desk_->table());
  tabifyDockWidget(predictionDock_, &desk_->table());
  learning_ = new LearningDesk(*this, *analysis_, {setup_.commandLine, setup_.runFolder, setup_.demo()}, *settings_, [this] {
    const auto* project = desk_->labels().project();
    return project != nullptr ? project->path() : std::filesystem::path();
  }, this);
  corrections_ = new CorrectionDesk(*this, desk_->labels(), *analysis_, *timeArea_, setup_.runFolder.parent_path(),
                                    [this] { return currentFile() != nullptr ? std::filesystem::path(currentFile()->path) : std::filesystem::path(); },
                                    [this] { return playback_->position(); }, this);
  recording_ = new RecordingDesk(*this, *timeArea_, *settings_, [this] { return currentFile() != nullptr && videoDock_->regionsShown() ? currentFile()->regions : nullptr; }, this);
  predictionDock_->setFooter(&corrections_->bar());
  addDockWidget(Qt::RightDockWidgetArea, &desk_->agreement());
  tabifyDockWidget(&desk_->table(), &desk_->agreement());
  desk_->proposals().setModels([this]() -> std::optional<ModelChoice> {
    if (!analysis_->registry() || analysis_->model() == nullptr) return std::nullopt;
    return ModelChoice{analysis_->registry(), analysis_->runtime(), analysis_->model()->name};
  });
  for (QDockWidget* dock : std::initializer_list<QDockWidget*>{predictionDock_, attentionDock_, reconstructionDock_, inspectorDock_, embeddingDock_, &desk_->agreement()}) letShrink(*dock);
  for (QDockWidget* dock : std::initializer_list<QDockWidget*>{reconstructionDock_, inspectorDock_}) growOnFirstShow(*this, {dock}, kTallHeight);
  auto* tabs = new DockTabs(*this);
  tabs->shorten(*courseDock_, tr("Over time", "word on a tab"));
  tabs->shorten(desk_->table(), tr("Labels", "word on a tab"));
  tabs->shorten(desk_->agreement(), tr("Agreement", "word on a tab"));
  tabs->shorten(*inspectorDock_, tr("Inside", "word on a tab"));
  tabs->shorten(*embeddingDock_, tr("Map", "word on a tab"));
  predictionDock_->raise();
  attentionDock_->raise();
  connect(libraryPanel_, &LibraryPanel::titleChanged, libraryDock_, &QDockWidget::setWindowTitle);
  connect(libraryPanel_, &LibraryPanel::chosen, this, &MainWindow::showFile);
  connect(libraryPanel_, &LibraryPanel::closeRequested, this, &MainWindow::closeFile);
  connect(attentionDock_, &AttentionDock::failed, banner_, &Banner::setMessage);
  connect(attentionDock_, &AttentionDock::valueUnderCursor, status_, &StatusLine::setCursorText);
  attentionDock_->listening().player().setSilent(setup_.silent);
  connect(&attentionDock_->listening(), &VoiceBar::starting, playback_, &PlaybackController::pause);
  reconstructionDock_->listening().player().setSilent(setup_.silent);
  connect(&reconstructionDock_->listening(), &ListeningBar::starting, playback_, &PlaybackController::pause);
  connect(videoDock_, &VideoDock::valueUnderCursor, status_, &StatusLine::setCursorText);
  connect(inspectorDock_, &InspectorDock::valueUnderCursor, status_, &StatusLine::setCursorText);
  embeddingDock_->player().setSilent(setup_.silent);
  embeddingDock_->setSelectionSource([this]() -> std::optional<std::pair<FileId, TimeRange>> {
    const auto selection = timeArea_->selection();
    if (!current_ || !selection) return std::nullopt;
    return std::pair(*current_, *selection);
  });
  embeddingDock_->setProjectSource([this] {
    std::vector<std::filesystem::path> paths;
    auto* project = desk_->labels().project();
    if (project == nullptr) return paths;
    if (const auto found = project->find({}))
      for (const auto& file : *found) paths.push_back(file.path);
    return paths;
  });
  connect(&desk_->labels(), &LabelController::projectChanged, embeddingDock_, [this] {
    embeddingDock_->setInProject(desk_->labels().project() != nullptr);
  });
  connect(embeddingDock_, &EmbeddingDock::activityChanged, this, &MainWindow::refreshStatus);
  connect(&reconstructionDock_->sweep(), &RatioSweep::changed, this, &MainWindow::refreshStatus);
  connect(embeddingDock_, &EmbeddingDock::playing, playback_, &PlaybackController::pause);
  connect(embeddingDock_, &EmbeddingDock::openRequested, this, [this](const QString& path, double from, double to) { openAt(toPath(path), from, to); });
  connect(embeddingDock_, &EmbeddingDock::valueUnderCursor, status_, &StatusLine::setCursorText);
  connect(reconstructionDock_, &ReconstructionDock::valueUnderCursor, status_, &StatusLine::setCursorText);
  connect(spectrumDock_, &SpectrumDock::valueUnderCursor, status_, &StatusLine::setCursorText);
  connect(courseDock_, &CourseDock::valueUnderCursor, status_, &StatusLine::setCursorText);
}

void MainWindow::restoreLayout() {
  resize(kFirstSize);
  resizeDocks({libraryDock_, predictionDock_}, {236, kRightWidth}, Qt::Horizontal);
  resizeDocks({libraryDock_, videoDock_}, {470, 240}, Qt::Vertical);
  resizeDocks({predictionDock_, attentionDock_}, {378, 380}, Qt::Vertical);
  firstLayout_ = saveState(kLayoutVersion);
  // Docks that are not laid out yet ask for more height than they need; it would hold on a small screen.
  setMinimumSize(0, 0);
  restoreGeometry(settings_->value("geometry").toByteArray());
  restoreState(settings_->value("layout").toByteArray(), kLayoutVersion);
  timeArea_->restoreLanes(settings_->value("lanes").toByteArray());
}

void MainWindow::resetLayout() {
  restoreState(firstLayout_, kLayoutVersion);
  timeArea_->restoreLanes({});
  resizeDocks({libraryDock_, predictionDock_}, {236, kRightWidth}, Qt::Horizontal);
}

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
      timeArea_->setVisible(view.from, view.to);
      return playback_->seek(from);
    }
  }
  openFile(full);
}

void MainWindow::openDialog() {
  const QString start = settings_->value("folder").toString();
  const QStringList names = QFileDialog::getOpenFileNames(
      this, tr("Open recordings and videos"), start,
      tr("Sound and video (*.wav *.flac *.mp3 *.m4a *.aac *.ogg *.opus *.aiff *.aif *.wma *.mp4 *.mov *.mkv *.webm *.avi "
         "*.ogv *.m4v *.mpg *.ts);;All files (*)"));
  if (!names.isEmpty()) settings_->setValue("folder", QFileInfo(names.first()).absolutePath());
  for (const QString& name : names) openFile(toPath(name));
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
    banner_->setMessage({});
    timeArea_->clear();
    attentionDock_->setFile({});
    reconstructionDock_->setFile({});
    spectrumDock_->setRecording(nullptr);
    predictionDock_->clear();
    courseDock_->setPrediction(nullptr);
    videoDock_->clear();
    playback_->clearMedia();
    libraryPanel_->setCurrent(id);
    desk_->setFile(file->path);
    if (file->recording) fileOpened(id);
  }
  refreshPage();
}

bool MainWindow::showSpectrogram(const QString& kind) { return timeArea_->showSpectrogram(kind); }

void MainWindow::openProject(const std::filesystem::path& path) { desk_->open(path); }

void MainWindow::fileOpened(FileId id) {
  const OpenFile* file = library_->file(id);
  if (file == nullptr || !file->recording) return;
  if (id != current_) return;
  const analysis::Recording& recording = *file->recording;
  const double duration = recording.durationSeconds();
  timeArea_->setRecording(file->recording);
  FileView view = settings_->view(file->path).value_or(FileView{0.0, duration, 0.0});
  if (const auto at = std::exchange(setup_.at, std::nullopt)) view.playhead = *at;
  if (const auto zoom = std::exchange(setup_.zoom, std::nullopt)) std::tie(view.from, view.to) = *zoom;
  timeArea_->setVisible(view.from, view.to);
  if (recording.hasVideo()) {
    videoDock_->setMedia(file->path);
  } else {
    videoDock_->setNoVideo();
  }
  playback_->setMedia({file->path, recording.hasAudio(), duration}, view.playhead);
  attentionDock_->setFile(recording.hasAudio() ? current_ : std::nullopt, file->recording);
  reconstructionDock_->setFile(current_);
  spectrumDock_->setRecording(file->recording);
  predictionDock_->setHasSound(recording.hasAudio());
  if (file->prediction) {
    timeArea_->setPrediction(file->prediction);
    videoDock_->setRegions(file->regions);
    predictionDock_->setPrediction(file->prediction, file->predictionComplete);
    courseDock_->setPrediction(file->prediction);
  }
  settings_->addRecentFile(toQString(file->path));
  refreshRecentMenu();
  library_->read(id);
  classifyIfWanted();
  refreshPage();
  refreshStatus();
  timeArea_->setFocus();
}

void MainWindow::fileFinished(FileId id) {
  const OpenFile* file = library_->file(id);
  if (file == nullptr || id != current_) return;
  if (file->recording) {
    playback_->setDuration(file->recording->durationSeconds());
    timeArea_->refreshDuration();
    if (file->error && file->error->code != ErrorCode::cancelled) banner_->setMessage(messageText(*file->error));
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
    timeArea_->clear();
    videoDock_->clear();
    predictionDock_->clear();
    courseDock_->setPrediction(nullptr);
    attentionDock_->setFile({});
    reconstructionDock_->setFile({});
    spectrumDock_->setRecording(nullptr);
    playback_->clearMedia();
    banner_->setMessage({});
    desk_->setFile({});
  }
  library_->close(id);
  if (!current_ && next) showFile(*next);
  refreshPage();
  refreshStatus();
}

void MainWindow::rememberView() {
  const OpenFile* file = currentFile();
  if (file == nullptr || !file->recording) return;
  const auto [from, to] = timeArea_->visible();
  settings_->setView(file->path, {from, to, playback_->position()});
}

void MainWindow::refreshPage() {
  const OpenFile* file = currentFile();
  if (file == nullptr) {
    pages_->setCurrentWidget(welcome_);
    welcome_->setRecentFiles(settings_->recentFiles());
  } else if (file->state == FileState::failed) {
    failed_->setFailure(fileName(file->path), messageText(*file->error));
    pages_->setCurrentWidget(failed_);
  } else {
    pages_->setCurrentWidget(work_);
  }
  const bool usable = file != nullptr && file->recording;
  actions_.find("recordLanes")->setEnabled(usable && file->state == FileState::ready);
  for (const char* id : {"play", "loop", "home", "end", "left", "right", "stepBack", "stepForward", "fit", "zoomIn", "zoomOut",
                         "zoomSelection", "selectAll"}) {
    actions_.find(id)->setEnabled(usable);
  }
  actions_.find("close")->setEnabled(file != nullptr);
  actions_.find("analyse")->setEnabled(usable && file->recording->hasAudio() && analysis_->model() != nullptr);
  refreshTitle();
}

void MainWindow::refreshTitle() {
  const OpenFile* file = currentFile();
  setWindowTitle(file == nullptr ? tr("Chladni") : tr("%1 – Chladni").arg(fileName(file->path)));
  QString title;
  if (file != nullptr) {
    title = fileName(file->path);
    if (file->recording) title += QStringLiteral(" · ") + clockText(file->recording->durationSeconds());
  }
  toolBar_->setTitle(title);
}

void MainWindow::refreshStatus() {
  const inference::ModelSpec* model = analysis_->model();
  const QString device = analysis_->device();
  status_->setDevice(device);
  status_->setModel(model != nullptr ? QString::fromStdString(model->title.empty() ? model->name : model->title)
                                     : analysis_->modelsKnown() ? tr("no model") : QString());
  status_->setWaiting(static_cast<int>(analysis_->classifying().has_value()) + static_cast<int>(analysis_->attending()));
  const OpenFile* file = currentFile();
  if (recording_->busy()) {
    status_->setActivity(recording_->activity(), recording_->progress().done, recording_->progress().total);
  } else if (analysis_->classifying()) {
    const Progress& progress = analysis_->progress();
    status_->setActivity(QString::fromStdString(progress.stage), progress.done, progress.total);
  } else if (file != nullptr && file->state == FileState::reading) {
    const QString stage = file->progress.stage.empty() ? tr("reading") : QString::fromStdString(file->progress.stage);
    status_->setActivity(stage, file->progress.done, file->progress.total);
  } else if (file != nullptr && file->state == FileState::opening) {
    status_->setActivity(tr("opening"), 0, 0);
  } else if (analysis_->attending()) {
    status_->setActivity(tr("attention"), 0, 0);
  } else {
    status_->setActivity({}, 0, 0);
  }
  actions_.find("cancel")->setEnabled(analysis_->classifying().has_value() || analysis_->attending() ||
                                        analysis_->reconstructing() || embeddingDock_->busy() || recording_->busy() ||
                                        reconstructionDock_->sweep().running());
}

void MainWindow::classifyIfWanted() {
  const OpenFile* file = currentFile();
  const inference::ModelSpec* model = analysis_->model();
  if (file == nullptr || !file->recording || !file->recording->hasAudio() || model == nullptr) return;
  if (file->predictionComplete && file->predictionModel == model->name) return;
  if (actions_.find("autoAnalyse")->isChecked()) classifyNow();
}

void MainWindow::classifyNow() {
  if (!current_) return;
  modelFailure_.reset();
  banner_->setMessage({});
  predictionDock_->setRunning();
  timeArea_->setClassMessage(tr("Analysing…"));
  analysis_->classify(*current_);
}

void MainWindow::cancelAll() {
  desk_->cancel();
  recording_->cancel();
  analysis_->cancel();
  const OpenFile* file = currentFile();
  if (file != nullptr && !file->prediction) {
    predictionDock_->setStopped();
    timeArea_->setClassMessage(tr("Stopped. Ctrl+R analyses again."));
  }
}

void MainWindow::updateLoop() {
  const auto selection = timeArea_->selection();
  const bool on = actions_.find("loop")->isChecked();
  std::optional<TimeRange> loop;
  if (on && selection) loop = selection;
  // Asked also while a file is being closed.
  if (const OpenFile* file = currentFile(); on && !selection && file && file->recording)
    loop = TimeRange{MediaTime{}, MediaTime::fromSeconds(file->recording->durationSeconds())};
  playback_->setLoop(loop);
  actions_.find("zoomSelection")->setEnabled(selection.has_value());
}

QString MainWindow::pending() const {
  if (!analysis_->modelsKnown()) return tr("listing models");
  if (library_->busy()) return tr("reading files");
  if (analysis_->classifying()) return tr("classifying");
  if (analysis_->attending() || attentionDock_->pending()) return tr("attention");
  if (analysis_->reconstructing() || reconstructionDock_->pending()) return tr("reconstruction");
  if (embeddingDock_->busy()) return tr("map of clips");
  if (inspectorDock_->busy()) return tr("inside the model");
  if (desk_->busy()) return tr("project");
  if (learning_->busy()) return tr("runs");
  if (corrections_->busy()) return tr("corrections");
  if (recording_->busy()) return tr("recording");
  if (videoDock_->busy()) return tr("video");
  if (spectrumDock_->busy()) return tr("spectrum");
  return timeArea_->pending();
}

std::optional<Error> MainWindow::firstFailure() const {
  for (const OpenFile& file : library_->files()) {
    if (file.state == FileState::failed) return file.error;
  }
  return setup_.model.isEmpty() ? std::nullopt : modelFailure_;
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
  settings_->setValue("lanes", timeArea_->saveLanes());
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
