// The presets of each kind of model; recipe_presets.cpp joins them. Private to core/training. Plain values.
#pragma once

#include <vector>

#include "core/training/recipe_presets.h"

namespace chladni::training {

Recipe instrumentRecipe();  // of the shipped recogniser: where others for instruments begin

std::vector<RecipePreset> astPresets();
std::vector<RecipePreset> asitPresets();
std::vector<RecipePreset> bagPresets();
std::vector<RecipePreset> lyricsPresets();
std::vector<RecipePreset> avePresets();
std::vector<RecipePreset> cavmaePresets();

}  // namespace chladni::training
