// PictureConverter: decoded frames of any pixel format to upright 8-bit RGB of a fixed size, with the right matrix and
// range (BT.601, 709, 2020; full or limited). Private to core/media. Not thread-safe.
#pragma once

#include <optional>

#include "core/data/video_frame.h"
#include "core/media/ffmpeg_compat.h"
#include "core/media/orientation.h"

namespace chladni::media {

class PictureConverter {
 public:
  // `size` is that of the upright picture. A quick one rounds, and places chroma, less exactly.
  PictureConverter(PictureSize size, Orientation orientation, bool quick = false) : size_(size), orientation_(orientation), quick_(quick) {}
  // Time, duration and key flag are the caller's to fill in. Empty when swscale cannot convert the format.
  std::optional<VideoFrame> convert(const AVFrame& frame);

 private:
  PictureSize size_;
  Orientation orientation_;
  bool quick_;
  ScalerPtr scaler_;
  std::vector<std::uint8_t> rows_;
};

}  // namespace chladni::media
