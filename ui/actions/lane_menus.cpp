#include "ui/actions/lane_menus.h"

#include <initializer_list>

#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/waveform/waveform_lane.h"

namespace chladni::ui {
namespace {

// An empty name is a line between.
void give(const ActionCatalogue& actions, QWidget& lane, std::initializer_list<const char*> ids) {
  for (const char* id : ids) {
    QAction* action = *id != '\0' ? actions.find(id) : new QAction(&lane);
    if (*id == '\0') action->setSeparator(true);
    lane.addAction(action);
  }
}

}  // namespace

void fillLaneMenus(const ActionCatalogue& actions, TimeArea& area) {
  for (QWidget* lane : std::initializer_list<QWidget*>{&area.waveform(), &area.spectrogram()})
    give(actions, *lane, {"playSelection", "zoomSelection", "fit", "", "labelSelection", "labelPoint"});
  give(actions, area.spectrogram(), {"labelBox", "", "spectrogramSettings"});
  give(actions, area.classes(), {"playSelection", "zoomSelection", "fit", "", "analyse", "propose"});
  give(actions, area.labels(), {"labelText", "labelAccept", "labelReject", "", "labelSplit", "labelMerge", "labelDuplicate", "labelDelete", "",
                                "newTrack", "newPointTrack", "renameTrack", "removeTrack", "exclusiveTrack", "referenceTrack"});
}

}  // namespace chladni::ui
