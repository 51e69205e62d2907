#include "core/report/gather.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/analysis/events.h"
#include "core/analysis/model_clip.h"
#include "core/inference/localiser.h"
#include "core/report/plots.h"
#include "core/report/sound_pictures.h"

namespace chladni::report {

namespace {

constexpr std::int64_t kMostPoints = 360;
constexpr std::size_t kMostCurves = 5;

std::string decimal(double value, const char* unit) {
  char text[48];
  std::snprintf(text, sizeof text, "%.6g %s", value, unit);
  return text;
}

std::string soundFact(const media::AudioStreamInfo& stream) {
  return stream.codec + ", " + std::to_string(stream.rate.hz()) + " Hz, " +
         (stream.layout.empty() ? std::to_string(stream.channels) + " channels" : stream.layout);
}

std::string videoFact(const media::VideoStreamInfo& stream) {
  std::string text = stream.codec + ", " + std::to_string(stream.width) + " x " + std::to_string(stream.height);
  if (stream.attachedPicture) return text + ", cover picture";
  char rate[48];
  std::snprintf(rate, sizeof rate, ", %.3g frames a second, ", stream.fps);
  text += rate + std::to_string(stream.frames) + " frames";
  return stream.rotationDegrees != 0 ? text + ", turned by " + std::to_string(stream.rotationDegrees) + " degrees" : text;
}

Facts factsOf(const analysis::Recording& recording) {
  const media::MediaInfo& info = recording.info();
  Facts facts{{"Container", info.container}, {"Duration", decimal(std::round(recording.durationSeconds() * 1000.0) / 1000.0, "s")}};
  std::error_code problem;
  const auto bytes = std::filesystem::file_size(recording.path(), problem);
  if (!problem) facts.emplace_back("Size", std::to_string(bytes) + " bytes");
  for (const auto& stream : info.audio) facts.emplace_back("Sound", soundFact(stream));
  for (const auto& stream : info.video) facts.emplace_back("Video", videoFact(stream));
  for (const auto& [key, value] : info.tags) facts.emplace_back("Tag " + key, value);
  return facts;
}

Facts provenanceOf(const inference::LoadedModel& model, const GatherOptions& options) {
  const inference::ModelSpec& spec = model.spec();
  Facts facts{{"Model", spec.name}, {"Family", spec.family}, {"Weights, SHA-256", spec.weights.sha256},
              {"Number format", model.precision()}, {"Device", model.device()}, {"Program", options.program}};
  if (!spec.licence.empty()) facts.emplace_back("Licence", spec.licence);
  if (!spec.source.empty()) facts.emplace_back("Source", spec.source);
  const double window = options.windows.windowSeconds > 0.0 ? options.windows.windowSeconds : spec.windowSeconds;
  const double hop = options.windows.hopSeconds > 0.0 ? options.windows.hopSeconds : options.windows.windowSeconds > 0.0 ? window : spec.hopSeconds;
  if (model.classifier() && window > 0.0) facts.emplace_back("Windows", decimal(window, "s") + (hop > 0.0 ? ", one every " + decimal(hop, "s") : ""));
  if (model.classifier() && spec.temperature != 1.0) facts.emplace_back("Temperature", decimal(spec.temperature, ""));
  return facts;
}

std::vector<ClassLine> topOf(std::span<const float> scores, const std::vector<std::string>& classes, int top, std::vector<std::size_t>& indices) {
  std::vector<ClassLine> lines;
  for (const ClassScore& score : topScores(scores, top)) {
    lines.push_back({classes[static_cast<std::size_t>(score.index)], score.p});
    indices.push_back(static_cast<std::size_t>(score.index));
  }
  return lines;
}

Curves curvesOf(const std::vector<TimeRange>& windows, const Matrix& scores, const std::vector<std::string>& classes, std::vector<std::size_t> indices) {
  indices.resize(std::min(indices.size(), kMostCurves));
  Curves curves;
  for (const std::size_t index : indices) curves.names.push_back(classes[index]);
  const auto count = static_cast<std::int64_t>(windows.size());
  const std::int64_t each = std::max<std::int64_t>(1, (count + kMostPoints - 1) / kMostPoints);
  curves.p.columns = static_cast<std::int64_t>(indices.size());
  for (std::int64_t first = 0; first < count; first += each) {
    const std::int64_t end = std::min(count, first + each);
    curves.start.push_back(windows[static_cast<std::size_t>(first)].start.seconds());
    curves.end.push_back(windows[static_cast<std::size_t>(end - 1)].end.seconds());
    for (const std::size_t index : indices) {
      float sum = 0.0F;
      for (std::int64_t w = first; w < end; ++w) sum += scores.row(w)[index];
      curves.p.values.push_back(sum / static_cast<float>(end - first));
    }
    ++curves.p.rows;
  }
  return curves;
}

// The middle of the window in which the clip's first class is most probable.
double surestMoment(const Curves& curves, double seconds) {
  if (curves.start.empty() || curves.names.empty()) return seconds / 2.0;
  std::size_t best = 0;
  for (std::size_t i = 1; i < curves.start.size(); ++i)
    if (curves.p.at(static_cast<std::int64_t>(i), 0) > curves.p.at(static_cast<std::int64_t>(best), 0)) best = i;
  return 0.5 * (curves.start[best] + curves.end[best]);
}

class Asking {
 public:
  Asking(const analysis::Recording& recording, const ReportedModel& reported, const GatherOptions& options, const ProgressSink& progress, std::stop_token stop)
      : recording_(recording), reported_(reported), model_(*reported.model), options_(options), progress_(progress), stop_(std::move(stop)) {}

