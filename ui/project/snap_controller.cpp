#include "ui/project/snap_controller.h"

#include <QSignalBlocker>
#include <algorithm>

#include "ui/project/label_controller.h"
#include "ui/workspace/text.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"

namespace chladni::ui {
namespace {

constexpr double kDragPixels = 8.0;
constexpr double kLongestReach = 0.25;  // seconds, however far out the view is zoomed
constexpr double kPictures = -1.0;

}  // namespace

SnapController::SnapController(TimeArea& area, widgets::LabelLane& lane, LabelController& labels, QObject* parent)
    : QObject(parent), area_(area), lane_(lane), labels_(labels), post_(this) {
  connect(&area_, &TimeArea::recordingChanged, this, [this] {
    worker_ = {};
    busy_ = false;
    foundOnsets_.reset();
    foundCuts_.reset();
    refresh();
  });
  labels_.setSnap([this](double at, double within, std::optional<double> except) { return snapped(at, within, except); });
  lane_.setSnap([this](double at, double from) {
    const double pixel = lane_.timeAt(1.0) - lane_.timeAt(0.0);
    return snapped(at, std::min(kLongestReach, kDragPixels * pixel), from);
  });
}

void SnapController::addActions(ActionCatalogue& actions, QMenu* menu, QWidget* within, std::function<double()> frameSeconds) {
  actions_ = &actions;
  frameSeconds_ = std::move(frameSeconds);
  actions.add(menu, {"snap", tr("S&nap"), tr("Edges of labels snap to what is near: other edges, onsets, cuts, a grid. Alt while dragging does without"),
                     {QKeySequence(Qt::Key_S)}, [this] { setOn(actions_->find("snap")->isChecked()); }, true, within});
  actions.add(menu, {"snapNow", tr("Snap the selected label"), tr("Both edges to the nearest edge, onset, cut or line of the grid"),
                     {QKeySequence(Qt::SHIFT | Qt::Key_S)}, [this] {
                       const bool before = std::exchange(settings_.on, true);
                       lookForMore();
                       if (busy_) Q_EMIT noticed(tr("still looking for onsets; press again in a moment"));
                       else labels_.snapSelected(kLongestReach);
                       settings_.on = before;
                     }, false, within});
  QMenu* kinds = menu->addMenu(tr("Snap &to"));
  const auto kind = [&](const char* id, const QString& text, bool SnapSettings::*flag) {
    QAction* action = actions.add(kinds, {id, text, {}, {}, [this, id, flag] {
                                            settings_.*flag = actions_->find(id)->isChecked();
                                            refresh();
                                            Q_EMIT settingsChanged();
                                          }, true});
    const QSignalBlocker quiet(action);
    action->setChecked(settings_.*flag);
  };
  kind("snapEdges", tr("&Edges of labels"), &SnapSettings::edges);
  kind("snapOnsets", tr("&Onsets of the sound"), &SnapSettings::onsets);
  kind("snapCuts", tr("&Cuts of the picture, up to two minutes"), &SnapSettings::cuts);
  const auto grid = [&](const char* id, const QString& text, double seconds) {
    actions.add(kinds, {id, text, {}, {}, [this, seconds] { setGrid(settings_.grid == seconds ? 0.0 : seconds); }, true});
  };
  grid("snapSeconds", tr("&Seconds"), 1.0);
  grid("snapTenths", tr("&Tenths of a second"), 0.1);
  grid("snapPictures", tr("&Pictures of the video"), kPictures);
}

void SnapController::setGrid(double seconds) {
  settings_.grid = seconds;
  refreshActions();
  refresh();
  Q_EMIT settingsChanged();
}

void SnapController::setSettings(const SnapSettings& settings) {
  settings_ = settings;
  refreshActions();
  refresh();
}

void SnapController::refreshActions() {
  if (actions_ == nullptr) return;
  const auto check = [this](const char* id, bool checked) {
    const QSignalBlocker quiet(actions_->find(id));
    actions_->find(id)->setChecked(checked);
  };
  check("snap", settings_.on);
  check("snapEdges", settings_.edges);
  check("snapOnsets", settings_.onsets);
  check("snapCuts", settings_.cuts);
  for (const auto& [id, step] : {std::pair{"snapSeconds", 1.0}, {"snapTenths", 0.1}, {"snapPictures", kPictures}}) check(id, step == settings_.grid);
}

void SnapController::setOn(bool on) {
  settings_.on = on;
  refreshActions();
  refresh();
  Q_EMIT settingsChanged();
  Q_EMIT noticed(on ? tr("labels snap to what is near") : tr("labels go where they are put"));
}

void SnapController::refresh() {
  if (settings_.on) lookForMore();
  lane_.setMarks(settings_.on && settings_.onsets && foundOnsets_ ? *foundOnsets_ : std::vector<MediaTime>(), settings_.on && settings_.cuts && foundCuts_ ? *foundCuts_ : std::vector<MediaTime>());
}

void SnapController::lookForMore() {
  const auto recording = area_.recording();
  const bool wantOnsets = settings_.onsets && !foundOnsets_;
  const bool wantCuts = settings_.cuts && !foundCuts_;
  if (!recording || busy_ || (!wantOnsets && !wantCuts)) return;
  busy_ = true;
  worker_ = std::jthread([this, recording, wantOnsets, wantCuts, post = post_](const std::stop_token& stop) {
    const auto none = [] { return Result<std::vector<MediaTime>>(std::vector<MediaTime>{}); };
    auto onsets = wantOnsets ? analysis::onsetsOf(*recording, stop) : none();
    auto cuts = wantCuts ? analysis::cutsOf(*recording, stop) : none();
    if (stop.stop_requested()) return;
    post([this, recording, wantOnsets, wantCuts, onsets = std::move(onsets), cuts = std::move(cuts)] {
      if (recording != area_.recording()) return;
      busy_ = false;
      // What could not be read is not asked for again.
      if (wantOnsets) foundOnsets_ = onsets.value_or(std::vector<MediaTime>());
      if (wantCuts) foundCuts_ = cuts.value_or(std::vector<MediaTime>());
      for (const auto* found : {&onsets, &cuts})
        if (!*found) Q_EMIT noticed(toText(found->error()));
      refresh();
    });
  });
}

analysis::SnapTargets SnapController::targets() const {
  analysis::SnapTargets targets;
  if (settings_.edges) {
    std::vector<LabelTrack> tracks;
    for (const auto& stored : labels_.tracks()) tracks.push_back(stored.track);
    targets.edges = analysis::edgesOf(tracks);
  }
  if (settings_.onsets && foundOnsets_) targets.onsets = *foundOnsets_;
  if (settings_.cuts && foundCuts_) targets.cuts = *foundCuts_;
  targets.gridStep = MediaTime::fromSeconds(settings_.grid == kPictures ? (frameSeconds_ ? frameSeconds_() : 0.0) : settings_.grid);
  return targets;
}

double SnapController::snapped(double at, double within, std::optional<double> except) const {
  if (!settings_.on) return at;
  const auto point = analysis::snapPoint(targets(), MediaTime::fromSeconds(at), MediaTime::fromSeconds(within),
                                         except ? std::optional(MediaTime::fromSeconds(*except)) : std::nullopt);
  return point ? point->at.seconds() : at;
}

}  // namespace chladni::ui
