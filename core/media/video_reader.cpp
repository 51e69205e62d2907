#include "core/media/video_reader.h"

#include <algorithm>
#include <array>

#include "core/media/orientation.h"
#include "core/media/picture_converter.h"
#include "core/media/video_source.h"

namespace chladni::media {

namespace {

// Going forward this far is about as cheap as seeking to a key frame and decoding from there.
constexpr MediaTime kForwardReach = MediaTime::fromNanoseconds(1'000'000'000);

}  // namespace

struct VideoReader::State {
  VideoReaderInfo info;
  VideoReaderOptions options;
  std::unique_ptr<VideoSource> source;
  std::optional<PictureConverter> converter;
  std::optional<TimedFrame> current;  // the picture on show
  std::optional<TimedFrame> ahead;    // the one after it
  bool currentGiven = false;          // next() has returned it already
  bool ended = false;                 // no more pictures after `ahead`
  bool disturbed = false;             // the source is elsewhere than current and ahead say

  Result<void> load();
  Result<bool> advance();
  Result<void> moveTo(MediaTime time, std::stop_token stop);
  Result<bool> land(MediaTime time);
  Result<void> stepTo(MediaTime time);
  Result<VideoFrame> picture(const TimedFrame& timed);
  [[nodiscard]] Unexpected noPicture() const;
};

Unexpected VideoReader::State::noPicture() const {
  return fail(ErrorCode::corruptData, source->name() + ": no picture could be decoded, the video is damaged; copy it again");
}

// Fills current and ahead from where the source is.
Result<void> VideoReader::State::load() {
  current.reset();
  ahead.reset();
  ended = currentGiven = false;
  disturbed = true;  // until both are there
  for (std::optional<TimedFrame>* place : {&current, &ahead}) {
    auto timed = source->next();
    if (!timed) return fail(std::move(timed.error()));
    ended = !*timed;
    if (ended) break;
    *place = std::move(*timed);
  }
  disturbed = false;
  return {};
}

// One picture forward. False when the current one is the last.
Result<bool> VideoReader::State::advance() {
  if (!ahead) return false;
  std::optional<TimedFrame> following;
  if (!ended) {
    auto timed = source->next();
    if (!timed) {
      disturbed = true;
      return fail(std::move(timed.error()));
    }
    following = std::move(*timed);
    ended = !following;
  }
  current = std::move(ahead);
  ahead = std::move(following);
  currentGiven = false;
  return true;
}

Result<void> VideoReader::State::stepTo(MediaTime time) {
  while (ahead && ahead->time <= time) {
    const auto moved = advance();
    if (!moved) return fail(moved.error());
  }
  return {};
}

// Tries key frames ever further before `time` until one is really at or before it. False: start from the beginning.
Result<bool> VideoReader::State::land(MediaTime time) {
  constexpr std::array<int, 4> kSecondsBefore{0, 2, 10, 40};
  for (const int seconds : kSecondsBefore) {
    const MediaTime target = time - MediaTime::fromSeconds(seconds);
    if (target <= info.start || !source->seekTo(target)) return false;
    auto loaded = load();
    if (!loaded) return fail(std::move(loaded.error()));
    if (current && current->time <= time) return true;
  }
  return false;
}

Result<void> VideoReader::State::moveTo(MediaTime time, std::stop_token stop) {
  source->watch(stop);
  const bool usable = !disturbed && current && time >= current->time;
  const bool near = usable && (!ahead || time < ahead->time + kForwardReach);
  if (near) return stepTo(time);
  disturbed = true;
  const auto landed = land(time);
  if (!landed) return fail(landed.error());
  if (!*landed) {
    auto restarted = source->restart(stop);
    if (!restarted) return restarted;
    auto loaded = load();
    if (!loaded) return loaded;
  }
  return stepTo(time);
}

Result<VideoFrame> VideoReader::State::picture(const TimedFrame& timed) {
  auto converted = converter->convert(*timed.frame);
  if (!converted)
    return fail(ErrorCode::unsupported, source->name() + ": its pixel format cannot be shown; convert it to yuv420p");
  converted->time = timed.time;
  converted->duration = timed.duration;
  converted->keyFrame = isKeyFrame(*timed.frame);
  return std::move(*converted);
}

VideoReader::VideoReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
VideoReader::VideoReader(VideoReader&&) noexcept = default;
VideoReader& VideoReader::operator=(VideoReader&&) noexcept = default;
VideoReader::~VideoReader() = default;

Result<VideoReader> VideoReader::open(const std::filesystem::path& path, VideoReaderOptions options,
                                      std::stop_token stop) {
  auto source = VideoSource::open(path, options.stream, options.threads, std::move(stop));
  if (!source) return fail(std::move(source.error()));
  auto state = std::make_unique<State>();
  state->options = options;
  state->source = std::move(*source);
  state->source->onlyKeyFrames(options.keyFramesOnly);
  auto loaded = state->load();
  if (!loaded) return fail(std::move(loaded.error()));
  if (!state->current) return state->noPicture();

  Demuxer& demuxer = state->source->demuxer();
  AVStream& stream = state->source->stream();
  const AVFrame& first = *state->current->frame;
  const Orientation orientation = orientationOf(stream);
  const PictureSize size = displaySize(first.width, first.height, pixelAspect(demuxer.format(), stream),
                                       orientation.transpose, options.maxWidth, options.maxHeight);
  if (static_cast<std::int64_t>(size.width) * size.height > kMostPixels)
    return fail(ErrorCode::unsupported, demuxer.name() + ": pictures of " + std::to_string(size.width) + "x" +
                                            std::to_string(size.height) + " are too large; ask for smaller ones");
  state->converter.emplace(size, orientation, state->options.quick);
  VideoReaderInfo& info = state->info;
  info.width = size.width;
  info.height = size.height;
  info.rotationDegrees = orientation.degrees;
  info.start = state->current->time;
  if (const AVRational rate = stream.avg_frame_rate; rate.num > 0 && rate.den > 0) info.fps = av_q2d(rate);
  info.end = info.start;
  const AVRational nanoseconds{1, 1'000'000'000};
  if (stream.duration > 0)
    info.end = info.start + MediaTime::fromNanoseconds(av_rescale_q(stream.duration, stream.time_base, nanoseconds));
  else if (demuxer.format()->duration > 0)
    info.end = MediaTime::fromNanoseconds(av_rescale(demuxer.format()->duration, 1'000'000'000, AV_TIME_BASE));
  return VideoReader(std::move(state));
}

const VideoReaderInfo& VideoReader::info() const { return state_->info; }

Result<void> VideoReader::seek(MediaTime time, std::stop_token stop) {
  auto moved = state_->moveTo(time, std::move(stop));
  if (!moved) return moved;
  if (!state_->current) return state_->noPicture();
  state_->currentGiven = false;
  return {};
}

Result<VideoFrame> VideoReader::frameAt(MediaTime time, std::stop_token stop) {
  auto moved = seek(time, std::move(stop));
  if (!moved) return fail(std::move(moved.error()));
  state_->currentGiven = true;
  return state_->picture(*state_->current);
}

Result<std::optional<VideoFrame>> VideoReader::next(std::stop_token stop) {
  State& state = *state_;
  state.source->watch(stop);
  if (state.disturbed) {
    const bool given = state.currentGiven;
    auto moved = state.moveTo(state.current ? state.current->time : state.info.start, stop);
    if (!moved) return fail(std::move(moved.error()));
    state.currentGiven = given;
  }
  if (state.currentGiven) {
    const auto moved = state.advance();
    if (!moved) return fail(moved.error());
    if (!*moved) return std::optional<VideoFrame>();
  }
  state.currentGiven = true;
  auto shown = state.picture(*state.current);
  if (!shown) return fail(std::move(shown.error()));
  return std::optional<VideoFrame>(std::move(*shown));
}

Result<VideoFrame> VideoReader::nearestKeyFrame(MediaTime time, std::stop_token stop) {
  State& state = *state_;
  VideoSource& source = *state.source;
  source.watch(stop);
  state.disturbed = true;
  source.onlyKeyFrames(true);
  const auto restoreMode = [&] { source.onlyKeyFrames(state.options.keyFramesOnly); };
  if (time <= state.info.start || !source.seekTo(time)) {
    auto restarted = source.restart(stop);
    if (!restarted) return fail(std::move(restarted.error()));
  }
  std::optional<TimedFrame> best;
  auto distance = [&](MediaTime t) { return t < time ? time - t : t - time; };
  for (;;) {
    if (best) {  // is the next one nearer? Its stamp tells without decoding
      const auto following = source.peekKeyTime();
      if (!following) return restoreMode(), fail(following.error());
      if (!*following || distance(**following) >= distance(best->time)) break;
    }
    auto timed = source.nextAlone();
    if (!timed) return restoreMode(), fail(std::move(timed.error()));
    if (!*timed) break;
    best = std::move(**timed);
  }
  restoreMode();
  if (!best) return state.noPicture();
  state.current = std::move(best);
  state.ahead.reset();
  state.currentGiven = true;
  return state.picture(*state.current);
}

}  // namespace chladni::media
