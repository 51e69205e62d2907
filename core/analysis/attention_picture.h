// Where a localiser looked in one segment, as a picture: its regions over the video frame of that moment, or, without a
// video, alone. Drawn as the published figures are (core/picture/heat_map.h). Pure; any thread.
#pragma once

#include <array>
#include <cstdint>

#include "core/analysis/localisation.h"
#include "core/data/colormap.h"
#include "core/data/video_frame.h"
#include "core/picture/heat_map.h"

namespace chladni::analysis {

// Attention of one segment as [row of regions, column of regions]. Fails with invalidArgument when there is none.
Result<Matrix> attentionGrid(const LocalisedRecording& recording, std::int64_t segment);

// In the size of the frame; without a frame 224 x 224 and only the colours.
Result<VideoFrame> attentionPicture(const LocalisedRecording& recording, std::int64_t segment, const VideoFrame* frame,
                                    const std::array<Rgb, 256>& table, picture::Overlay overlay = {});

}  // namespace chladni::analysis
