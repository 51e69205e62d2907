// Converts decoded samples of any FFmpeg format to planar float in -1..1, mixing down on the way when asked. Private to
// core/media.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/data/frontend_spec.h"
#include "core/media/ffmpeg_compat.h"

namespace chladni::media {

// Writes samples [from, from + count) of the frame to out[c][at ...]. Channels the frame lacks become silence. False
// for a format nobody knows.
bool convertSamples(const AVFrame& frame, std::int64_t from, std::int64_t count, std::optional<ChannelMix> mix,
                    std::span<float* const> out, std::int64_t at);

}  // namespace chladni::media
