// The recipes that have a name: each study's settings and the program's own. A preset is a Recipe; the user's file and
// --set change it field by field. Plain values; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/training/recipe.h"

namespace chladni::training {

struct RecipePreset {
  std::string_view name;
  std::string_view summary;  // one line
  Recipe recipe;
};

const std::vector<RecipePreset>& recipePresets();
// Fails with notFound and the nearest known name.
Result<Recipe> presetRecipe(const std::string& name);

// A recipe file (JSON) or the name of a preset, then the assignments in their order. A file may name the preset that it
// changes. Does not check() yet, because commands add what only they know. Fails as reading and setting do.
Result<Recipe> resolveRecipe(const std::string& fileOrPreset, const std::vector<std::string>& assignments);

}  // namespace chladni::training
