#include "core/analysis/attention_picture.h"

#include <string>

namespace chladni::analysis {

namespace {

constexpr int kSide = 224;  // of the published figures

}  // namespace

Result<Matrix> attentionGrid(const LocalisedRecording& recording, std::int64_t segment) {
  const std::int64_t regions = std::int64_t{recording.gridRows} * recording.gridColumns;
  if (regions < 1 || recording.attention.columns != regions)
    return fail(ErrorCode::invalidArgument, "this model attends to no regions; choose one that hears and sees");
  if (segment < 0 || segment >= recording.attention.rows)
    return fail(ErrorCode::invalidArgument, "there is no segment " + std::to_string(segment) + ", only 0 to " +
                                                std::to_string(recording.attention.rows - 1));
  Matrix grid(recording.gridRows, recording.gridColumns);
  const auto weights = recording.attention.row(segment);
  grid.values.assign(weights.begin(), weights.end());
  return grid;
}

Result<VideoFrame> attentionPicture(const LocalisedRecording& recording, std::int64_t segment, const VideoFrame* frame,
                                    const std::array<Rgb, 256>& table, picture::Overlay overlay) {
  const auto grid = attentionGrid(recording, segment);
  if (!grid) return fail(grid.error());
  if (frame != nullptr) return picture::heatOverlay(*grid, *frame, table, overlay);
  return picture::colouredMap(picture::enlargedMap(picture::stretchedMap(*grid), {kSide, kSide}), table);
}

}  // namespace chladni::analysis
