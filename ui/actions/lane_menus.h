// What a right click in a lane offers besides copying and exporting: the actions of the window that are about that lane.
// They stay the catalogue's. GUI thread only; call once, when the catalogue is full.
#pragma once

#include "ui/actions/action_catalogue.h"

namespace chladni::ui {

class TimeArea;

void fillLaneMenus(const ActionCatalogue& actions, TimeArea& area);

}  // namespace chladni::ui
