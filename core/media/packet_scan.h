// Counts the packets of a file, without decoding: what its streams really hold. Private to core/media.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stop_token>

#include "core/base/result.h"
#include "core/media/demuxer.h"

namespace chladni::media {

struct StreamCount {
  std::int64_t packets = 0;
  std::int64_t pictures = 0;             // packets that show a picture
  std::optional<MediaTime> firstStamp;   // earliest, encoder delay cut
  std::optional<MediaTime> end;          // latest stamp plus duration, padding cut
};

// By stream index. Reads the demuxer to its end.
Result<std::map<int, StreamCount>> countPackets(Demuxer& demuxer);

}  // namespace chladni::media
