// The window's icons: one set on a 24-unit grid, 1.5-unit strokes, drawn in the colour of the text around them, sharp at
// every scale. GUI thread only.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>

namespace chladni::ui {

// open, play, pause, loop, fit, zoom-selection, analyse, search; a null icon for other names.
QIcon icon(const QString& name, const QColor& colour);

}  // namespace chladni::ui
