// Colours of classes and of curves as the theme shows them: at least 3 : 1 from what is behind them, light and dark. A class has
// the colour that the open project chose for it, else the one of its name (core/data/class_palette.h), in every view. GUI
// thread only.
#pragma once

#include <QColor>
#include <QString>
#include <cstdint>
#include <vector>

#include "core/data/label.h"

namespace chladni::widgets {

QColor classColour(const QString& name);
// Those of the project; none when none is open. Views show them from their next painting.
void setChosenColours(const std::vector<LabelClass>& classes);

// 0xRRGGBB, moved away from the ground of lanes and docks as far as marks must be.
QColor markColour(std::uint32_t colour);

// Of the nth of several curves that are no classes.
QColor seriesColour(int n);

}  // namespace chladni::widgets
