// MediaInfo: what a media file contains, as plain data, and probe(), which finds out. Times are seconds on the media
// axis: 0 is the first moment the file presents. Header durations lie, so files whose header cannot be trusted have
// their packets counted (durationExact and framesCounted say so); ProbeDepth::exact decodes the sound and counts all.
// Thread-safety: probe() from any thread. Fails with notFound (missing, a folder), io (no permission), corruptData (not
// media, damaged beyond use), unsupported (absurd or unknown formats), cancelled.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace chladni::media {

struct AudioStreamInfo {
  int index = 0;  // among the file's audio streams: 0 is the first
  std::string codec;
  SampleRate rate;
  int channels = 0;
  std::string layout;  // "mono", "stereo", "5.1" ...
  double durationSeconds = 0.0;
  double startSeconds = 0.0;            // offset of the first sample on the media axis
  std::optional<std::int64_t> samples;  // per channel, when counted or stated sample-exactly by the file
};

struct VideoStreamInfo {
  int index = 0;  // among the file's video streams, attached pictures included
  std::string codec;
  int width = 0;  // as stored: before rotation and sample aspect ratio
  int height = 0;
  int displayWidth = 0;  // upright, square pixels: what VideoReader delivers without a size limit
  int displayHeight = 0;
  double sampleAspectRatio = 1.0;  // width of a stored pixel over its height
  double fps = 0.0;                // average
  std::int64_t frames = 0;
  bool framesCounted = false;  // else estimated from rate and duration
  int rotationDegrees = 0;     // counterclockwise turn that makes the stored picture upright: -90, 0, 90, 180
  double durationSeconds = 0.0;
  double startSeconds = 0.0;
  std::string pixelFormat;
  bool attachedPicture = false;  // cover art: a picture, not a video
};

struct MediaInfo {
  std::filesystem::path path;
  std::string container;  // FFmpeg's short name: "wav", "mov,mp4,m4a,3gp,3g2,mj2"
  double durationSeconds = 0.0;
  bool durationExact = false;  // counted, not read from a header
  double startSeconds = 0.0;   // the container's own stamp of media time 0
  std::vector<AudioStreamInfo> audio;
  std::vector<VideoStreamInfo> video;
  std::map<std::string, std::string> tags;

  [[nodiscard]] bool hasAudio() const { return !audio.empty(); }
  // Moving pictures: attached pictures do not count.
  [[nodiscard]] const VideoStreamInfo* mainVideo() const {
    for (const VideoStreamInfo& stream : video)
      if (!stream.attachedPicture) return &stream;
    return nullptr;
  }
  [[nodiscard]] bool hasVideo() const { return mainVideo() != nullptr; }
};

enum class ProbeDepth {
  header,     // what the header says: fast whatever the size
  automatic,  // counts packets when the file is small or its header cannot be trusted
  exact       // counts every packet and decodes the sound
};

Result<MediaInfo> probe(const std::filesystem::path& path, ProbeDepth depth = ProbeDepth::automatic,
                        std::stop_token stop = {});

}  // namespace chladni::media
