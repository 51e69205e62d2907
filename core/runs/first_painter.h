// The recipe of a first masked autoencoder, small enough to learn from one film in a few minutes of two cores: for people who
// want to see how it works. The film is cut into clips; every few seconds one is kept from learning, with a gap around it.
// Fails as writing a manifest does, with invalidArgument for a film too short.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/training/recipe.h"

namespace chladni::runs {

inline constexpr double kFirstPainterMinutes = 6.0;  // it ends then, however slow the machine

struct FirstPainter {
  training::Recipe recipe;
  std::int64_t learned = 0;  // clips
  std::int64_t held = 0;
};

// Writes the manifest; folders are made.
Result<FirstPainter> firstPainter(const std::filesystem::path& film, double seconds, const std::filesystem::path& manifest);

}  // namespace chladni::runs
