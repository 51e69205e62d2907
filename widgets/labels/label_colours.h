// The colours of labels: of their class; where the vocabulary does not have it, of their text as a name of a class.
// Any thread that may read the theme.
#pragma once

#include <QColor>
#include <string>
#include <vector>

#include "core/data/label.h"

namespace chladni::widgets {

QColor labelColour(const std::string& text, const std::vector<LabelClass>& classes);  // quiet without a text

}  // namespace chladni::widgets
