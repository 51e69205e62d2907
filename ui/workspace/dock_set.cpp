#include "ui/workspace/dock_set.h"

#include <QDockWidget>
#include <QSplitter>
#include <initializer_list>

#include "ui/analysis/analysis_controller.h"
#include "ui/analysis/beside_choice.h"
#include "ui/docks/attention_dock.h"
#include "ui/docks/course_dock.h"
#include "ui/docks/embedding_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/listening_bar.h"
#include "ui/docks/prediction_dock.h"
#include "ui/docks/ratio_sweep.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/docks/spectrum_dock.h"
#include "ui/docks/video_dock.h"
#include "ui/docks/voice_bar.h"
#include "ui/playback/clip_player.h"
#include "ui/project/agreement_dock.h"
#include "ui/project/label_table_dock.h"
#include "ui/project/project_desk.h"
#include "ui/project/project_panel.h"
#include "ui/workspace/dock_scroll.h"
#include "ui/workspace/dock_tabs.h"
#include "ui/workspace/first_height.h"

namespace chladni::ui {
namespace {

constexpr int kLeftWidth = 236;
constexpr int kRightWidth = 352;  // four short tabs beside each other, in both languages
constexpr int kTallHeight = 540;  // controls and the pictures below them in sight

}  // namespace

DockSet::DockSet(QMainWindow& window, AnalysisController& analysis, Library& library, ProjectDesk& desk)
    : QObject(&window), window_(window), analysis_(analysis), desk_(desk) {
  make(library, desk);
  place();
  nameTabs();
  connectAll();
}

// Some wait for workers that read what the window still owns.
DockSet::~DockSet() {
  for (QDockWidget* dock : std::initializer_list<QDockWidget*>{video_, prediction_, course_, embedding_, attention_, reconstruction_, spectrum_, inspector_})
    delete dock;
}

void DockSet::make(Library& library, ProjectDesk& desk) {
  libraryDock_ = new QDockWidget(tr("Library"), &window_);
  libraryDock_->setObjectName("library");
  libraryPanel_ = new LibraryPanel(library, libraryDock_);
  auto* files = new QSplitter(Qt::Vertical, libraryDock_);
  files->setChildrenCollapsible(false);
  files->addWidget(&desk.panel());
  files->addWidget(libraryPanel_);
  libraryDock_->setWidget(files);
  video_ = new VideoDock(&window_);
  prediction_ = new PredictionDock(&window_);
  beside_ = new BesideChoice(analysis_, library, *prediction_, prediction_);
  prediction_->setHeader(beside_);
  attention_ = new AttentionDock(analysis_, &window_);
  reconstruction_ = new ReconstructionDock(analysis_, &window_);
  spectrum_ = new SpectrumDock(&window_);
  course_ = new CourseDock(&window_);
  embedding_ = new EmbeddingDock(analysis_, library, &window_);
  inspector_ = new InspectorDock(analysis_, &window_);
  embedding_->setProjectSource([&desk] {
    std::vector<std::filesystem::path> paths;
    auto* project = desk.labels().project();
    if (project == nullptr) return paths;
    if (const auto found = project->find({}))
      for (const auto& file : *found) paths.push_back(file.path);
    return paths;
  });
}

void DockSet::place() {
  window_.addDockWidget(Qt::LeftDockWidgetArea, libraryDock_);
  window_.addDockWidget(Qt::LeftDockWidgetArea, video_);
  window_.addDockWidget(Qt::RightDockWidgetArea, prediction_);
  window_.addDockWidget(Qt::RightDockWidgetArea, attention_);
  window_.tabifyDockWidget(prediction_, course_);
  window_.tabifyDockWidget(attention_, reconstruction_);
  window_.tabifyDockWidget(reconstruction_, spectrum_);
  window_.tabifyDockWidget(spectrum_, inspector_);
  window_.tabifyDockWidget(inspector_, embedding_);
  // Asked for by name; the tabs that are always there keep their words.
  inspector_->hide();
  embedding_->hide();
  window_.addDockWidget(Qt::RightDockWidgetArea, &desk_.table());
  window_.tabifyDockWidget(prediction_, &desk_.table());
  window_.addDockWidget(Qt::RightDockWidgetArea, &desk_.agreement());
  window_.tabifyDockWidget(&desk_.table(), &desk_.agreement());
}

void DockSet::nameTabs() {
  for (QDockWidget* dock : std::initializer_list<QDockWidget*>{prediction_, attention_, reconstruction_, inspector_, embedding_, &desk_.agreement()})
    letShrink(*dock);
  for (QDockWidget* dock : std::initializer_list<QDockWidget*>{reconstruction_, inspector_}) growOnFirstShow(window_, {dock}, kTallHeight);
  auto* tabs = new DockTabs(window_);
  tabs->shorten(*course_, tr("Over time", "word on a tab"));
  tabs->shorten(desk_.table(), tr("Labels", "word on a tab"));
  tabs->shorten(desk_.agreement(), tr("Agreement", "word on a tab"));
  tabs->shorten(*inspector_, tr("Inside", "word on a tab"));
  tabs->shorten(*embedding_, tr("Map", "word on a tab"));
  prediction_->raise();
  attention_->raise();
}

void DockSet::connectAll() {
  connect(libraryPanel_, &LibraryPanel::titleChanged, libraryDock_, &QDockWidget::setWindowTitle);
  connect(attention_, &AttentionDock::failed, this, &DockSet::failed);
  connect(&attention_->listening(), &VoiceBar::starting, this, &DockSet::aboutToPlay);
  connect(&reconstruction_->listening(), &ListeningBar::starting, this, &DockSet::aboutToPlay);
  connect(embedding_, &EmbeddingDock::playing, this, &DockSet::aboutToPlay);
  connect(embedding_, &EmbeddingDock::activityChanged, this, &DockSet::activityChanged);
  connect(&reconstruction_->sweep(), &RatioSweep::changed, this, &DockSet::activityChanged);
  connect(&desk_.labels(), &LabelController::projectChanged, embedding_, [this] { embedding_->setInProject(desk_.labels().project() != nullptr); });
  connect(attention_, &AttentionDock::valueUnderCursor, this, &DockSet::valueUnderCursor);
  connect(video_, &VideoDock::valueUnderCursor, this, &DockSet::valueUnderCursor);
  connect(inspector_, &InspectorDock::valueUnderCursor, this, &DockSet::valueUnderCursor);
  connect(embedding_, &EmbeddingDock::valueUnderCursor, this, &DockSet::valueUnderCursor);
  connect(reconstruction_, &ReconstructionDock::valueUnderCursor, this, &DockSet::valueUnderCursor);
  connect(spectrum_, &SpectrumDock::valueUnderCursor, this, &DockSet::valueUnderCursor);
  connect(course_, &CourseDock::valueUnderCursor, this, &DockSet::valueUnderCursor);
}

QList<QDockWidget*> DockSet::all() const {
  return {libraryDock_, video_, prediction_, course_, embedding_, attention_, reconstruction_, spectrum_, inspector_, &desk_.table(), &desk_.agreement()};
}

void DockSet::giveFirstSizes() {
  giveFirstWidths();
  window_.resizeDocks({libraryDock_, video_}, {470, 240}, Qt::Vertical);
  window_.resizeDocks({prediction_, attention_}, {378, 380}, Qt::Vertical);
}

void DockSet::giveFirstWidths() { window_.resizeDocks({libraryDock_, prediction_}, {kLeftWidth, kRightWidth}, Qt::Horizontal); }

void DockSet::setSilent(bool silent) {
  attention_->listening().player().setSilent(silent);
  reconstruction_->listening().player().setSilent(silent);
  embedding_->player().setSilent(silent);
}

void DockSet::clear() {
  attention_->setFile({});
  reconstruction_->setFile({});
  spectrum_->setRecording(nullptr);
  prediction_->clear();
  beside_->setFile({});
  course_->setPrediction(nullptr);
  video_->clear();
}

void DockSet::setVideo(const OpenFile& file) {
  if (file.recording->hasVideo()) {
    video_->setMedia(file.path);
  } else {
    video_->setNoVideo();
  }
}

void DockSet::setFile(const OpenFile& file) {
  attention_->setFile(file.id, file.recording);
  reconstruction_->setFile(file.id);
  spectrum_->setRecording(file.recording);
  beside_->setFile(file.id);
  if (file.prediction) setPrediction(file);
}

void DockSet::setPrediction(const OpenFile& file) {
  video_->setRegions(file.regions);
  prediction_->setPrediction(file.prediction, file.predictionComplete);
  course_->setPrediction(file.prediction);
}

void DockSet::setPlayhead(double seconds, bool playing) {
  video_->show(seconds);
  prediction_->setPlayhead(seconds);
  course_->setPlayhead(seconds);
  spectrum_->setPlayhead(seconds);
  attention_->setPlayhead(seconds, playing);
  reconstruction_->setPlayhead(seconds, playing);
}

QString DockSet::pending() const {
  if (attention_->pending()) return tr("attention");
  if (reconstruction_->pending()) return tr("reconstruction");
  if (embedding_->busy()) return tr("map of clips");
  if (inspector_->busy()) return tr("inside the model");
  if (video_->busy()) return tr("video");
  if (spectrum_->busy()) return tr("spectrum");
  return {};
}

bool DockSet::busy() const { return embedding_->busy() || reconstruction_->sweep().running(); }

}  // namespace chladni::ui
