// LaneRecorder: one recording of the lanes at a time, from start() to one of its three ends. The frames are painted
// here, one a turn of the event loop; a worker of its own reads the sound and the pictures of the media, encodes and
// writes. GUI thread only; destruction cancels and joins, and leaves no file.
#pragma once

#include <QObject>
#include <deque>
#include <filesystem>
#include <memory>
#include <thread>

#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/data/region_attention.h"
#include "ui/bridge/gui_post.h"
#include "ui/export/lane_movie.h"

namespace chladni::ui {

class LaneStage;
class TimeArea;

struct LaneRecording {
  std::filesystem::path out;
  double from = 0.0;  // seconds of media
  double to = 0.0;
  QSize pixels;        // even
  double scale = 1.0;  // pixels of the movie to one of the lanes' layout
  int fps = 25;
  bool turnsPages =
      false;  // at the zoom of the window, as playback does; else the stretch stands still, as wide as the movie
  bool showsVideo = false;  // beside the lanes
};

class LaneRecorder : public QObject {
  Q_OBJECT

 public:
  explicit LaneRecorder(QObject* parent = nullptr);
  ~LaneRecorder() override;

  // What the lanes show now; later changes of the window are not in the movie. Refused while another runs.
  bool start(const TimeArea& shown, const LaneRecording& wanted, std::shared_ptr<const RegionAttention> regions);
  void cancel();
  [[nodiscard]] bool running() const { return stage_ != nullptr; }
  [[nodiscard]] const std::filesystem::path& out() const { return out_; }
  [[nodiscard]] const Progress& progress() const { return progress_; }  // frames

 Q_SIGNALS:
  void progressed();
  // The ends:
  void recorded(const QString& path);
  void cancelled();
  void failed(const chladni::Error& why);

 private:
  struct Wanted {
    double seconds = 0.0;
    std::shared_ptr<const VideoFrame> picture;
  };
  class Frames;

  void work(const LaneMovie& movie);
  void paintNext();
  void end(const Result<void>& result);

  std::filesystem::path out_;
  Progress progress_;
  std::unique_ptr<LaneStage> stage_;
  std::deque<Wanted> wanted_;
  std::shared_ptr<Frames> frames_;  // painted, on their way to the worker
  GuiPost post_;
  std::jthread worker_;  // last: ends before what it uses
};

}  // namespace chladni::ui
