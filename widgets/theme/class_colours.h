// Colours of classes: the same name has the same colour in every file, view and run of the program. Okabe and Ito's
// palette first, then hues between theirs at the same lightness steps; a colour is always shown beside the name, never
// alone. Pure functions; any thread.
#pragma once

#include <QColor>
#include <QString>

namespace chladni::widgets {

QColor classColour(const QString& className);
// Classes that mean "nothing in particular" ("background", "other", "unknown") are grey.
QColor backgroundColour();
// Black or white, whichever reads better on `ground`.
QColor textOn(const QColor& ground);

}  // namespace chladni::widgets
