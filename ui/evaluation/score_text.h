// Figures of an evaluation as they are written everywhere: two digits.
#pragma once

#include <QString>

namespace chladni::ui {

inline QString scoreText(double value) { return QString::number(value, 'f', 2); }

}  // namespace chladni::ui
