#include "ui/workspace/window_activity.h"

#include "ui/actions/action_catalogue.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/analysis/correction_desk.h"
#include "ui/docks/prediction_dock.h"
#include "ui/docks/status_line.h"
#include "ui/export/recording_desk.h"
#include "ui/project/project_desk.h"
#include "ui/training/learning_desk.h"
#include "ui/workspace/core_words.h"
#include "ui/workspace/dock_set.h"
#include "ui/workspace/library.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"

namespace chladni::ui {

void WindowActivity::tell(StatusLine& status) const {
  const auto& analysis = parts_.analysis;
  const inference::ModelSpec* model = analysis.model();
  status.setDevice(analysis.device());
  status.setModel(model != nullptr ? toText(model->title.empty() ? model->name : model->title) : analysis.modelsKnown() ? tr("no model") : QString());
  status.setWaiting(static_cast<int>(analysis.classifying().has_value()) + static_cast<int>(analysis.attending()));
  tellProgress(status);
}

void WindowActivity::tellProgress(StatusLine& status) const {
  const OpenFile* file = parts_.file();
  const auto show = [&](const Progress& progress, const QString& nameless) {
    status.setActivity(progress.stage.empty() ? nameless : stageText(progress.stage), progress.done, progress.total);
  };
  if (parts_.recording.busy()) {
    status.setActivity(parts_.recording.activity(), parts_.recording.progress().done, parts_.recording.progress().total);
  } else if (parts_.analysis.classifying()) {
    show(parts_.analysis.progress(), {});
  } else if (file != nullptr && file->state == FileState::reading) {
    show(file->progress, tr("reading"));
  } else if (file != nullptr && file->state == FileState::opening) {
    status.setActivity(tr("opening"), 0, 0);
  } else if (parts_.analysis.attending()) {
    status.setActivity(tr("attention"), 0, 0);
  } else if (parts_.analysis.comparing()) {
    status.setActivity(tr("another model"), 0, 0);
  } else if (parts_.desk.working()) {
    show(parts_.desk.progress(), tr("working on the project"));
  } else {
    status.setActivity({}, 0, 0);
  }
}

QString WindowActivity::pending() const {
  const auto& analysis = parts_.analysis;
  if (!analysis.modelsKnown()) return tr("listing models");
  if (parts_.library.busy()) return tr("reading files");
  if (analysis.classifying()) return tr("classifying");
  if (analysis.attending()) return tr("attention");
  if (analysis.reconstructing()) return tr("reconstruction");
  if (analysis.comparing()) return tr("another model");
  if (parts_.desk.busy()) return tr("project");
  if (parts_.learning.busy()) return tr("runs");
  if (parts_.corrections.busy()) return tr("corrections");
  if (parts_.recording.busy()) return tr("recording");
  if (const QString docks = parts_.docks.pending(); !docks.isEmpty()) return docks;
  return parts_.area.pending();
}

bool WindowActivity::cancellable() const {
  const auto& analysis = parts_.analysis;
  return analysis.classifying() || analysis.attending() || analysis.reconstructing() || analysis.comparing() || parts_.docks.busy() || parts_.recording.busy() || parts_.desk.working();
}

void WindowActivity::cancel() const {
  parts_.desk.cancel();
  parts_.recording.cancel();
  const OpenFile* file = parts_.file();
  const bool listening = file != nullptr && file->analysing;
  parts_.analysis.cancel();
  if (!listening || file->prediction) return;
  parts_.docks.prediction().setStopped();
  parts_.area.setClassMessage(tr("Stopped. %1 analyses again.").arg(keyOf(parts_.area, "analyse")));
}

}  // namespace chladni::ui
