#include "ui/export/lane_movie.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "core/media/audio_reader.h"
#include "core/media/movie_writer.h"
#include "core/media/video_reader.h"
#include "ui/playback/audio_feed.h"

namespace chladni::ui {
namespace {

constexpr int kQuality = 18;  // thin lines and small letters show what a film would hide
constexpr SampleRate kUsualRate{48000};
constexpr SampleRate kDiscRate{44100};

// Rates that every player takes; only the disc's is left as it is, for it does not go evenly into the other.
SampleRate movieRate(SampleRate source) { return source == kDiscRate ? source : kUsualRate; }

AudioBuffer forMovie(AudioBuffer block) {
  if (block.channels.size() <= 2) return block;
  const std::vector<float> folded = foldToStereo(block);
  AudioBuffer stereo{block.rate, block.startTime, {}};
  stereo.channels.assign(2, std::vector<float>(folded.size() / 2));
  for (std::size_t n = 0; n < folded.size(); ++n) stereo.channels[n % 2][n / 2] = folded[n];
  return stereo;
}

// The sound of the stretch, in step with the frames.
class SoundTrack {
 public:
  static Result<SoundTrack> open(const LaneMovie& movie, const std::stop_token& stop) {
    auto reader = media::AudioReader::open(movie.media, {.rate = movieRate(movie.sourceRate), .mix = {}}, stop);
    if (!reader) return fail(reader.error());
    const SampleRate rate = reader->info().rate;
    if (auto there = reader->seek(MediaTime::fromSeconds(movie.from), stop); !there) return fail(there.error());
    return SoundTrack(std::move(*reader), rate.samples(MediaTime::fromSeconds(movie.to)));
  }

  [[nodiscard]] SampleRate rate() const { return reader_.info().rate; }
  [[nodiscard]] int channels() const { return std::min(reader_.info().channels, 2); }

  // What comes before `seconds`, and has not been written yet.
  Result<void> writeUntil(double seconds, media::MovieWriter& writer, const std::stop_token& stop) {
    const std::int64_t end = std::min(rate().samples(MediaTime::fromSeconds(seconds)), end_);
    while (reader_.position() < end) {
      auto block = reader_.next(stop, end - reader_.position());
      if (!block) return fail(block.error());
      if (!*block) return {};  // the pictures go on without sound
      if (auto done = writer.write(forMovie(std::move(**block))); !done) return done;
    }
    return {};
  }

 private:
  SoundTrack(media::AudioReader reader, std::int64_t end) : reader_(std::move(reader)), end_(end) {}

  media::AudioReader reader_;
  std::int64_t end_;  // sample of the media
};

// The media's picture at each moment; the last one stays where one cannot be decoded.
class PictureTrack {
 public:
  static Result<PictureTrack> open(const LaneMovie& movie, const std::stop_token& stop) {
    auto reader = media::VideoReader::open(
        movie.media, {.maxWidth = movie.pictureRoom.width(), .maxHeight = movie.pictureRoom.height()}, stop);
    if (!reader) return fail(reader.error());
    return PictureTrack(std::move(*reader));
  }

  std::shared_ptr<const VideoFrame> at(double seconds, const std::stop_token& stop) {
    const MediaTime time = MediaTime::fromSeconds(seconds);
    if (shown_ && time >= shown_->time && time < shown_->time + shown_->duration) return shown_;
    if (auto frame = reader_.frameAt(time, stop)) shown_ = std::make_shared<const VideoFrame>(std::move(*frame));
    return shown_;
  }

 private:
  explicit PictureTrack(media::VideoReader reader) : reader_(std::move(reader)) {}

  media::VideoReader reader_;
  std::shared_ptr<const VideoFrame> shown_;
};

VideoFrame toFrame(const QImage& image) {
  const QImage rgb = image.convertToFormat(QImage::Format_RGB888);
  VideoFrame frame;
  frame.width = rgb.width();
  frame.height = rgb.height();
  const auto row = static_cast<std::size_t>(3 * frame.width);
  frame.rgb.resize(row * static_cast<std::size_t>(frame.height));
  for (int y = 0; y < frame.height; ++y)
    std::memcpy(frame.rgb.data() + static_cast<std::size_t>(y) * row, rgb.constScanLine(y), row);
  return frame;
}

}  // namespace

// A stretch that ends a hair after a frame, by rounding, has no frame of that hair.
std::int64_t LaneMovie::frames() const {
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil((to - from) * fps - 1e-6)));
}

Result<void> writeLaneMovie(const LaneMovie& movie, const FramePainter& painter, const ProgressSink& progress,
                            std::stop_token stop) {
  std::optional<SoundTrack> sound;
  if (movie.sourceRate.valid()) {
    auto opened = SoundTrack::open(movie, stop);
    if (!opened) return fail(opened.error());
    sound.emplace(std::move(*opened));
  }
  std::optional<PictureTrack> pictures;
  if (!movie.pictureRoom.isEmpty()) {
    auto opened = PictureTrack::open(movie, stop);
    if (!opened) return fail(opened.error());
    pictures.emplace(std::move(*opened));
  }
  auto writer = media::MovieWriter::create(movie.out, {.width = movie.size.width(),
                                                       .height = movie.size.height(),
                                                       .fps = movie.fps,
                                                       .rate = sound ? sound->rate() : kUsualRate,
                                                       .channels = sound ? sound->channels() : 0,
                                                       .quality = kQuality});
  if (!writer) return fail(writer.error());

  const std::int64_t frames = movie.frames();
  const auto ask = [&](std::int64_t frame) {
    const double seconds = movie.timeOf(frame);
    painter.ask(seconds, pictures ? pictures->at(seconds, stop) : nullptr);
  };
  ask(0);
  for (std::int64_t frame = 0; frame < frames; ++frame) {
    // One ahead, so that painting and encoding go on at the same time.
    if (frame + 1 < frames) ask(frame + 1);
    const auto image = painter.take(stop);
    if (!image || stop.stop_requested()) return fail(ErrorCode::cancelled, "the recording was cancelled");
    if (auto done = writer->write(toFrame(*image)); !done) return done;
    if (sound)
      if (auto done = sound->writeUntil(movie.timeOf(frame + 1), *writer, stop); !done) return done;
    progress({"recording", frame + 1, frames});
  }
  return writer->commit();
}

}  // namespace chladni::ui