  // Fails with cancelled only.
  Result<ModelSection> answer() {
    section_.title = model_.spec().title.empty() ? model_.spec().name : model_.spec().title;
    section_.provenance = provenanceOf(model_, options_);
    section_.multiLabel = model_.spec().multiLabel;
    Result<void> heard = model_.classifier() ? classify() : model_.localiser() ? localise() : attendOnly();
    if (heard && options_.attention && model_.attentionSource()) heard = attend();
    if (!heard && heard.error().code == ErrorCode::cancelled) return fail(heard.error());
    if (!heard) section_.problem = heard.error().describe();
    return std::move(section_);
  }

 private:
  Result<void> classify() {
    auto prediction = analysis::classify(recording_, model_, options_.windows, progress_, {}, stop_);
    if (!prediction) return fail(prediction.error());
    if ((*prediction)->allSilent()) return fail(ErrorCode::corruptData, "nothing is heard in this recording, so nothing is named");
    std::vector<std::size_t> indices;
    section_.top = topOf((*prediction)->clip, (*prediction)->classes, options_.top, indices);
    section_.curves = curvesOf((*prediction)->windows, (*prediction)->scores, (*prediction)->classes, std::move(indices));
    return {};
  }

  Result<void> localise() {
    section_.localises = true;
    auto backbones = analysis::loadBackbones(model_, reported_.backbones);
    if (!backbones) return fail(backbones.error());
    auto found = analysis::localise(recording_, model_, *backbones, progress_, stop_);
    if (!found) return fail(found.error());
    std::vector<float> mean(found->classes.size(), 0.0F);
    for (std::int64_t r = 0; r < found->scores.rows; ++r)
      for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += found->scores.row(r)[k] / static_cast<float>(found->scores.rows);
    std::vector<std::size_t> indices;
    section_.top = topOf(mean, found->classes, options_.top, indices);
    section_.curves = curvesOf(found->segments, found->scores, found->classes, std::move(indices));
    auto labels = analysis::labelsOf(found->segments, found->scores);
    if (!labels) return fail(labels.error());
    analysis::EventOptions events;
    events.background = analysis::backgroundClass(found->classes);
    for (const auto& event : analysis::eventsOf(*labels, events))
      section_.events.push_back({found->classes[static_cast<std::size_t>(event.index)], event.span.start.seconds(), event.span.end.seconds(), event.p});
    return {};
  }

  Result<void> attendOnly() {
    if (!model_.attentionSource()) return fail(ErrorCode::unsupported, "this model names no classes and shows no attention");
    return {};
  }

  Result<void> attend() {
    const double at = surestMoment(section_.curves, recording_.durationSeconds());
    auto attention = analysis::attendOverview(recording_, model_, MediaTime::fromSeconds(at), stop_);
    if (!attention) return fail(attention.error());
    section_.attention = *attention->map;
    section_.heads = model_.attentionSource()->heads();
    return {};
  }

  const analysis::Recording& recording_;
  const ReportedModel& reported_;
  const inference::LoadedModel& model_;
  const GatherOptions& options_;
  const ProgressSink& progress_;
  const std::stop_token stop_;
  ModelSection section_;
};

}  // namespace

Result<FileSection> describeFile(const std::string& path, const std::vector<ReportedModel>& models, const GatherOptions& options,
                                 const ProgressSink& progress, std::stop_token stop) {
  auto recording = analysis::Recording::open(path);
  if (!recording) return fail(recording.error());
  FileSection file;
  file.name = path;
  if ((*recording)->hasAudio())
    if (auto scanned = (*recording)->scan(progress, stop); !scanned) return fail(scanned.error());
  file.seconds = (*recording)->durationSeconds();
  file.facts = factsOf(**recording);
  if ((*recording)->hasAudio())
    if (auto drawn = addSound(**recording, file, stop); !drawn) return fail(drawn.error());
  if ((*recording)->hasVideo())
    if (auto drawn = addFrames(**recording, file, stop); !drawn) return fail(drawn.error());
  for (const ReportedModel& model : models) {
    auto section = Asking(**recording, model, options, progress, stop).answer();
    if (!section) return fail(section.error());
    file.models.push_back(std::move(*section));
  }
  return file;
}

}  // namespace chladni::report
