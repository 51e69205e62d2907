// Demuxer: an opened media file as streams of packets, with the media axis: every time it gives is measured from the
// first moment the file presents (earliest first sound after encoder delay, or first picture). Private to core/media.
// Ownership: owns the file and FFmpeg's format context. Not thread-safe.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/media/file_source.h"

namespace chladni::media {

// Refused beyond these, with one clear line, before anything is allocated.
inline constexpr int kHighestRateHz = 1'536'000;
inline constexpr int kMostChannels = 64;
inline constexpr std::int64_t kMostPixels = std::int64_t{1} << 26;

class Demuxer {
 public:
  static Result<std::unique_ptr<Demuxer>> open(const std::filesystem::path& path, std::stop_token stop);

  [[nodiscard]] AVFormatContext* format() const { return format_.get(); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const std::string& name() const { return name_; }  // for messages
  [[nodiscard]] std::int64_t fileBytes() const { return source_->size(); }

  [[nodiscard]] std::vector<AVStream*> audioStreams() const { return streamsOf(AVMEDIA_TYPE_AUDIO); }
  [[nodiscard]] std::vector<AVStream*> videoStreams() const { return streamsOf(AVMEDIA_TYPE_VIDEO); }  // all pictures
  static bool isAttachedPicture(const AVStream& stream) {
    return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
  }

  // Delivers packets of this stream alone from now on.
  void keepOnly(const AVStream& stream);
  void watch(std::stop_token stop) { source_->watch(std::move(stop)); }

  // True with the next packet, false at the end of what can be read. Fails with cancelled or io.
  Result<bool> read(AVPacket& packet);
  // The packets after the seek start at or before `time` (media axis) where the container can do that. False: it cannot.
  bool seek(const AVStream& stream, MediaTime time);

  [[nodiscard]] MediaTime origin() const { return origin_; }  // container stamp of media time 0
  // Media time of a stamp; empty when absent or absurd.
  [[nodiscard]] std::optional<MediaTime> timeOf(std::int64_t stamp, AVRational base) const;

  [[nodiscard]] Result<CodecPtr> openDecoder(const AVStream& stream, int threads) const;

 private:
  Demuxer(const std::filesystem::path& path, std::unique_ptr<FileSource> source);
  Result<void> openFormat(bool lookFar);
  [[nodiscard]] Unexpected openFailure(int code) const;
  [[nodiscard]] std::vector<AVStream*> streamsOf(AVMediaType type) const;
  void findOrigin();

  std::filesystem::path path_;
  std::string name_;
  std::unique_ptr<FileSource> source_;
  bool askedForOtherFiles_ = false;
  FormatPtr format_;
  std::deque<PacketPtr> queued_;  // read ahead while looking for the origin
  MediaTime origin_;
};

}  // namespace chladni::media
