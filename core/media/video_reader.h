// VideoReader: pictures of one video stream as upright sRGB frames with square pixels, by time or in order. Times are
// media time (0 = first moment the file presents), from the stream's own stamps, so variable frame rates are exact.
// Ownership: frames belong to the caller; about two pictures are held. Thread-safety: one thread at a time per reader
// (decoding uses threads of its own). Fails with notFound (file or video stream missing), io, corruptData,
// unsupported (absurd sizes), cancelled; broken pictures are skipped.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/video_frame.h"

namespace chladni::media {

struct VideoReaderOptions {
  int maxWidth = 0;  // pictures are shrunk to fit, keeping their shape; 0: no limit; never enlarged
  int maxHeight = 0;
  int stream = 0;              // among the streams that are video: attached pictures do not count
  bool keyFramesOnly = false;  // next() delivers key frames alone, decoding nothing else: filmstrips
  bool quick = false;          // colours exact to a step or two, in a quarter of the time: for the eye, not for models
  int threads = 0;             // for decoding; 0: as many as the machine has
};

struct VideoReaderInfo {
  int width = 0;  // of the frames delivered
  int height = 0;
  double fps = 0.0;  // average
  MediaTime start;   // first picture
  MediaTime end;     // from the header; may be wrong; equal to start when unknown
  int rotationDegrees = 0;  // already applied; see VideoStreamInfo
};

class VideoReader {
 public:
  static Result<VideoReader> open(const std::filesystem::path& path, VideoReaderOptions options = {},
                                  std::stop_token stop = {});
  VideoReader(VideoReader&&) noexcept;
  VideoReader& operator=(VideoReader&&) noexcept;
  ~VideoReader();

  [[nodiscard]] const VideoReaderInfo& info() const;

  // The picture on show at `time`: the last one stamped at or before it; the first one for earlier times.
  // Fastest for rising times. The next next() continues after the picture returned.
  Result<VideoFrame> frameAt(MediaTime time, std::stop_token stop = {});

  // The key frame nearest to `time`, decoding no more than two pictures.
  Result<VideoFrame> nearestKeyFrame(MediaTime time, std::stop_token stop = {});

  // The next picture in order of presentation; empty at the end.
  Result<std::optional<VideoFrame>> next(std::stop_token stop = {});

  // next() continues with the picture on show at `time` (keyFramesOnly: the last key frame at or before it).
  Result<void> seek(MediaTime time, std::stop_token stop = {});

 private:
  struct State;
  explicit VideoReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chladni::media
