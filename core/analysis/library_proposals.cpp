#include "core/analysis/library_proposals.h"

#include <algorithm>

#include "core/analysis/classification.h"
#include "core/analysis/events.h"
#include "core/analysis/project_tracks.h"
#include "core/base/utc_time.h"

namespace chladni::analysis {
namespace {

Result<std::vector<Label>> proposedFor(const store::ProjectFile& file, const LibraryRun& run, const inference::LoadedModel& model,
                                       const ModelLoader& load, const ProgressSink& progress, std::stop_token stop) {
  auto recording = Recording::open(file.path);
  if (!recording) return fail(recording.error());
  auto scores = scoresOf(**recording, model, load, run.windowSeconds, run.hopSeconds, progress, stop);
  if (!scores) return fail(scores.error());
  auto proposals = proposalsOf(scores->windows, scores->scores, run.options, backgroundClass(scores->classes));
  if (!proposals) return fail(proposals.error());
  return labelsOf(*proposals, scores->classes, scores->provenance, run.options, utcNow());
}

std::int64_t waitingOn(const LabelTrack& track) {
  return std::count_if(track.labels.begin(), track.labels.end(), [](const Label& label) { return label.state == LabelState::proposed; });
}

}  // namespace

WindowScores scoresOf(const Prediction& prediction) {
  return {prediction.classes, prediction.windows, prediction.scores, prediction.provenance};
}

Result<WindowScores> scoresOf(const Recording& recording, const inference::LoadedModel& model, const ModelLoader& load,
                              double windowSeconds, double hopSeconds, const ProgressSink& progress, std::stop_token stop) {
  if (model.localiser() != nullptr) {
    auto backbones = loadBackbones(model, load);
    if (!backbones) return fail(backbones.error());
    auto found = localise(recording, model, *backbones, progress, stop);
    if (!found) return fail(found.error());
    return WindowScores{std::move(found->classes), std::move(found->segments), std::move(found->scores), std::move(found->provenance)};
  }
  ClassifyOptions options;
  options.windowSeconds = windowSeconds;
  options.hopSeconds = hopSeconds;
  auto found = classify(recording, model, options, progress, {}, stop);
  if (!found) return fail(found.error());
  return scoresOf(**found);
}

std::string proposalTrackName(const std::string& model) { return "proposals by " + model; }

Result<store::StoredTrack> keepProposals(store::Project& project, const std::filesystem::path& file, const std::string& model,
                                         const std::vector<Label>& labels) {
  const std::string step = "propose " + std::to_string(labels.size()) + (labels.size() == 1 ? " label" : " labels");
  return editTrack(project, step, file, proposalTrackName(model), [&](const LabelTrack& track) { return replaceProposals(track, labels); });
}

Result<void> proposeForLibrary(store::Project& project, const LibraryRun& run, const inference::LoadedModel& model,
                               const ModelLoader& load, const std::function<void(const FileOutcome&)>& told,
                               const ProgressSink& progress, std::stop_token stop) {
  if (auto ok = checkOptions(run.options); !ok) return ok;
  const std::string& package = model.spec().name;
  for (std::size_t i = 0; i < run.files.size(); ++i) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "proposing was cancelled");
    auto file = project.file(run.files[i]);
    if (!file) return fail(file.error());
    auto tracks = project.tracks(file->id);
    if (!tracks) return fail(tracks.error());
    FileOutcome outcome{*file, false, 0, {}};
    const auto* there = trackNamed(*tracks, proposalTrackName(package));
    if (there != nullptr && !run.again) {
      outcome.finishedBefore = true;
      outcome.proposals = waitingOn(there->track);
      told(outcome);
      continue;
    }
    const std::string place = std::to_string(i + 1) + " of " + std::to_string(run.files.size()) + ": " + file->name;
    const ProgressSink named = progress ? ProgressSink([&](const Progress& now) { progress({place, now.done, now.total}); }) : ProgressSink();
    auto labels = proposedFor(*file, run, model, load, named, stop);
    if (!labels && labels.error().code == ErrorCode::cancelled) return fail(labels.error());
    if (!labels) {
      outcome.error = labels.error();
      told(outcome);
      continue;
    }
    auto kept = keepProposals(project, file->path, package, *labels);
    if (!kept) return fail(kept.error());
    outcome.proposals = waitingOn(kept->track);
    told(outcome);
  }
  return {};
}

}  // namespace chladni::analysis
