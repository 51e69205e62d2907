#include "ui/export/recording_desk.h"

#include <utility>

#include "ui/actions/action_catalogue.h"
#include "ui/export/record_dialog.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {
namespace {

RecordHabits habitsOf(const WorkspaceSettings& settings) {
  const RecordHabits first;
  return {settings.value("record/height", first.height).toInt(), settings.value("record/fps", first.fps).toInt(),
          settings.value("record/turnsPages", first.turnsPages).toBool(),
          settings.value("record/showsVideo", first.showsVideo).toBool(), settings.value("record/folder").toString()};
}

void remember(const RecordHabits& habits, WorkspaceSettings& settings) {
  settings.setValue("record/height", habits.height);
  settings.setValue("record/fps", habits.fps);
  settings.setValue("record/turnsPages", habits.turnsPages);
  settings.setValue("record/showsVideo", habits.showsVideo);
  settings.setValue("record/folder", habits.folder);
}

}  // namespace

RecordingDesk::RecordingDesk(QWidget& window, TimeArea& area, WorkspaceSettings& settings,
                             std::function<std::shared_ptr<const RegionAttention>()> regions, QObject* parent)
    : QObject(parent), window_(window), area_(area), settings_(settings), regions_(std::move(regions)) {
  connect(&recorder_, &LaneRecorder::progressed, this, &RecordingDesk::activityChanged);
  connect(&recorder_, &LaneRecorder::recorded, this,
          [this](const QString& path) { Q_EMIT noticed(tr("recorded: %1").arg(fileName(toPath(path)))); });
  connect(&recorder_, &LaneRecorder::cancelled, this,
          [this] { Q_EMIT noticed(tr("recording cancelled; nothing was written")); });
  connect(&recorder_, &LaneRecorder::failed, this, [this](const Error& why) { Q_EMIT failed(messageText(why)); });
  connect(&recorder_, &LaneRecorder::recorded, this, &RecordingDesk::activityChanged);
  connect(&recorder_, &LaneRecorder::cancelled, this, &RecordingDesk::activityChanged);
  connect(&recorder_, &LaneRecorder::failed, this, &RecordingDesk::activityChanged);
}

void RecordingDesk::addActions(ActionCatalogue& actions, QMenu* menu) {
  actions.add(menu, {"recordLanes",
                     tr("Record lanes as MP&4…"),
                     tr("A movie of the lanes with the moving playhead and the sound"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)},
                     [this] { openDialog(); }});
}

RecordDialog* RecordingDesk::openDialog() {
  if (busy()) {
    Q_EMIT noticed(tr("a movie is being recorded; wait for it, or cancel it with %1").arg(keyOf(*this, "cancel")));
    return nullptr;
  }
  const auto& recording = area_.recording();
  if (!recording) return nullptr;
  RecordOffer offer;
  offer.media = recording->path();
  offer.duration = recording->durationSeconds();
  offer.visible = area_.visible();
  offer.selection = area_.axis().selection();
  offer.lanes = area_.size();
  offer.pixelRatio = area_.devicePixelRatioF();
  offer.hasSound = recording->hasAudio();
  offer.hasVideo = recording->hasVideo();
  auto* dialog = new RecordDialog(offer, habitsOf(settings_), &window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    remember(dialog->habits(), settings_);
    record(dialog->recording());
  });
  dialog->open();
  return dialog;
}

void RecordingDesk::record(const LaneRecording& wanted) {
  closeAsked_ = false;
  Q_EMIT failed({});  // what went wrong the last time is over
  recorder_.start(area_, wanted, regions_());
}

QString RecordingDesk::activity() const {
  return busy() ? tr("recording %1").arg(fileName(recorder_.out())) : QString();
}

bool RecordingDesk::maySafelyClose() {
  if (!busy() || std::exchange(closeAsked_, true)) return true;
  Q_EMIT failed(tr("“%1” is still being recorded. Wait for it to end; closing here again cancels it.")
                    .arg(fileName(recorder_.out())));
  return false;
}

}  // namespace chladni::ui
