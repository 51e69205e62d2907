// Who hears whom in the main window.
#include "ui/actions/main_tool_bar.h"
#include "ui/analysis/beside_choice.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/attention_dock.h"
#include "ui/docks/embedding_dock.h"
#include "ui/docks/library_panel.h"
#include "ui/docks/log_dock.h"
#include "ui/docks/prediction_dock.h"
#include "ui/docks/status_line.h"
#include "ui/export/recording_desk.h"
#include "ui/main_window.h"
#include "ui/project/project_desk.h"
#include "ui/training/learning_desk.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/centre_pages.h"
#include "ui/workspace/dock_set.h"
#include "ui/workspace/model_memory.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "widgets/attention/attention_lane.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/time_axis/clock_text.h"

namespace chladni::ui {

void MainWindow::connectDocks() {
  connect(&docks_->library(), &LibraryPanel::chosen, this, &MainWindow::showFile);
  connect(&docks_->library(), &LibraryPanel::closeRequested, this, &MainWindow::closeFile);
  connect(&docks_->attention(), &AttentionDock::attended, this, [this](const auto& map, const QString& question) { timeArea().attention().add(*map, question); });
  connect(&docks_->attention(), &AttentionDock::emptied, this, [this](const QString& why) { timeArea().attention().clear(why); });
  connect(&docks_->beside(), &BesideChoice::chosen, this, [this](const inference::ModelSpec* spec) {
    if (spec != nullptr) rememberModel(*settings_, ModelRole::beside, *spec);
    else forgetModel(*settings_, ModelRole::beside);
  });
  connect(docks_, &DockSet::failed, &pages_->banner(), &Banner::setMessage);
  connect(docks_, &DockSet::valueUnderCursor, status_, &StatusLine::setCursorText);
  connect(docks_, &DockSet::aboutToPlay, playback_, &PlaybackController::pause);
  connect(docks_, &DockSet::activityChanged, this, &MainWindow::refreshStatus);
  EmbeddingDock& map = docks_->embedding();
  map.setSelectionSource([this]() -> std::optional<std::pair<FileId, TimeRange>> {
    const auto selection = timeArea().selection();
    if (!current_ || !selection) return std::nullopt;
    return std::pair(*current_, *selection);
  });
  connect(&map, &EmbeddingDock::openRequested, this, [this](const QString& path, double from, double to) { openAt(toPath(path), from, to); });
}

void MainWindow::connectLibrary() {
  connect(library_, &Library::opened, this, &MainWindow::fileOpened);
  connect(library_, &Library::finished, this, &MainWindow::fileFinished);
  connect(library_, &Library::progressed, this, [this](FileId id) {
    if (id != current_) return;
    timeArea().refreshPeaks();
    refreshStatus();
  });
  connect(library_, &Library::predicted, this, [this](FileId id) {
    const OpenFile* file = library_->file(id);
    if (id != current_ || file == nullptr) return;
    timeArea().setPrediction(file->prediction);
    docks_->setPrediction(*file);
    refreshStatus();
  });
}

void MainWindow::connectDesk() {
  connect(desk_, &ProjectDesk::openRequested, this, [this](const QString& path) { openFile(toPath(path)); });
  connect(desk_, &ProjectDesk::failed, &pages_->banner(), &Banner::setMessage);
  connect(desk_, &ProjectDesk::noticed, status_, &StatusLine::setNotice);
  connect(desk_, &ProjectDesk::activityChanged, this, &MainWindow::refreshStatus);
  connect(&desk_->labels(), &LabelController::projectChanged, this, &MainWindow::rememberProject);
}

void MainWindow::connectLearning() {
  connect(learning_, &LearningDesk::failed, &pages_->banner(), &Banner::setMessage);
  connect(learning_, &LearningDesk::noticed, status_, &StatusLine::setNotice);
  connect(learning_, &LearningDesk::valueUnderCursor, status_, &StatusLine::setCursorText);
  connect(learning_, &LearningDesk::modelWanted, this, [this](const QString& package) { analysis_->listAgain(package.toStdString()); });
  connect(learning_, &LearningDesk::openRequested, this, [this](const QString& path, double from, double to) { openAt(toPath(path), from, to); });
}

void MainWindow::connectCorrections() {
  connect(corrections_, &CorrectionDesk::failed, &pages_->banner(), &Banner::setMessage);
  connect(corrections_, &CorrectionDesk::noticed, status_, &StatusLine::setNotice);
  connect(corrections_, &CorrectionDesk::modelWanted, this, [this](const QString& package) { analysis_->listAgain(package.toStdString()); });
  connect(corrections_, &CorrectionDesk::openRequested, this, [this](const QString& path, double from, double to) { openAt(toPath(path), from, to); });
  connect(corrections_, &CorrectionDesk::fullFinetuningWanted, learning_, &LearningDesk::finetune);
  connect(&timeArea().classes(), &widgets::ClassLane::predictionChanged, corrections_, &CorrectionDesk::refresh);
  connect(playback_, &PlaybackController::positionChanged, corrections_, &CorrectionDesk::refresh);
}

void MainWindow::connectRecording() {
  connect(recording_, &RecordingDesk::failed, &pages_->banner(), &Banner::setMessage);
  connect(recording_, &RecordingDesk::noticed, status_, &StatusLine::setNotice);
  connect(recording_, &RecordingDesk::activityChanged, this, &MainWindow::refreshStatus);
}

void MainWindow::connectLog() {
  connect(&pages_->banner(), &Banner::shown, log_, &LogDock::complain);
  connect(status_, &StatusLine::noticed, log_, &LogDock::note);
  connect(library_, &Library::finished, this, [this](FileId id) {
    const OpenFile* file = library_->file(id);
    if (file == nullptr || (file->error && file->error->code == ErrorCode::cancelled)) return;
    if (file->error) log_->complain(messageText(*file->error));
    if (file->recording) log_->note(tr("%1 read: %2").arg(toQString(file->path), widgets::clockText(file->recording->durationSeconds(), 1)));
  });
  connect(library_, &Library::known, this, [this](FileId id, const QString& package) {
    const auto prediction = library_->knownPrediction(id, package.toStdString());
    if (!prediction) return;
    log_->note(tr("%1 analysed by %2 in %3 s").arg(fileName(library_->file(id)->path), QString::fromStdString(prediction->provenance.model))
                   .arg(prediction->secondsOfCompute, 0, 'f', 1));
  });
  connect(&desk_->labels(), &LabelController::projectChanged, this, [this] {
    if (const auto* project = desk_->labels().project()) log_->note(tr("project %1").arg(toQString(project->path())));
  });
}

void MainWindow::connectPlayback() {
  connect(playback_, &PlaybackController::positionChanged, this, [this](double seconds) {
    timeArea().setPlayhead(seconds, playback_->playing());
    docks_->setPlayhead(seconds, playback_->playing());
  });
  connect(playback_, &PlaybackController::playingChanged, this, [this](bool playing) {
    QAction* play = actions_.find("play");
    play->setText(playing ? tr("&Pause") : tr("&Play"));
    refreshIcons();
    docks_->setPlayhead(playback_->position(), playing);
  });
  connect(playback_, &PlaybackController::speedChanged, toolBar_, &MainToolBar::setSpeed);
  connect(toolBar_, &MainToolBar::speedChosen, playback_, &PlaybackController::setSpeed);
  playback_->setVolume(settings_->value("volume", 1.0).toDouble());
  connect(playback_, &PlaybackController::soundUnavailable, this,
          [this] { status_->setNotice(tr("no sound device: playing silently")); });
}

void MainWindow::connectAnalysis() {
  connect(analysis_, &AnalysisController::activityChanged, this, &MainWindow::refreshStatus);
  connect(analysis_, &AnalysisController::modelsChanged, this, [this] {
    toolBar_->setModels(analysis_->models(), analysis_->model());
    if (!analysis_->problems().empty()) pages_->banner().setMessage(messageText(analysis_->missing().value_or(analysis_->problems().front())));
    docks_->prediction().setModelsInstalled(analysis_->model() != nullptr);
  });
  connect(analysis_, &AnalysisController::modelChosen, this, [this] {
    if (std::exchange(modelKnown_, true) && analysis_->model() != nullptr) rememberModel(*settings_, ModelRole::last, *analysis_->model());
    toolBar_->setModels(analysis_->models(), analysis_->model());
    timeArea().setModel(analysis_->model());
    refreshPage();
    tellWhyUnclassified();
    classifyIfWanted();
    refreshStatus();
  });
  connect(analysis_, &AnalysisController::classifyFailed, this, [this](FileId id, const Error& error) {
    modelFailure_ = error;
    if (id == current_) {
      pages_->banner().setMessage(messageText(error));
      docks_->prediction().setFailure(messageText(error));
      timeArea().setClassMessage(messageText(error));
    }
  });
}

}  // namespace chladni::ui
