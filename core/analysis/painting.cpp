#include "core/analysis/painting.h"

#include <algorithm>

namespace chladni::analysis {
namespace {

std::optional<metrics::PaintingFigures> figuresOf(const ReconstructedPlane& plane, const Matrix& input, const Matrix& painted,
                                                  bool sound, std::optional<double> peak) {
  if (input.values.empty() || input.values.size() != painted.values.size() || plane.grid.columns == 0) return std::nullopt;
  if (plane.mask.size() != static_cast<std::size_t>(plane.grid.patches())) return std::nullopt;
  const auto figures = metrics::paintingFigures(patchRows(input, plane.grid, sound), patchRows(painted, plane.grid, sound), plane.mask,
                                                plane.grid.columns, peak.value_or(metrics::valueSpan(input)));
  return figures.hidden > 0 ? std::optional(figures) : std::nullopt;
}

// Differences of brightness: the mean of each colour goes out.
Matrix brightness(Matrix plane, const PictureSpec& spec) {
  const bool blueFirst = spec.channelOrder == "bgr";
  const float full = 255.0F * spec.scale;
  for (std::size_t n = 0; n < plane.values.size(); ++n) {
    const std::size_t channel = n % 3;
    plane.values[n] *= spec.deviation[blueFirst ? 2 - channel : channel] / full;
  }
  return plane;
}

serial::JsonValue errorJson(const metrics::PaintingError& error) {
  return serial::JsonValue::object().set("error", error.error).set("db", error.peakRatio);
}

}  // namespace

Matrix patchRows(const Matrix& plane, const PatchGrid& grid, bool sound) {
  const std::int64_t channels = sound ? 1 : 3;
  Matrix rows(static_cast<std::int64_t>(grid.rows) * grid.columns, static_cast<std::int64_t>(grid.patchBins) * grid.patchColumns * channels);
  for (int r = 0; r < grid.rows; ++r)
    for (int c = 0; c < grid.columns; ++c) {
      auto target = rows.row(static_cast<std::int64_t>(r) * grid.columns + c).begin();
      for (int u = 0; u < grid.patchBins; ++u)
        for (int v = 0; v < grid.patchColumns; ++v) {
          const std::int64_t up = static_cast<std::int64_t>(r) * grid.strideBins + u, along = static_cast<std::int64_t>(c) * grid.strideColumns + v;
          for (std::int64_t channel = 0; channel < channels; ++channel)
            *target++ = sound ? plane.row(along)[static_cast<std::size_t>(up)] : plane.row(up)[static_cast<std::size_t>(3 * along + channel)];
        }
    }
  return rows;
}

ClipPainting paintingOf(const Reconstruction& reconstruction, const std::optional<PictureSpec>& pictures) {
  ClipPainting painting;
  painting.sound = figuresOf(reconstruction.sound, reconstruction.soundInput, reconstruction.soundPredicted, true, std::nullopt);
  if (pictures && !reconstruction.pictureInput.values.empty())
    painting.picture = figuresOf(reconstruction.picture, brightness(reconstruction.pictureInput, *pictures),
                                 brightness(reconstruction.picturePredicted, *pictures), false, 1.0);
  return painting;
}

serial::JsonValue paintingJson(const metrics::PaintingFigures& figures) {
  serial::JsonValue json = serial::JsonValue::object();
  json.set("hidden", figures.hidden).set("error", figures.model.error).set("db", figures.model.peakRatio);
  return json.set("mean_patch", errorJson(figures.meanPatch)).set("nearest_patch", errorJson(figures.nearestPatch));
}

}  // namespace chladni::analysis
