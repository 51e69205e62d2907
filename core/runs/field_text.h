// The value of a recipe's field as a person writes it, the other way round than training::setField. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "core/training/recipe.h"

namespace chladni::runs {

// "true", "0.001", "24", "adamw"; numbers with the fewest digits that read back equal.
std::string fieldText(const training::Recipe& recipe, const training::RecipeField& field);

struct FieldChange {
  std::string field;
  std::string from;
  std::string to;
};
// Every field that differs, in the order of the form.
std::vector<FieldChange> changesBetween(const training::Recipe& from, const training::Recipe& to);

}  // namespace chladni::runs
