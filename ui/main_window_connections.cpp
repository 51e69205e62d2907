// Who hears whom in the main window, and which of its views can be kept as files.
#include <QTreeWidget>

#include "ui/actions/main_tool_bar.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/attention_dock.h"
#include "ui/docks/course_dock.h"
#include "ui/docks/embedding_dock.h"
#include "ui/docks/inspector_dock.h"
#include "ui/docks/prediction_dock.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/docks/spectrum_dock.h"
#include "ui/docks/status_line.h"
#include "ui/docks/video_dock.h"
#include "ui/export/recording_desk.h"
#include "ui/export/view_tables.h"
#include "ui/main_window.h"
#include "ui/project/project_desk.h"
#include "ui/training/learning_desk.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "widgets/attention/attention_grid.h"
#include "widgets/attention/attention_view.h"
#include "widgets/attention/position_view.h"
#include "widgets/embedding/embedding_map.h"
#include "widgets/export/view_export.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/waveform/waveform_lane.h"

namespace chladni::ui {

void MainWindow::connectLibrary() {
  connect(library_, &Library::opened, this, &MainWindow::fileOpened);
  connect(library_, &Library::finished, this, &MainWindow::fileFinished);
  connect(library_, &Library::progressed, this, [this](FileId id) {
    if (id != current_) return;
    timeArea_->refreshPeaks();
    refreshStatus();
  });
  connect(library_, &Library::predicted, this, [this](FileId id) {
    const OpenFile* file = library_->file(id);
    if (id != current_ || file == nullptr) return;
    timeArea_->setPrediction(file->prediction);
    videoDock_->setRegions(file->regions);
    predictionDock_->setPrediction(file->prediction, file->predictionComplete);
    courseDock_->setPrediction(file->prediction);
    refreshStatus();
  });
}

void MainWindow::connectDesk() {
  connect(desk_, &ProjectDesk::openRequested, this, [this](const QString& path) { openFile(toPath(path)); });
  connect(desk_, &ProjectDesk::failed, banner_, &Banner::setMessage);
  connect(desk_, &ProjectDesk::noticed, status_, &StatusLine::setNotice);
}

void MainWindow::connectLearning() {
  connect(learning_, &LearningDesk::failed, this, [this](const QString& why) {
    banner_->setMessage(why);
    status_->setNotice(why);  // seen without a file on show, too
  });
  connect(learning_, &LearningDesk::noticed, status_, &StatusLine::setNotice);
  connect(learning_, &LearningDesk::valueUnderCursor, status_, &StatusLine::setCursorText);
  connect(learning_, &LearningDesk::modelWanted, this, [this](const QString& package) { analysis_->listAgain(package.toStdString()); });
  connect(learning_, &LearningDesk::openRequested, this, [this](const QString& path, double from, double to) { openAt(toPath(path), from, to); });
}

void MainWindow::connectCorrections() {
  connect(corrections_, &CorrectionDesk::failed, banner_, &Banner::setMessage);
  connect(corrections_, &CorrectionDesk::noticed, status_, &StatusLine::setNotice);
  connect(corrections_, &CorrectionDesk::modelWanted, this, [this](const QString& package) { analysis_->listAgain(package.toStdString()); });
  connect(corrections_, &CorrectionDesk::openRequested, this, [this](const QString& path, double from, double to) { openAt(toPath(path), from, to); });
  connect(corrections_, &CorrectionDesk::fullFinetuningWanted, learning_, &LearningDesk::finetune);
  connect(&timeArea_->classes(), &widgets::ClassLane::predictionChanged, corrections_, &CorrectionDesk::refresh);
  connect(playback_, &PlaybackController::positionChanged, corrections_, &CorrectionDesk::refresh);
}

void MainWindow::connectRecording() {
  connect(recording_, &RecordingDesk::failed, banner_, &Banner::setMessage);
  connect(recording_, &RecordingDesk::noticed, status_, &StatusLine::setNotice);
  connect(recording_, &RecordingDesk::activityChanged, this, &MainWindow::refreshStatus);
}

void MainWindow::connectPlayback() {
  connect(playback_, &PlaybackController::positionChanged, this, [this](double seconds) {
    timeArea_->setPlayhead(seconds, playback_->playing());
    videoDock_->show(seconds);
    predictionDock_->setPlayhead(seconds);
    courseDock_->setPlayhead(seconds);
    spectrumDock_->setPlayhead(seconds);
    attentionDock_->setPlayhead(seconds, playback_->playing());
    reconstructionDock_->setPlayhead(seconds, playback_->playing());
  });
  connect(playback_, &PlaybackController::playingChanged, this, [this](bool playing) {
    QAction* play = actions_.find("play");
    play->setText(playing ? tr("&Pause") : tr("&Play"));
    refreshIcons();
    attentionDock_->setPlayhead(playback_->position(), playing);
    reconstructionDock_->setPlayhead(playback_->position(), playing);
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
    if (!analysis_->problems().empty()) {
      modelFailure_ = analysis_->problems().front();
      banner_->setMessage(messageText(*modelFailure_));
    }
    predictionDock_->setModelsInstalled(analysis_->model() != nullptr);
  });
  connect(analysis_, &AnalysisController::modelChosen, this, [this] {
    toolBar_->setModels(analysis_->models(), analysis_->model());
    timeArea_->setModel(analysis_->model());
    refreshPage();
    classifyIfWanted();
    refreshStatus();
  });
  connect(analysis_, &AnalysisController::classifyFailed, this, [this](FileId id, const Error& error) {
    modelFailure_ = error;
    if (id == current_) {
      banner_->setMessage(messageText(error));
      predictionDock_->setFailure(messageText(error));
      timeArea_->setClassMessage(messageText(error));
    }
  });
}

// A right click, or the menu key, on any of these.
void MainWindow::makeExportable() {
  const auto offer = [this](QWidget& view, const QString& name, widgets::ViewExport::Table table = {}) {
    auto* made = new widgets::ViewExport(&view, name, std::move(table));
    connect(made, &widgets::ViewExport::failed, banner_, &Banner::setMessage);
  };
  offer(timeArea_->waveform(), tr("waveform"));
  offer(timeArea_->spectrogram(), tr("spectrogram"), [this] { return timeArea_->spectrogram().table(); });
  offer(timeArea_->classes(), tr("classes"), [this] {
    const OpenFile* file = currentFile();
    return file != nullptr && file->prediction ? predictionTable(*file->prediction) : QString();
  });
  offer(attentionDock_->view(), tr("attention"), [this] {
    const auto& map = attentionDock_->view().map();
    return map ? attentionTable(*map) : QString();
  });
  offer(attentionDock_->grid(), tr("attention heads"), [this] {
    const auto& map = attentionDock_->grid().map();
    return map ? attentionOverviewTable(*map, attentionDock_->grid().heads()) : QString();
  });
  offer(reconstructionDock_->view(), tr("reconstruction"), [this] {
    const auto& clip = reconstructionDock_->clip();
    return clip ? reconstructionTable(*clip) : QString();
  });
  offer(reconstructionDock_->strips(), tr("patches"), [this] {
    const auto& clip = reconstructionDock_->clip();
    return clip ? patchTable(clip->result) : QString();
  });
  offer(inspectorDock_->tree(), tr("modules"), [this] { return inspectorDock_->tensorTable(); });
  offer(inspectorDock_->positions(), tr("positions"), [this] { return inspectorDock_->positionTable(); });
  offer(embeddingDock_->map(), tr("map of clips"), [this] { return embeddingDock_->table(); });
}

}  // namespace chladni::ui
