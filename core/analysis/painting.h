// How well a masked autoencoder painted one clip: errors and peak ratios of what was hidden, beside the mean of the patches
// that could be seen and the nearest of them (core/metrics/painting.h). Sound in the model's normalised units, its peak
// the span of the clip's own values; pictures in brightness from 0 to 1. Pure; any thread.
#pragma once

#include <optional>

#include "core/data/picture_spec.h"
#include "core/data/reconstruction.h"
#include "core/metrics/painting.h"
#include "core/serial/json_value.h"

namespace chladni::analysis {

struct ClipPainting {
  // Nothing when that modality was not given, or all or nothing of it was hidden.
  std::optional<metrics::PaintingFigures> sound, picture;
};

ClipPainting paintingOf(const Reconstruction& reconstruction, const std::optional<PictureSpec>& pictures);

// Patches of a plane as rows, [patch, value], in the order of the grid. Sound tables run [column, bin], pictures
// [y, x * 3 + channel].
Matrix patchRows(const Matrix& plane, const PatchGrid& grid, bool sound);

// {"hidden", "error", "db", "mean_patch": {"error", "db"}, "nearest_patch": {...}}
serial::JsonValue paintingJson(const metrics::PaintingFigures& figures);

}  // namespace chladni::analysis
