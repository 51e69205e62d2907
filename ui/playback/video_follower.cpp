#include "ui/playback/video_follower.h"

namespace chladni::ui {

VideoFollower::VideoFollower(Sink sink)
    : sink_(std::move(sink)), thread_([this](std::stop_token stop) { run(stop); }) {}

VideoFollower::~VideoFollower() {
  {
    const std::lock_guard lock(mutex_);
    current_.request_stop();
  }
  thread_.request_stop();
  wake_.notify_all();
}

std::uint64_t VideoFollower::setMedia(std::optional<std::filesystem::path> path, int maxWidth, int maxHeight) {
  const std::lock_guard lock(mutex_);
  current_.request_stop();
  current_ = std::stop_source();
  media_ = {media_.number + 1, std::move(path), {.maxWidth = maxWidth, .maxHeight = maxHeight, .quick = true, .threads = 2}};
  wanted_.reset();
  wake_.notify_all();
  return media_.number;
}

void VideoFollower::show(MediaTime time) {
  const std::lock_guard lock(mutex_);
  if (!media_.path) return;
  wanted_ = time;
  wake_.notify_all();
}

bool VideoFollower::busy() const {
  const std::lock_guard lock(mutex_);
  return working_ || wanted_;
}

void VideoFollower::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    Media media;
    MediaTime time;
    std::stop_token current;
    {
      std::unique_lock lock(mutex_);
      working_ = false;
      wake_.wait(lock, stop, [&] { return wanted_.has_value(); });
      if (stop.stop_requested()) return;
      media = media_;
      time = *std::exchange(wanted_, std::nullopt);
      current = current_.get_token();
      working_ = true;
    }
    serve(media, time, current);
  }
}

void VideoFollower::serve(const Media& media, MediaTime time, std::stop_token stop) {
  if (readerMedia_ != media.number) {
    reader_.reset();
    lastShown_ = {};
    readerMedia_ = media.number;
    auto opened = media::VideoReader::open(*media.path, media.options, stop);
    if (!opened) {
      if (opened.error().code != ErrorCode::cancelled) sink_.failed(media.number, opened.error());
      return;
    }
    reader_.emplace(std::move(*opened));
  }
  if (!reader_) return;  // this medium failed before and said so
  if (time >= lastShown_.start && time < lastShown_.end) return;
  auto frame = reader_->frameAt(time, stop);
  if (!frame) {
    if (frame.error().code != ErrorCode::cancelled) sink_.failed(media.number, frame.error());
    return;
  }
  lastShown_ = {frame->time, frame->time + frame->duration};
  sink_.picture(media.number, std::make_shared<const VideoFrame>(std::move(*frame)));
}

}  // namespace chladni::ui
