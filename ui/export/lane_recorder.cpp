#include "ui/export/lane_recorder.h"

#include <condition_variable>
#include <mutex>
#include <tuple>

#include "core/jobs/throttled_progress.h"
#include "ui/export/lane_stage.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/time_area.h"

namespace chladni::ui {

// Painted frames between the two threads; the worker asks for one ahead, so there are two at most.
class LaneRecorder::Frames {
 public:
  void give(QImage image) {
    const std::lock_guard lock(mutex_);
    images_.push_back(std::move(image));
    there_.notify_one();
  }
  std::optional<QImage> take(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!there_.wait(lock, stop, [this] { return !images_.empty(); })) return std::nullopt;
    std::optional<QImage> image(std::move(images_.front()));
    images_.pop_front();
    return image;
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any there_;
  std::deque<QImage> images_;  // guarded by mutex_
};

LaneRecorder::LaneRecorder(QObject* parent) : QObject(parent), post_(this) {}
LaneRecorder::~LaneRecorder() = default;

bool LaneRecorder::start(const TimeArea& shown, const LaneRecording& wanted,
                         std::shared_ptr<const RegionAttention> regions) {
  if (running() || !shown.recording()) return false;
  const analysis::Recording& recording = *shown.recording();
  StageForm form{wanted.pixels,     wanted.scale,      wanted.from,
                 wanted.to,         wanted.turnsPages, wanted.showsVideo && recording.hasVideo(),
                 std::move(regions)};
  if (wanted.turnsPages) {
    std::tie(form.from, form.to) = shown.visible();
    // Playing from outside of what is visible begins with a page of its own.
    if (wanted.from < form.from || wanted.from >= form.to) {
      form.to = wanted.from + form.to - form.from;
      form.from = wanted.from;
    }
  }
  stage_ = std::make_unique<LaneStage>(shown, form);
  connect(stage_.get(), &LaneStage::ready, this, &LaneRecorder::paintNext);
  frames_ = std::make_shared<Frames>();
  out_ = wanted.out;
  LaneMovie movie;
  movie.media = recording.path();
  movie.out = wanted.out;
  movie.from = wanted.from;
  movie.to = wanted.to;
  movie.size = wanted.pixels;
  movie.fps = wanted.fps;
  if (recording.hasAudio()) movie.sourceRate = recording.rate();
  movie.pictureRoom = stage_->pictureRoom();
  progress_ = {{}, 0, movie.frames()};
  work(movie);
  Q_EMIT progressed();
  return true;
}

void LaneRecorder::work(const LaneMovie& movie) {
  worker_ = std::jthread([this, movie, post = post_, frames = frames_](const std::stop_token& stop) {
    FramePainter painter;
    painter.ask = [this, post](double seconds, std::shared_ptr<const VideoFrame> picture) {
      post([this, seconds, picture = std::move(picture)] {
        wanted_.push_back({seconds, picture});
        if (wanted_.size() == 1) paintNext();
      });
    };
    painter.take = [frames](const std::stop_token& stopped) { return frames->take(stopped); };
    const auto result = std::make_shared<Result<void>>();
    {
      jobs::ThrottledProgress progress([this, post](const Progress& now) {
        post([this, now] {
          progress_ = now;
          Q_EMIT progressed();
        });
      });
      *result = writeLaneMovie(
          movie, painter, [&progress](const Progress& now) { progress.report(now); }, stop);
    }
    post([this, result] { end(*result); });
  });
}

void LaneRecorder::paintNext() {
  if (!stage_ || wanted_.empty()) return;
  auto image = stage_->paint(wanted_.front().seconds, wanted_.front().picture);
  if (!image) return;  // the stage says when it is ready
  wanted_.pop_front();
  frames_->give(std::move(*image));
  if (!wanted_.empty()) post_([this] { paintNext(); });
}

void LaneRecorder::cancel() { worker_.request_stop(); }

void LaneRecorder::end(const Result<void>& result) {
  worker_.join();
  wanted_.clear();
  stage_.reset();
  if (result)
    Q_EMIT recorded(toQString(out_));
  else if (result.error().code == ErrorCode::cancelled)
    Q_EMIT cancelled();
  else
    Q_EMIT failed(result.error());
}

}  // namespace chladni::ui
