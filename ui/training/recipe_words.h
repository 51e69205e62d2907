// What recipe fields and presets mean, in the language of the window; those that are not known there stay English. Any thread.
#pragma once

#include <QString>
#include <string_view>

#include "core/training/recipe.h"

namespace chladni::ui {

QString fieldHelp(const training::RecipeField& field);
QString presetSummary(std::string_view summary);

}  // namespace chladni::ui
