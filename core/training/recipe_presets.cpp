#include "core/training/recipe_presets.h"

#include <filesystem>

#include "core/training/preset_tables.h"

namespace chladni::training {
namespace {

std::vector<RecipePreset> makePresets() {
  std::vector<RecipePreset> presets;
  for (auto part : {astPresets(), asitPresets(), bagPresets(), lyricsPresets(), avePresets(), cavmaePresets()})
    presets.insert(presets.end(), part.begin(), part.end());
  for (auto& preset : presets) preset.recipe.preset = preset.name;
  return presets;
}

}  // namespace

const std::vector<RecipePreset>& recipePresets() {
  static const std::vector<RecipePreset> presets = makePresets();
  return presets;
}

Result<Recipe> presetRecipe(const std::string& name) {
  std::vector<std::string> known;
  for (const auto& preset : recipePresets()) {
    if (preset.name == name) return preset.recipe;
    known.emplace_back(preset.name);
  }
  const auto nearest = nearestName(name, known);
  return fail(ErrorCode::notFound, serial::printable(name) + ": neither a recipe file nor a preset" +
                                       (nearest.empty() ? "; train presets lists them" : "; did you mean " + nearest + "?"));
}

Result<Recipe> resolveRecipe(const std::string& fileOrPreset, const std::vector<std::string>& assignments) {
  Recipe recipe;
  std::error_code ignored;
  if (std::filesystem::is_regular_file(fileOrPreset, ignored)) {
    auto json = serial::readJsonFile(fileOrPreset);
    if (!json) return fail(json.error());
    const auto* named = json->find("preset");
    if (named && named->string() && !named->string()->empty()) {
      auto preset = presetRecipe(*named->string());
      if (!preset) return fail(preset.error(), fileOrPreset);
      recipe = *preset;
    }
    auto read = recipeFromJson(*json, recipe);
    if (!read) return fail(read.error(), fileOrPreset);
    recipe = *read;
  } else if (!fileOrPreset.empty()) {
    auto preset = presetRecipe(fileOrPreset);
    if (!preset) return fail(preset.error());
    recipe = *preset;
  }
  for (const auto& assignment : assignments)
    if (auto set = setField(recipe, assignment); !set) return fail(set.error());
  return recipe;
}

}  // namespace chladni::training
