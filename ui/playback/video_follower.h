// VideoFollower: the picture on show at the playhead. One thread decodes; a newer wish replaces the waiting one, so late
// pictures are dropped rather than queued. The sink is called on the decoding thread with each picture that differs from
// the last one delivered; the window posts it to its own thread. Pictures are shrunk to the size asked for.
// Thread-safety: all functions from any thread, none waits for decoding. Destruction joins.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/data/video_frame.h"
#include "core/media/video_reader.h"

namespace chladni::ui {

class VideoFollower {
 public:
  struct Sink {
    std::function<void(std::uint64_t media, std::shared_ptr<const VideoFrame>)> picture;
    std::function<void(std::uint64_t media, const Error&)> failed;
  };
  explicit VideoFollower(Sink sink);
  ~VideoFollower();
  VideoFollower(const VideoFollower&) = delete;
  VideoFollower& operator=(const VideoFollower&) = delete;

  // Empty: nothing to show. Answers carry the number returned here.
  std::uint64_t setMedia(std::optional<std::filesystem::path> path, int maxWidth, int maxHeight);
  void show(MediaTime time);
  // A wish is waiting or being decoded.
  [[nodiscard]] bool busy() const;

 private:
  struct Media {
    std::uint64_t number = 0;
    std::optional<std::filesystem::path> path;
    media::VideoReaderOptions options;
  };

  void run(std::stop_token stop);
  void serve(const Media& media, MediaTime time, std::stop_token stop);

  // immutable
  const Sink sink_;
  // guarded by mutex_
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  Media media_;
  std::optional<MediaTime> wanted_;
  bool working_ = false;
  std::stop_source current_;  // stops the decoding of a medium that was replaced
  // worker only
  std::optional<media::VideoReader> reader_;
  std::uint64_t readerMedia_ = 0;
  TimeRange lastShown_;
  // last: starts when everything above exists
  std::jthread thread_;
};

}  // namespace chladni::ui
