// The worker's half of a recording of the lanes: asks for painted frames one by one, puts the sound of the same stretch
// beside them, and writes both as one MP4 that appears whole at the end or not at all. Frame n shows the moment from +
// n / fps. Times are seconds of media, sizes are pixels. Blocks for as long as it takes: never on the GUI thread. Fails
// with what reading, decoding and writing fail with; cancelled when the stop token or the painter says so.
#pragma once

#include <QImage>
#include <QSize>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/video_frame.h"

namespace chladni::ui {

struct LaneMovie {
  std::filesystem::path media;  // whose sound and pictures these are
  std::filesystem::path out;
  double from = 0.0;
  double to = 0.0;
  QSize size;  // even
  int fps = 25;
  SampleRate sourceRate;  // of the sound of the media; invalid: the movie is silent
  QSize pictureRoom;      // the media's pictures are shrunk to fit; empty: they are not shown

  // The last one begins before the end of the stretch.
  [[nodiscard]] std::int64_t frames() const;
  [[nodiscard]] double timeOf(std::int64_t frame) const { return from + static_cast<double>(frame) / fps; }
};

// Who paints, elsewhere. Both are called on the worker.
struct FramePainter {
  // The frame of that moment, with the picture of the media (null: none) is wanted; does not wait.
  std::function<void(double seconds, std::shared_ptr<const VideoFrame> picture)> ask;
  // The frames in the order in which they were asked for, of the movie's size; waits. Empty when stopped.
  std::function<std::optional<QImage>(std::stop_token)> take;
};

Result<void> writeLaneMovie(const LaneMovie& movie, const FramePainter& painter, const ProgressSink& progress,
                            std::stop_token stop);

}  // namespace chladni::ui
