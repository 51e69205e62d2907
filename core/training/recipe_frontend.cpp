#include "core/training/recipe_frontend.h"

#include "core/dsp/frontend_presets.h"

namespace chladni::training {
namespace {

std::string join(const std::vector<std::string>& words) {
  std::string all;
  for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

}  // namespace

Result<FrontendSpec> frontendOf(const Recipe& recipe, bool sees, const std::optional<FrontendSpec>& start) {
  // Recipes for phrases were first written when those had one front end only, which had no name.
  const auto name = recipe.source == "instruments" && recipe.frontend == Recipe().frontend ? std::string("instruments-s") : recipe.frontend;
  FrontendSpec spec;
  if (start) {
    spec = *start;
  } else if (const auto preset = dsp::frontendPreset(name)) {
    spec = *preset;
    if (recipe.sampleRate > 0) spec.rate = SampleRate(static_cast<int>(recipe.sampleRate));
  } else {
    return fail(ErrorCode::invalidArgument, "frontend: " + recipe.frontend + " is none of " + join(dsp::frontendPresetNames()));
  }
  if (sees && !spec.picture) spec.picture = PictureSpec{};
  if (sees && !start && recipe.pictureSize > 0) spec.picture->size = static_cast<int>(recipe.pictureSize);
  if (recipe.frames > 0) spec.targetFrames = recipe.frames;
  if (spec.targetFrames < 1) return fail(ErrorCode::invalidArgument, "frames: the front end leaves the length open; give one");
  return spec;
}

}  // namespace chladni::training
