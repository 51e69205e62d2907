// Words that the core has in English, in the language of the window. What is not known here stays as it is.
#pragma once

#include <QString>
#include <string>

namespace chladni::ui {

// Of Progress: what is being done.
QString stageText(const std::string& stage);

// Of a step that can be undone, as projects keep it: `name "flute"`, `shift labels`.
QString stepText(const std::string& step);

}  // namespace chladni::ui
