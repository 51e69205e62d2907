#include "core/analysis/example_scores.h"

#include <algorithm>
#include <iterator>

#include "core/analysis/class_lookup.h"
#include "core/base/atomic_file.h"

namespace chladni::analysis {

namespace {

class Scoring {
 public:
  explicit Scoring(const inference::LoadedModel& model) : spec_(model.spec()) {
    found_.items.task = spec_.multiLabel ? EvaluationTask::multiLabel : EvaluationTask::multiClass;
    found_.items.classes = spec_.classes;
    found_.items.scores.classes = found_.items.labels.classes = static_cast<std::int64_t>(spec_.classes.size());
  }

  void add(const ManifestExample& example, const std::vector<std::uint8_t>& truth, const Prediction& prediction) {
    ScoredItems& items = found_.items;
    items.items.push_back(example.name);
    items.scores.values.insert(items.scores.values.end(), prediction.clip.begin(), prediction.clip.end());
    items.labels.values.insert(items.labels.values.end(), truth.begin(), truth.end());
    items.scores.items = ++items.labels.items;
    found_.secondsOfMedia += (prediction.windows.back().end - prediction.windows.front().start).seconds();
    found_.secondsOfCompute += prediction.secondsOfCompute;
    found_.provenance = prediction.provenance;
  }
  void leaveOut(const ManifestExample& example, std::string reason) {
    found_.leftOut.push_back({example.name, std::move(reason)});
  }
  void stop() { found_.stopped = true; }
  [[nodiscard]] bool empty() const { return found_.items.items.empty(); }
  [[nodiscard]] const std::vector<LeftOut>& leftOut() const { return found_.leftOut; }
  ScoredExamples take() { return std::move(found_); }

 private:
  const inference::ModelSpec& spec_;
  ScoredExamples found_;
};

Result<std::shared_ptr<const Prediction>> predict(const ManifestExample& example, const inference::LoadedModel& model,
                                                  ClassifyOptions windows, const std::stop_token& stop) {
  auto recording = Recording::open(example.media);
  if (!recording) return fail(recording.error());
  windows.range = example.range;
  if (model.spec().frontend.lyrics && !example.lyrics.empty()) {
    auto lyrics = readFile(example.lyrics, kMostLyrics);
    if (!lyrics) return fail(lyrics.error());
    windows.lyrics = std::move(*lyrics);
  }
  return classify(**recording, model, windows, {}, {}, stop);
}

}  // namespace

Result<ScoredExamples> scoreExamples(std::span<const ManifestExample> examples, const inference::LoadedModel& model,
                                     const ClassifyOptions& windows, const ProgressSink& progress, std::stop_token stop) {
  const inference::ModelSpec& spec = model.spec();
  if (!model.classifier()) return fail(ErrorCode::unsupported, spec.name + ": this model names no classes; choose another");
  const ClassLookup lookup(spec);
  std::vector<std::vector<std::uint8_t>> truths;
  for (const ManifestExample& example : examples) {
    auto truth = lookup.truthOf(example);
    if (!truth) return fail(truth.error());
    truths.push_back(std::move(*truth));
  }
  Scoring scoring(model);
  const auto total = static_cast<std::int64_t>(examples.size());
  for (std::size_t i = 0; i < examples.size() && !stop.stop_requested(); ++i) {
    if (progress) progress({"evaluating", static_cast<std::int64_t>(i), total});
    const auto labels = std::count(truths[i].begin(), truths[i].end(), 1);
    if (!spec.multiLabel && labels != 1) {
      scoring.leaveOut(examples[i], std::to_string(labels) + " labels, but the model gives one class a clip");
      continue;
    }
    auto prediction = predict(examples[i], model, windows, stop);
    if (prediction)
      scoring.add(examples[i], truths[i], **prediction);
    else if (prediction.error().code == ErrorCode::cancelled)
      break;
    else if (concernsTheFile(prediction.error().code))
      scoring.leaveOut(examples[i], prediction.error().describe());
    else
      return fail(prediction.error());
  }
  if (stop.stop_requested()) scoring.stop();
  if (scoring.empty() && stop.stop_requested()) return fail(ErrorCode::cancelled, "evaluation was stopped");
  if (scoring.empty())
    return fail(ErrorCode::corruptData, scoring.leftOut().empty()
                                            ? std::string("the manifest lists nothing to evaluate")
                                            : "no example could be evaluated; the first: " + scoring.leftOut().front().item +
                                                  ": " + scoring.leftOut().front().reason);
  if (progress) progress({"evaluating", total, total});
  return scoring.take();
}

Result<std::vector<metrics::Importance>> scoreModalities(std::span<const ManifestExample> examples, const inference::LoadedModel& model,
                                                         const ClassifyOptions& windows, const ProgressSink& progress, std::stop_token stop) {
  const auto& frontend = model.spec().frontend;
  if (!frontend.lyrics || !frontend.sound)
    return fail(ErrorCode::unsupported, model.spec().name + ": this model does not take sound and lyrics; the importance of each is asked of one that does");
  std::vector<ManifestExample> both;
  std::copy_if(examples.begin(), examples.end(), std::back_inserter(both), [](const ManifestExample& one) { return !one.lyrics.empty(); });
  if (both.empty()) return fail(ErrorCode::notFound, "no example has lyrics; the manifest needs a column \"lyrics\" with text files");
  std::vector<std::vector<std::optional<double>>> precisions;
  for (const HeardPart part : {HeardPart::all, HeardPart::soundOnly, HeardPart::lyricsOnly}) {
    ClassifyOptions own = windows;
    own.part = part;
    auto scored = scoreExamples(both, model, own, progress, stop);
    if (!scored) return fail(scored.error());
    if (scored->stopped) return fail(ErrorCode::cancelled, "evaluation was stopped");
    auto evaluation = evaluationOf(scored->items);
    if (!evaluation) return fail(evaluation.error());
    precisions.push_back(std::move(evaluation->ranking.averagePrecision));
  }
  return metrics::modalityImportance(precisions[0], precisions[1], precisions[2]);
}

}  // namespace chladni::analysis
