// VideoSource: decoded pictures of one video stream in order of presentation, with media times that never fall. Private
// to core/media. Not thread-safe; FFmpeg decodes with threads of its own.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/base/result.h"
#include "core/media/demuxer.h"

namespace chladni::media {

struct TimedFrame {
  FramePtr frame;
  MediaTime time;
  MediaTime duration;  // zero when unknown
};

class VideoSource {
 public:
  static Result<std::unique_ptr<VideoSource>> open(const std::filesystem::path& path, int ordinal, int threads,
                                                   std::stop_token stop);

  [[nodiscard]] Demuxer& demuxer() const { return *demuxer_; }
  [[nodiscard]] AVStream& stream() const { return *stream_; }
  [[nodiscard]] const std::string& name() const { return demuxer_->name(); }
  void watch(std::stop_token stop) { demuxer_->watch(std::move(stop)); }

  // Decodes key frames alone from now on.
  void onlyKeyFrames(bool only);

  // The next picture; empty at the end.
  Result<std::optional<TimedFrame>> next();
  // The next key frame, without waiting for the decoder's delay. Only after seekTo() or another nextAlone().
  Result<std::optional<TimedFrame>> nextAlone();
  // Stamp of the next key packet that nextAlone() would decode, without decoding; empty at the end.
  Result<std::optional<MediaTime>> peekKeyTime();

  // To the last key frame at or before `time`, as far as the container knows. False: it cannot seek.
  bool seekTo(MediaTime time);
  // To the very first picture; always possible.
  Result<void> restart(std::stop_token stop);

 private:
  VideoSource() = default;
  Result<void> start(std::stop_token stop);
  Result<bool> readPacket();
  std::optional<TimedFrame> received();
  void forget();

  std::filesystem::path path_;
  int ordinal_ = 0;
  int threads_ = 0;
  std::unique_ptr<Demuxer> demuxer_;
  AVStream* stream_ = nullptr;
  CodecPtr decoder_;
  PacketPtr packet_;
  bool packetHeld_ = false;  // packet_ was read but not sent yet
  bool draining_ = false;
  bool keyOnly_ = false;
  std::optional<MediaTime> last_;
  MediaTime step_;  // usual distance of two pictures, for those without a stamp
};

}  // namespace chladni::media
