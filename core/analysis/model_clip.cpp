#include "core/analysis/model_clip.h"

#include <algorithm>
#include <cmath>

namespace chladni::analysis {

namespace {

// Frames further apart than the last one of the file are asked for at its last moment.
constexpr double kBeyondEndSeconds = 0.5;

std::size_t leastSamples(const FrontendSpec& frontend) {
  return static_cast<std::size_t>(std::ceil(frontend.frameLengthMs * frontend.rate.hz() / 1000.0)) + 1;
}

}  // namespace

inference::ModelInput ModelClip::input() const {
  inference::ModelInput input;
  input.sound = sound;
  input.frames = frames;
  input.lyrics = lyrics;
  return input;
}

std::vector<MediaTime> frameTimes(const PictureSpec& picture, const TimeRange& span) {
  const double length = span.length().seconds();
  const double asked = picture.framesPerSecond > 0.0 ? std::round(picture.framesPerSecond * length) : picture.framesPerClip;
  const auto count = static_cast<int>(std::clamp(asked, 1.0, 10'000.0));
  std::vector<MediaTime> times;
  for (int i = 0; i < count; ++i)
    times.push_back(span.start + MediaTime::fromSeconds(length * (i + 0.5) / count));
  return times;
}

Result<ModelClipCutter> ModelClipCutter::open(const Recording& recording, const inference::ModelSpec& spec,
                                              std::stop_token stop) {
  ModelClipCutter cutter(recording, spec);
  cutter.hears_ = spec.frontend.sound && recording.hasAudio();
  if (spec.frontend.picture && recording.hasVideo()) {
    auto video = media::VideoReader::open(recording.path(), {}, std::move(stop));
    if (!video) return fail(video.error());
    cutter.video_ = std::move(*video);
  }
  if (cutter.hears_ || cutter.video_) return cutter;
  const char* wanted = !spec.frontend.picture ? "no audio stream; choose a file with sound"
                       : spec.frontend.sound  ? "neither sound nor pictures; choose another file"
                                              : "no video stream; choose a file with pictures";
  return fail(ErrorCode::notFound, recording.path().string() + ": " + wanted);
}

Result<std::vector<VideoFrame>> ModelClipCutter::frames(const TimeRange& span, std::stop_token stop) {
  std::vector<VideoFrame> frames;
  if (!video_) return frames;
  for (const MediaTime time : frameTimes(*spec_->frontend.picture, span)) {
    auto frame = video_->frameAt(time, stop);
    if (!frame) return fail(frame.error());
    frames.push_back(std::move(*frame));
  }
  return frames;
}

Result<ModelClip> ModelClipCutter::cut(const TimeRange& span, std::stop_token stop) {
  ModelClip clip;
  clip.span = span;
  if (hears_) {
    const FrontendSpec& frontend = spec_->frontend;
    auto sound = recording_->readAudio(span, frontend.rate, frontend.channelMix, stop);
    if (!sound) return fail(sound.error());
    if (sound->samples() > 0) {
      clip.sound = std::move(sound->channels.front());
      clip.span.start = sound->startTime;
      clip.span.end = sound->startTime + frontend.rate.time(static_cast<std::int64_t>(clip.sound.size()));
      clip.sound.resize(std::max(clip.sound.size(), leastSamples(frontend)), 0.0F);
    }
  }
  auto pictures = frames(clip.span, std::move(stop));
  if (!pictures) return fail(pictures.error());
  clip.frames = std::move(*pictures);
  return clip;
}

double clipSeconds(const inference::ModelSpec& spec) {
  if (spec.frontend.sound && spec.frontend.targetFrames > 0) return spec.frontend.clipSeconds();
  return spec.windowSeconds > 0.0 ? spec.windowSeconds : 10.0;
}

Result<ModelClip> clipAround(const Recording& recording, const inference::ModelSpec& spec, MediaTime at,
                             std::stop_token stop) {
  const double duration = recording.durationSeconds();
  if (at < MediaTime{} || at.seconds() > duration + kBeyondEndSeconds)
    return fail(ErrorCode::invalidArgument, recording.path().string() + ": there is nothing at " +
                                                std::to_string(at.seconds()) + " s; the file lasts " +
                                                std::to_string(duration) + " s");
  auto cutter = ModelClipCutter::open(recording, spec, stop);
  if (!cutter) return fail(cutter.error());
  const double length = clipSeconds(spec);
  const double start = std::clamp(at.seconds() - length / 2, 0.0, std::max(0.0, duration - length));
  auto clip = cutter->cut({MediaTime::fromSeconds(start), MediaTime::fromSeconds(std::min(start + length, std::max(duration, 0.001)))},
                          std::move(stop));
  if (clip && clip->sound.empty() && clip->frames.empty())
    return fail(ErrorCode::corruptData, recording.path().string() + ": the file holds nothing to analyse; choose another");
  return clip;
}

}  // namespace chladni::analysis
