#include "widgets/labels/label_colours.h"

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr unsigned kClassColours = 28;

}  // namespace

QColor colourOfText(const std::string& text) {
  unsigned hash = 0;
  for (const char c : text) hash = hash * 31 + static_cast<unsigned char>(c);
  return classColour(static_cast<int>(hash % kClassColours), QString::fromStdString(text));
}

QColor labelColour(const std::string& text, const std::vector<LabelClass>& classes) {
  for (const LabelClass& one : classes)
    if (one.name == text) return QColor::fromRgb(one.colour);
  return text.empty() ? theme().quiet : colourOfText(text);
}

}  // namespace chladni::widgets
