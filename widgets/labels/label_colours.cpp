#include "widgets/labels/label_colours.h"

#include "widgets/theme/class_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {

QColor labelColour(const std::string& text, const std::vector<LabelClass>& classes) {
  for (const LabelClass& one : classes)
    if (one.name == text) return markColour(one.colour);
  return text.empty() ? theme().quiet : classColour(QString::fromStdString(text));
}

}  // namespace chladni::widgets
