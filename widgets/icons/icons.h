// The program's icons: SVG drawings of our own (resources/icons) on a 24-unit grid with 1.5-unit strokes, drawn in the
// colour of the text around them and rendered anew for every size, so that they are sharp at every scale. GUI thread only.
#pragma once

#include <QColor>
#include <QIcon>
#include <QString>
#include <QStringList>

namespace chladni::widgets {

// A null icon for names that are not in iconNames().
QIcon icon(const QString& name, const QColor& colour);
QStringList iconNames();

}  // namespace chladni::widgets
