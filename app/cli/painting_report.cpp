#include "app/cli/painting_report.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "app/cli/output.h"
#include "core/analysis/painting.h"
#include "core/analysis/reconstruction.h"
#include "core/base/atomic_file.h"

namespace chladni::cli {
namespace {

using serial::JsonValue;

// Means over clips.
class Means {
 public:
  void add(const metrics::PaintingFigures& figures) {
    ++clips_;
    sums_.hidden += figures.hidden;
    for (auto [sum, one] : {std::pair(&sums_.model, &figures.model), {&sums_.meanPatch, &figures.meanPatch}, {&sums_.nearestPatch, &figures.nearestPatch}}) {
      sum->error += one->error;
      sum->peakRatio += one->peakRatio;
    }
  }
  [[nodiscard]] std::int64_t clips() const { return clips_; }
  [[nodiscard]] metrics::PaintingFigures mean() const {
    auto mean = sums_;
    for (auto* one : {&mean.model, &mean.meanPatch, &mean.nearestPatch}) {
      one->error /= static_cast<double>(clips_);
      one->peakRatio /= static_cast<double>(clips_);
    }
    return mean;
  }

 private:
  metrics::PaintingFigures sums_;
  std::int64_t clips_ = 0;
};

struct Paintings {
  Means sound, picture;
  double seconds = 0.0;  // of painting, reading included
  JsonValue leftOut = JsonValue::array();
  bool stopped = false;
};

Result<analysis::ReconstructedClip> paint(const analysis::ManifestExample& example, const inference::LoadedModel& model,
                                          const inference::MaskRequest& request, std::stop_token stop) {
  auto recording = analysis::Recording::open(example.media);
  if (!recording) return fail(recording.error());
  const double first = example.range ? example.range->start.seconds() : 0.0;
  const double whole = (*recording)->durationSeconds();
  const double last = example.range ? std::max(first, std::min(example.range->end.seconds(), whole)) : whole;
  return analysis::reconstruct(**recording, model, MediaTime::fromSeconds((first + last) / 2.0), request, analysis::PatchStatistics::truth, std::move(stop));
}

Result<Paintings> paintAll(Context& context, const std::vector<analysis::ManifestExample>& examples,
                           const inference::LoadedModel& model, double ratio) {
  Paintings all;
  const auto progress = context.progressSink();
  std::optional<Error> first;
  for (std::size_t n = 0; n < examples.size(); ++n) {
    if (context.stop.stop_requested()) {
      all.stopped = true;
      break;
    }
    if (progress) progress({"painting", static_cast<std::int64_t>(n), static_cast<std::int64_t>(examples.size())});
    inference::MaskRequest request;
    request.mode = model.reconstructor()->modes().front();
    request.soundRatio = request.pictureRatio = ratio;
    request.seed = n;
    const auto from = std::chrono::steady_clock::now();
    auto clip = paint(examples[n], model, request, context.stop);
    all.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
    if (!clip) {
      if (!first) first = clip.error();
      JsonValue row = JsonValue::object();
      all.leftOut.append(std::move(row.set("item", utf8(examples[n].name)).set("reason", utf8(clip.error().describe()))));
      continue;
    }
    const auto painting = analysis::paintingOf(clip->result, model.spec().frontend.picture);
    if (painting.sound) all.sound.add(*painting.sound);
    if (painting.picture) all.picture.add(*painting.picture);
  }
  if (all.sound.clips() + all.picture.clips() == 0 && first) return fail(*first);
  if (all.sound.clips() + all.picture.clips() == 0) return fail(ErrorCode::cancelled, "evaluation was stopped");
  return all;
}

std::string lineOf(const char* plane, const Means& means) {
  if (means.clips() == 0) return {};
  const auto mean = means.mean();
  char text[240];
  std::snprintf(text, sizeof text, "%-8s %5lld clips   error %.4f (%.2f dB)   mean patch %.4f (%.2f dB)   nearest patch %.4f (%.2f dB)\n", plane,
                static_cast<long long>(means.clips()), mean.model.error, mean.model.peakRatio, mean.meanPatch.error, mean.meanPatch.peakRatio,
                mean.nearestPatch.error, mean.nearestPatch.peakRatio);
  return text;
}

}  // namespace

Result<void> reportPaintings(Context& context, const std::vector<analysis::ManifestExample>& examples,
                             const inference::LoadedModel& model, double ratio) {
  auto all = paintAll(context, examples, model, ratio);
  if (!all) return fail(all.error());
  JsonValue json = JsonValue::object();
  json.set("model", utf8(model.spec().name)).set("task", "painting").set("mask", model.reconstructor()->modes().front()).set("ratio", ratio);
  for (const auto& [name, means] : {std::pair("sound", &all->sound), {"picture", &all->picture}})
    if (means->clips() > 0) json.set(name, analysis::paintingJson(means->mean()).set("clips", means->clips()));
  json.set("true_patch_statistics", model.spec().flag("pixel_norm").value_or(false));
  json.set("seconds_of_compute", all->seconds).set("left_out", std::move(all->leftOut)).set("complete", !all->stopped);
  if (!context.out.empty())
    if (auto written = writeFileAtomically(context.out, json.prettyText()); !written) return written;
  auto said = context.json ? printJson(json) : print(lineOf("sound", all->sound) + lineOf("picture", all->picture));
  if (said && all->stopped) return fail(ErrorCode::cancelled, "evaluation was stopped");
  return said;
}

}  // namespace chladni::cli
