#include "core/analysis/classification.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/analysis/clip_reader.h"
#include "core/analysis/model_clip.h"
#include "core/dsp/frontend.h"

namespace chladni::analysis {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kBatch = 16;
constexpr std::size_t kPictureBatch = 2;
constexpr std::size_t kAhead = 32;
constexpr double kPartialSeconds = 0.5;
constexpr double kLongestClipSeconds = 3600.0;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

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

void probabilities(std::span<const float> logits, double temperature, bool multiLabel, std::span<float> out) {
  const float scale = static_cast<float>(1.0 / temperature);
  if (multiLabel) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = 1.0F / (1.0F + std::exp(-logits[i] * scale));
    return;
  }
  const float largest = *std::max_element(logits.begin(), logits.end());
  double sum = 0.0;
  for (std::size_t i = 0; i < out.size(); ++i) sum += out[i] = std::exp((logits[i] - largest) * scale);
  for (float& p : out) p = static_cast<float>(p / sum);
}

void appendRow(Matrix& table, std::span<const float> row) {
  table.values.insert(table.values.end(), row.begin(), row.end());
  ++table.rows;
}

class Gathered {
 public:
  explicit Gathered(const inference::LoadedModel& model) : started_(Clock::now()) {
    const inference::ModelSpec& spec = model.spec();
    result_.classes = spec.classes;
    result_.multiLabel = spec.multiLabel;
    result_.provenance = {spec.name, spec.weights.sha256, model.device(), model.precision(), CHLADNI_VERSION};
    result_.scores.columns = result_.logits.columns = static_cast<std::int64_t>(spec.classes.size());
    sums_.assign(spec.classes.size(), 0.0);
    temperature_ = spec.temperature > 0.0 ? spec.temperature : 1.0;
  }

  void add(const TimeRange& window, std::span<const float> logits, bool silent) {
    std::vector<float> row(logits.size());
    if (!silent) probabilities(logits, temperature_, result_.multiLabel, row);
    const double seconds = silent ? 0.0 : window.length().seconds();
    weight_ += seconds;
    for (std::size_t i = 0; i < row.size(); ++i) sums_[i] += seconds * row[i];
    appendRow(result_.logits, logits);
    appendRow(result_.scores, row);
    result_.windows.push_back(window);
    result_.silent.push_back(silent);
    result_.secondsOfMedia = std::max(result_.secondsOfMedia, window.end.seconds());
  }
  [[nodiscard]] std::shared_ptr<const Prediction> snapshot() const {
    auto copy = std::make_shared<Prediction>(result_);
    for (const double sum : sums_) copy->clip.push_back(static_cast<float>(weight_ > 0.0 ? sum / weight_ : 0.0));
    copy->secondsOfCompute = secondsSince(started_);
    return copy;
  }
  [[nodiscard]] bool empty() const { return result_.windows.empty(); }
  [[nodiscard]] double seconds() const { return result_.secondsOfMedia; }

 private:
  const Clock::time_point started_;
  Prediction result_;
  std::vector<double> sums_;
  double weight_ = 0.0;
  double temperature_ = 1.0;
};

// A model that looks as well may see something where nothing is heard.
bool isSilent(const ModelClip& clip) {
  if (clip.sound.empty() || !clip.frames.empty() || !clip.lyrics.empty()) return false;
  double power = 0.0;
  for (const float sample : clip.sound) power += static_cast<double>(sample) * sample;
  return power < std::pow(10.0, kSilenceDecibels / 10.0) * static_cast<double>(clip.sound.size());
}

