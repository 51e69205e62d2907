#include "core/analysis/classification.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/analysis/model_clip.h"
#include "core/analysis/probabilities.h"
#include "core/analysis/window_stream.h"
#include "core/dsp/frontend.h"
#include "core/picture/picture_input.h"

namespace chladni::analysis {

namespace {

using Clock = std::chrono::steady_clock;
constexpr double kPartialSeconds = 0.5;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

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

inference::ModelInput inputOf(const ModelClip& clip, HeardPart part) {
  auto input = clip.input();
  if (part == HeardPart::lyricsOnly) input.sound = {};
  if (part == HeardPart::soundOnly) input.lyrics = {};
  return input;
}

Result<void> classifyBatch(const inference::Classifier& classifier, const std::vector<ModelClip>& batch, HeardPart part,
                           Gathered& gathered, const std::stop_token& stop) {
  std::vector<inference::ModelInput> inputs;
  for (const ModelClip& clip : batch) inputs.push_back(inputOf(clip, part));
  auto logits = classifier.logitsOf(inputs, stop);
  if (!logits) return fail(logits.error());
  for (std::size_t i = 0; i < batch.size(); ++i)
    gathered.add(batch[i].span, logits->row(static_cast<std::int64_t>(i)), isSilent(batch[i]));
  return {};
}

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
  Attention attention{std::make_shared<const AttentionMap>(std::move(*map)), nullptr, nullptr, source->layers(), source->heads()};
  if (!clip->frames.empty()) {
    auto square = picture::pictureSquare(clip->frames[clip->frames.size() / 2], *model.spec().frontend.picture);
    if (!square) return fail(square.error());
    attention.picture = std::make_shared<const VideoFrame>(std::move(*square));
  }
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
  Gathered gathered(model);
  const auto expected = static_cast<std::int64_t>(std::llround(recording.durationSeconds() * 1000.0));
  Clock::time_point lastPartial = Clock::now();
  const auto take = [&](const std::vector<ModelClip>& batch) -> Result<void> {
    if (auto done = classifyBatch(*classifier, batch, options.part, gathered, stop); !done) return done;
    if (progress)
      progress({"classifying", std::min(static_cast<std::int64_t>(gathered.seconds() * 1000.0), expected), expected});
    if (partial && secondsSince(lastPartial) >= kPartialSeconds) {
      partial(gathered.snapshot());
      lastPartial = Clock::now();
    }
    return {};
  };
  if (auto all = eachWindow(recording, model.spec(), options, take, stop); !all) {
    if (partial && !gathered.empty()) partial(gathered.snapshot());
    return fail(all.error());
  }
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
