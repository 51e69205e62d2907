#include "core/analysis/reconstruction.h"

#include <cmath>
#include <numeric>

#include "core/analysis/model_clip.h"

namespace chladni::analysis {

namespace {

// Whether a value of a plane is hidden: by the pixels where there are any, else by its patch. Sound tables run
// [column, bin], pictures [y, x * 3 + channel].
class Hidden {
 public:
  Hidden(const ReconstructedPlane& plane, bool sound, const std::vector<std::uint8_t>& pixels, std::int64_t columns)
      : plane_(plane), sound_(sound), pixels_(pixels), columns_(columns) {}
  [[nodiscard]] bool at(std::int64_t row, std::int64_t column) const {
    if (!pixels_.empty()) {
      const auto pixel = static_cast<std::size_t>(row * columns_ + column);
      return pixel < pixels_.size() && pixels_[pixel] != 0;
    }
    const std::int64_t along = sound_ ? row : column / 3;
    const std::int64_t up = sound_ ? column : row;
    const std::int64_t patchColumn = along / plane_.grid.strideColumns;
    const std::int64_t patchRow = up / plane_.grid.strideBins;
    if (patchColumn >= plane_.grid.columns || patchRow >= plane_.grid.rows) return false;
    const auto index = static_cast<std::size_t>(patchRow * plane_.grid.columns + patchColumn);
    return index < plane_.mask.size() && plane_.mask[index] != 0;
  }

 private:
  const ReconstructedPlane& plane_;
  const bool sound_;
  const std::vector<std::uint8_t>& pixels_;
  const std::int64_t columns_;
};

PlanePictures planes(const ReconstructedPlane& plane, const Matrix& input, const Matrix& predicted, bool sound,
                     const std::vector<std::uint8_t>& pixels = {}) {
  PlanePictures pictures{input, input, predicted, input, Matrix(input.rows, input.columns), {}};
  if (input.values.empty()) return pictures;
  pictures.hidden.assign(input.values.size(), 0);
  const double sum = std::accumulate(input.values.begin(), input.values.end(), 0.0);
  const auto mean = static_cast<float>(sum / static_cast<double>(input.values.size()));
  const Hidden hidden(plane, sound, pixels, input.columns);
  for (std::int64_t r = 0; r < input.rows; ++r) {
    for (std::int64_t c = 0; c < input.columns; ++c) {
      if (!hidden.at(r, c)) continue;
      const auto i = static_cast<std::size_t>(c);
      const float painted = predicted.row(r)[i];
      pictures.hidden[static_cast<std::size_t>(r * input.columns + c)] = 1;
      pictures.masked.row(r)[i] = mean;
      pictures.pasted.row(r)[i] = painted;
      pictures.error.row(r)[i] = std::abs(painted - input.row(r)[i]);
    }
  }
  return pictures;
}

}  // namespace

Result<ReconstructedClip> reconstruct(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                                      inference::MaskRequest request, PatchStatistics statistics, std::stop_token stop) {
  const auto* reconstructor = model.reconstructor();
  if (!reconstructor)
    return fail(ErrorCode::unsupported, model.spec().name + ": this model reconstructs nothing; choose a masked autoencoder");
  ReconstructedClip shown;
  shown.modes = reconstructor->modes();
  if (request.mode.empty() && !shown.modes.empty()) request.mode = shown.modes.front();
  auto clip = clipAround(recording, model.spec(), at, stop);
  if (!clip) return fail(clip.error());
  auto result = reconstructor->reconstruct(clip->input(), request, std::move(stop));
  if (!result) return fail(result.error());
  shown.span = clip->span;
  shown.result = std::move(*result);
  if (statistics == PatchStatistics::neighbours) shown.guessedStatistics = guessPatchStatistics(shown.result);
  shown.sound = soundPlanes(shown.result);
  shown.picture = picturePlanes(shown.result);
  return shown;
}

PlanePictures soundPlanes(const Reconstruction& reconstruction) {
  return planes(reconstruction.sound, reconstruction.soundInput, reconstruction.soundPredicted, true, reconstruction.soundPixels);
}

PlanePictures picturePlanes(const Reconstruction& reconstruction) {
  return planes(reconstruction.picture, reconstruction.pictureInput, reconstruction.picturePredicted, false);
}

}  // namespace chladni::analysis
