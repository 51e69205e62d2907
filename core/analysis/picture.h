// Pictures of tables without axes, as the command line and the window export them: one pixel a value, time to the right,
// low bins at the bottom. Values are spread linearly from `low` to `high` over the colour map; NaN is its first colour.
// Wide tables are joined (largest value of neighbours) to at most kMaxPictureWidth columns. Any thread.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/data/colormap.h"
#include "core/data/matrix.h"

namespace chladni::analysis {

inline constexpr std::int64_t kMaxPictureWidth = 32768;

struct ValueRange {
  float low = 0.0F;
  float high = 1.0F;
};

// Smallest and largest finite value; low < high always.
ValueRange valueRange(const Matrix& table);

// Fails with invalidArgument for an empty table, and with io.
Result<void> writePicture(const std::filesystem::path& path, const Matrix& table, ValueRange range, Colormap map,
                          int scale = 1);

}  // namespace chladni::analysis
