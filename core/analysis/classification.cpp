#include "core/analysis/classification.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/analysis/clip_reader.h"
#include "core/dsp/frontend.h"

namespace chladni::analysis {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kBatch = 16;
constexpr std::size_t kAhead = 32;
constexpr double kPartialSeconds = 0.5;
constexpr double kLongestClipSeconds = 3600.0;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

std::int64_t leastSamples(const FrontendSpec& frontend) {
  return static_cast<std::int64_t>(std::ceil(frontend.frameLengthMs * frontend.rate.hz() / 1000.0)) + 1;
}

// Models that take every frame have no length of their own; their window is what the package recommends.
double longestWindow(const inference::ModelSpec& spec) {
  return spec.frontend.targetFrames > 0 ? spec.frontend.clipSeconds() : kLongestClipSeconds;
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

  void add(const TimeRange& window, std::span<const float> logits) {
    std::vector<float> row(logits.size());
    probabilities(logits, temperature_, result_.multiLabel, row);
    const double seconds = window.length().seconds();
    weight_ += seconds;
    for (std::size_t i = 0; i < row.size(); ++i) sums_[i] += seconds * row[i];
    appendRow(result_.logits, logits);
    appendRow(result_.scores, row);
    result_.windows.push_back(window);
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

Result<void> classifyBatch(const inference::Classifier& classifier, const std::vector<CutClip>& batch,
                           Gathered& gathered, const std::stop_token& stop) {
  std::vector<inference::Clip> clips;
  for (const CutClip& clip : batch) clips.emplace_back(clip.sound);
  auto logits = classifier.logits(clips, stop);
  if (!logits) return fail(logits.error());
  for (std::size_t i = 0; i < batch.size(); ++i) gathered.add(batch[i].window, logits->row(static_cast<std::int64_t>(i)));
  return {};
}

Error noSoundToClassify(const Recording& recording) {
  return {ErrorCode::corruptData, recording.path().string() + ": the file holds no sound to analyse; choose another", {}};
}

struct CutForAttention {
  std::vector<float> sound;
  TimeRange span;
};

Result<CutForAttention> cutAround(const Recording& recording, const inference::ModelSpec& spec, MediaTime at,
                                  const std::stop_token& stop) {
  const double duration = recording.durationSeconds();
  if (at < MediaTime{} || at.seconds() > duration + 0.5)
    return fail(ErrorCode::invalidArgument, recording.path().string() + ": there is nothing at " +
                                                std::to_string(at.seconds()) + " s; the file lasts " +
                                                std::to_string(duration) + " s");
  const double clip = spec.frontend.targetFrames > 0 ? spec.frontend.clipSeconds()
                                                     : (spec.windowSeconds > 0.0 ? spec.windowSeconds : 10.0);
  const double start = std::clamp(at.seconds() - clip / 2, 0.0, std::max(0.0, duration - clip));
  const TimeRange wanted{MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + clip)};
  auto sound = recording.readAudio(wanted, spec.frontend.rate, spec.frontend.channelMix, stop);
  if (!sound) return fail(sound.error());
  if (sound->samples() == 0) return fail(noSoundToClassify(recording));
  CutForAttention cut{std::move(sound->channels.front()), {sound->startTime, sound->startTime}};
  cut.span.end = cut.span.start + spec.frontend.rate.time(static_cast<std::int64_t>(cut.sound.size()));
  cut.sound.resize(std::max(cut.sound.size(), static_cast<std::size_t>(leastSamples(spec.frontend))), 0.0F);
  return cut;
}

template <class Ask>
Result<Attention> attendWith(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                             const std::stop_token& stop, Ask ask) {
  const inference::AttentionSource* source = model.attentionSource();
  if (!source) return fail(ErrorCode::unsupported, model.spec().name + ": this model shows no attention; choose another");
  auto cut = cutAround(recording, model.spec(), at, stop);
  if (!cut) return fail(cut.error());
  auto map = ask(*source, inference::Clip(cut->sound));
  if (!map) return fail(map.error());
  map->span = cut->span;
  auto frontend = dsp::Frontend::create(model.spec().frontend);
  if (!frontend) return fail(frontend.error());
  auto input = frontend->modelInput(cut->sound);
  if (!input) return fail(input.error());
  return Attention{std::make_shared<const AttentionMap>(std::move(*map)),
                   std::make_shared<const Matrix>(std::move(*input))};
}

}  // namespace

Result<std::shared_ptr<const Prediction>> classify(const Recording& recording, const inference::LoadedModel& model,
                                                   const ClassifyOptions& options, const ProgressSink& progress,
                                                   const PredictionSink& partial, std::stop_token stop) {
  const inference::Classifier* classifier = model.classifier();
  if (!classifier) return fail(ErrorCode::unsupported, model.spec().name + ": this model names no classes; choose another");
  auto plan = planFor(model.spec(), options);
  if (!plan) return fail(plan.error());
  auto sound = recording.sound();
  if (!sound) return fail(sound.error());
  ClipReader reader(std::move(*sound), *plan, kAhead);
  Gathered gathered(model);
  const auto expected = static_cast<std::int64_t>(std::llround(recording.durationSeconds() * 1000.0));
  Clock::time_point lastPartial = Clock::now();
  const auto giveUp = [&](const Error& error) {
    if (partial && !gathered.empty()) partial(gathered.snapshot());
    return fail(error);
  };
  for (;;) {
    auto batch = reader.next(kBatch, stop);
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
  if (gathered.empty()) return fail(noSoundToClassify(recording));
  return gathered.snapshot();
}

Result<Attention> attend(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                         const inference::AttentionRequest& request, std::stop_token stop) {
  return attendWith(recording, model, at, stop, [&](const inference::AttentionSource& source, inference::Clip clip) {
    return source.attention(clip, request, stop);
  });
}

Result<Attention> attendOverview(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                                 std::stop_token stop) {
  return attendWith(recording, model, at, stop, [&](const inference::AttentionSource& source, inference::Clip clip) {
    return source.attentionOverview(clip, stop);
  });
}

}  // namespace chladni::analysis
