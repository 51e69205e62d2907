#include "core/analysis/window_stream.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/analysis/clip_reader.h"
#include "core/data/prediction.h"

namespace chladni::analysis {

namespace {

constexpr std::size_t kBatch = 16;
constexpr std::size_t kPictureBatch = 2;
constexpr std::size_t kAhead = 32;
constexpr double kLongestClipSeconds = 3600.0;

std::int64_t leastSamples(const FrontendSpec& frontend) {
  return static_cast<std::int64_t>(std::ceil(frontend.frameLengthMs * frontend.rate.hz() / 1000.0)) + 1;
}

// Models that take every frame have no length of their own; their window is what the package recommends.
double longestWindow(const inference::ModelSpec& spec) {
  return spec.frontend.sound && spec.frontend.targetFrames > 0 ? spec.frontend.clipSeconds() : kLongestClipSeconds;
}

Result<ClipPlan> planFor(const inference::ModelSpec& spec, const ClassifyOptions& options) {
  const double longest = longestWindow(spec);
  const double natural = spec.windowSeconds > 0.0 ? std::min(spec.windowSeconds, longest) : std::min(longest, 10.0);
  double window = options.windowSeconds > 0.0 ? options.windowSeconds : natural;
  if (!std::isfinite(window) || window < 0.02 || window > longest + 0.05)
    return fail(ErrorCode::invalidArgument, "--window must lie between 0.02 and " + std::to_string(longest) +
                                                " seconds, which is what " + spec.name + " sees at once");
  window = std::min(window, longest);
  double hop = options.hopSeconds;
  if (hop == 0.0) hop = options.windowSeconds > 0.0 || spec.hopSeconds <= 0.0 ? window : spec.hopSeconds;
  if (!std::isfinite(hop) || hop < 0.01 || hop > 86400.0)
    return fail(ErrorCode::invalidArgument, "--hop must lie between 0.01 and 86400 seconds");
  const SampleRate rate = spec.frontend.rate;
  ClipPlan plan{rate, spec.frontend.channelMix, rate.samples(MediaTime::fromSeconds(window)),
                rate.samples(MediaTime::fromSeconds(hop)), leastSamples(spec.frontend), 0, std::nullopt};
  if (!options.range) return plan;
  if (options.range->start < MediaTime{} || options.range->end <= options.range->start)
    return fail(ErrorCode::invalidArgument, "the stretch to classify must start at 0 s or later and end after it starts");
  plan.firstSample = rate.samples(options.range->start);
  plan.endSample = rate.samples(options.range->end);
  return plan;
}

Error nothingToClassify(const Recording& recording) {
  return {ErrorCode::corruptData, recording.path().string() + ": the file holds nothing to analyse; choose another", {}};
}

// Windows over a file without sound, as ClipReader lays them over sound.
std::vector<TimeRange> windowsOver(double duration, const ClipPlan& plan) {
  if (plan.endSample) duration = std::min(duration, plan.rate.time(*plan.endSample).seconds());
  const double window = plan.rate.time(plan.windowSamples).seconds();
  const double hop = plan.rate.time(plan.hopSamples).seconds();
  std::vector<TimeRange> windows;
  const double first = plan.rate.time(plan.firstSample).seconds();
  double start = first;
  for (; start + window <= duration + 1e-6; start += hop)
    windows.push_back({MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + window)});
  const double covered = windows.empty() ? 0.0 : windows.back().end.seconds();
  if (start < duration && covered < duration - 1e-3)
    windows.push_back({MediaTime::fromSeconds(std::max(first, duration - window)), MediaTime::fromSeconds(duration)});
  return windows;
}

// What a model is shown, window after window: sound streamed by a reader thread, video frames fetched beside it.
class ClipStream {
 public:
  static Result<std::unique_ptr<ClipStream>> open(const Recording& recording, const inference::ModelSpec& spec,
                                                  const ClassifyOptions& options, const ClipPlan& plan,
                                                  const std::stop_token& stop) {
    auto cutter = ModelClipCutter::open(recording, spec, stop);
    if (!cutter) return fail(cutter.error());
    auto stream = std::make_unique<ClipStream>(std::move(*cutter), options.lyrics);
    if (stream->cutter_.hears()) {
      auto sound = recording.sound();
      if (!sound) return fail(sound.error());
      stream->reader_ = std::make_unique<ClipReader>(std::move(*sound), plan, kAhead);
    } else {
      stream->windows_ = windowsOver(recording.durationSeconds(), plan);
    }
    return stream;
  }
  ClipStream(ModelClipCutter cutter, std::string lyrics) : cutter_(std::move(cutter)), lyrics_(std::move(lyrics)) {}

  // Up to a batch of clips; none at the end. Clips with pictures come in small batches, because frames are large.
  Result<std::vector<ModelClip>> next(const std::stop_token& stop) {
    const std::size_t most = cutter_.sees() ? kPictureBatch : kBatch;
    std::vector<ModelClip> clips;
    if (reader_) {
      auto batch = reader_->next(most, stop);
      if (!batch) return fail(batch.error());
      for (CutClip& cut : *batch) clips.push_back({std::move(cut.sound), {}, lyrics_, cut.window});
    }
    for (; !reader_ && next_ < windows_.size() && clips.size() < most; ++next_)
      clips.push_back({{}, {}, lyrics_, windows_[next_]});
    for (ModelClip& clip : clips) {
      auto frames = cutter_.frames(clip.span, stop);
      if (!frames) return fail(frames.error());
      clip.frames = std::move(*frames);
    }
    return clips;
  }

 private:
  ModelClipCutter cutter_;
  std::string lyrics_;
  std::unique_ptr<ClipReader> reader_;  // null: the model hears nothing, or there is nothing to hear
  std::vector<TimeRange> windows_;
  std::size_t next_ = 0;
};

Error nothingThere(const Recording& recording, const ClassifyOptions& options) {
  if (!options.range) return nothingToClassify(recording);
  return {ErrorCode::corruptData,
          recording.path().string() + ": there is no sound from " + std::to_string(options.range->start.seconds()) + " to " +
              std::to_string(options.range->end.seconds()) + " s; the file lasts " + std::to_string(recording.durationSeconds()) + " s",
          {}};
}

}  // namespace

bool isSilent(const ModelClip& clip) {
  if (clip.sound.empty() || !clip.frames.empty() || !clip.lyrics.empty()) return false;
  double power = 0.0;
  for (const float sample : clip.sound) power += static_cast<double>(sample) * sample;
  return power < std::pow(10.0, kSilenceDecibels / 10.0) * static_cast<double>(clip.sound.size());
}

Result<void> eachWindow(const Recording& recording, const inference::ModelSpec& spec, const ClassifyOptions& options,
                        const WindowSink& sink, std::stop_token stop) {
  auto plan = planFor(spec, options);
  if (!plan) return fail(plan.error());
  auto clips = ClipStream::open(recording, spec, options, *plan, stop);
  if (!clips) return fail(clips.error());
  for (bool any = false;; any = true) {
    auto batch = (*clips)->next(stop);
    if (!batch) return fail(batch.error());
    if (batch->empty()) return any ? Result<void>() : fail(nothingThere(recording, options));
    if (auto taken = sink(*batch); !taken) return taken;
  }
}

}  // namespace chladni::analysis
