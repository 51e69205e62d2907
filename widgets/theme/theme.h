// Theme: the colours, fonts and style sheet of the window, light and dark (the tokens of the design page). Widgets ask
// theme() while painting; applyTheme() changes it for the whole program, which then repaints. GUI thread only.
#pragma once

#include <QColor>
#include <QFont>
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
// "light" or "dark"; anything else is light. Sets style, palette, font and style sheet of the application.
void applyTheme(const QString& name);

QFont axisFont(const QFont& body);   // 9 of 10 points
QFont titleFont(const QFont& body);  // 12 of 10 points
QFont strongFont(const QFont& body);

// Between two colours: share 1 is `a`.
QColor mixed(const QColor& a, const QColor& b, double share);

}  // namespace chladni::widgets
