// Where a file's presentation begins: the earliest of its streams' first pictures and first sounds, the latter after
// encoder delay is cut, which only the decoder knows. Private to core/media.
#pragma once

#include <deque>

#include "core/base/units.h"
#include "core/media/ffmpeg_compat.h"

namespace chladni::media {

class Demuxer;

// Container time of media time 0. Packets read on the way are appended to `queue`, for the demuxer to deliver first.
MediaTime findOrigin(Demuxer& demuxer, std::deque<PacketPtr>& queue);

}  // namespace chladni::media
