#include "core/runs/first_painter.h"

#include "core/datasets/manifest.h"
#include "core/training/recipe_presets.h"

namespace chladni::runs {

namespace {

constexpr double kBlock = 8.0;     // seconds; of each the last part is held out
constexpr double kLearned = 5.4;
constexpr double kHeldFrom = 5.6;  // none of the learned ones reaches into it
constexpr double kWindow = 2.6;    // a clip is two seconds: random ones of this are learned from
constexpr double kHop = 0.1;

datasets::DataItem clip(const std::filesystem::path& film, double start, double end, const char* split) {
  datasets::DataItem item;
  item.media = film;
  item.start = start;
  item.end = end;
  item.labels = {"film"};
  item.split = split;
  return item;
}

}  // namespace

Result<FirstPainter> firstPainter(const std::filesystem::path& film, double seconds, const std::filesystem::path& manifest) {
  auto recipe = training::presetRecipe("tiny-dualmae");
  if (!recipe) return fail(recipe.error());
  if (seconds < 2.0 * kBlock) return fail(ErrorCode::invalidArgument, film.string() + ": too short to learn from; take a film of half a minute or more");
  FirstPainter made;
  std::vector<datasets::DataItem> items;
  for (double block = 0.0; block + kBlock <= seconds; block += kBlock) {
    for (double at = 0.0; at + kWindow <= kLearned + 1e-9; at += kHop, ++made.learned) items.push_back(clip(film, block + at, block + at + kWindow, "train"));
    items.push_back(clip(film, block + kHeldFrom, block + kBlock, "validation"));
    ++made.held;
  }
  std::error_code problem;
  std::filesystem::create_directories(manifest.parent_path(), problem);
  if (problem) return fail(ErrorCode::io, manifest.parent_path().string() + ": " + problem.message());
  if (auto written = datasets::writeManifest(manifest, items); !written) return fail(written.error());
  made.recipe = std::move(*recipe);
  made.recipe.data = manifest.string();
  made.recipe.title = "My first painter";
  made.recipe.depth = 2;
  made.recipe.decoderDepth = 2;
  made.recipe.epochs = 120;
  made.recipe.evaluateEvery = 4;
  made.recipe.minutes = kFirstPainterMinutes;
  if (auto fits = training::check(made.recipe); !fits) return fail(fits.error());
  return made;
}

}  // namespace chladni::runs
