// letShrink: puts what a dock holds into a scroll area, so that docks above each other fit on a small screen: where there is
// too little room the content scrolls instead of pushing the window over the edge of the screen. GUI thread only.
#pragma once

#include <QDockWidget>

namespace chladni::ui {

// Once for each dock, after it has its content.
void letShrink(QDockWidget& dock);

}  // namespace chladni::ui