Result<void> classifyBatch(const inference::Classifier& classifier, const std::vector<ModelClip>& batch,
                           Gathered& gathered, const std::stop_token& stop) {
  std::vector<inference::ModelInput> inputs;
  for (const ModelClip& clip : batch) inputs.push_back(clip.input());
  auto logits = classifier.logitsOf(inputs, stop);
  if (!logits) return fail(logits.error());
  for (std::size_t i = 0; i < batch.size(); ++i) 
    gathered.add(batch[i].span, logits->row(static_cast<std::int64_t>(i)), isSilent(batch[i]));
  return {};
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

template <class Ask>
Result<Attention> attendWith(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                             const std::stop_token& stop, Ask ask) {
  const inference::AttentionSource* source = model.attentionSource();
  if (!source) return fail(ErrorCode::unsupported, model.spec().name + ": this model shows no attention; choose another");
  auto clip = clipAround(recording, model.spec(), at, stop);
  if (!clip) return fail(clip.error());
  auto map = ask(*source, clip->input());
  if (!map) return fail(map.error());
  map->span = clip->span;
  Attention attention{std::make_shared<const AttentionMap>(std::move(*map)), nullptr, nullptr};
  if (!clip->frames.empty())
    attention.frame = std::make_shared<const VideoFrame>(std::move(clip->frames[clip->frames.size() / 2]));
  if (clip->sound.empty()) return attention;
  auto frontend = dsp::Frontend::create(model.spec().frontend);
  if (!frontend) return fail(frontend.error());
  auto input = frontend->modelInput(clip->sound);
  if (!input) return fail(input.error());
  attention.input = std::make_shared<const Matrix>(std::move(*input));
  return attention;
}

}  // namespace

Result<std::shared_ptr<const Prediction>> classify(const Recording& recording, const inference::LoadedModel& model,
                                                   const ClassifyOptions& options, const ProgressSink& progress,
                                                   const PredictionSink& partial, std::stop_token stop) {
  const inference::Classifier* classifier = model.classifier();
  if (!classifier) return fail(ErrorCode::unsupported, model.spec().name + ": this model names no classes; choose another");
  auto plan = planFor(model.spec(), options);
  if (!plan) return fail(plan.error());
  auto clips = ClipStream::open(recording, model.spec(), options, *plan, stop);
  if (!clips) return fail(clips.error());
  Gathered gathered(model);
  const auto expected = static_cast<std::int64_t>(std::llround(recording.durationSeconds() * 1000.0));
  Clock::time_point lastPartial = Clock::now();
  const auto giveUp = [&](const Error& error) {
    if (partial && !gathered.empty()) partial(gathered.snapshot());
    return fail(error);
  };
  for (;;) {
    auto batch = (*clips)->next(stop);
    if (!batch) return giveUp(batch.error());
    if (batch->empty()) break;
    auto done = classifyBatch(*classifier, *batch, gathered, stop);
    if (!done) return giveUp(done.error());
    if (progress)
      progress({"classifying", std::min(static_cast<std::int64_t>(gathered.seconds() * 1000.0), expected), expected});
    if (partial && secondsSince(lastPartial) >= kPartialSeconds) {
      partial(gathered.snapshot());
      lastPartial = Clock::now();
    }
  }
  if (gathered.empty() && options.range)
    return fail(ErrorCode::corruptData, recording.path().string() + ": there is no sound from " +
                                            std::to_string(options.range->start.seconds()) + " to " +
                                            std::to_string(options.range->end.seconds()) + " s; the file lasts " +
                                            std::to_string(recording.durationSeconds()) + " s");
  if (gathered.empty()) return fail(nothingToClassify(recording));
  return gathered.snapshot();
}

Result<Attention> attend(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                         const inference::AttentionRequest& request, std::stop_token stop) {
  return attendWith(recording, model, at, stop, [&](const inference::AttentionSource& source, const inference::ModelInput& clip) {
    return source.attention(clip, request, stop);
  });
}

Result<Attention> attendOverview(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                                 std::stop_token stop) {
  return attendWith(recording, model, at, stop, [&](const inference::AttentionSource& source, const inference::ModelInput& clip) {
    return source.attentionOverview(clip, stop);
  });
}

}  // namespace chladni::analysis
