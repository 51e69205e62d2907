// Theme: the colours and the style sheet of the window, light and dark (the tokens of the design page). Widgets ask
// theme() while painting; applyTheme() changes it for the whole program, which then repaints. GUI thread only.
#pragma once

#include <QColor>
#include <QString>

namespace chladni::widgets {

struct Theme {
  bool dark = false;
  QColor window;    // behind everything
  QColor panel;     // docks, lane headers, cards
  QColor lane;      // behind data
  QColor text;
  QColor quiet;     // units, hints
  QColor hairline;  // the only borders
  QColor accent;    // focus ring, selection, primary button, current model
  QColor onAccent;  // text on it
  QColor playhead;
  QColor ok;
  QColor warn;
  QColor bad;
  QColor wave;      // peaks
  QColor waveCore;  // RMS
};

const Theme& theme();
// "light" or "dark"; anything else is light.
void applyTheme(const QString& name);

}  // namespace chladni::widgets
