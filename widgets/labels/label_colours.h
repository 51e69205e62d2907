// The colours of labels: of their class; where the vocabulary does not have it, of their text, the same for the same text.
// Any thread that may read the theme.
#pragma once

#include <QColor>
#include <string>
#include <vector>

#include "core/data/label.h"

namespace chladni::widgets {

QColor colourOfText(const std::string& text);
QColor labelColour(const std::string& text, const std::vector<LabelClass>& classes);  // quiet without a text

}  // namespace chladni::widgets
