// Proposals of a model for the files of a project: the model runs over one file after the other, and what it proposes is
// kept in a track named after it. A file that has that track is finished, so that a stopped run goes on where it was; the
// undo of a file's proposals makes it unfinished again. Each file is one step of the history. Blocking; for workers and
// the command line. Fails as Project, classify and localise do, and with cancelled; finished files are kept.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/localisation.h"
#include "core/analysis/proposals.h"
#include "core/base/progress.h"
#include "core/inference/model_family.h"
#include "core/store/project.h"

namespace chladni::analysis {

// What proposals are made from: of a classifier or of a localiser.
struct WindowScores {
  std::vector<std::string> classes;
  std::vector<TimeRange> windows;
  Matrix scores;  // [window, class], probabilities
  Provenance provenance;
};

WindowScores scoresOf(const Prediction& prediction);
// Runs whatever the model can do over a whole recording; a localiser's backbones come from `load`.
Result<WindowScores> scoresOf(const Recording& recording, const inference::LoadedModel& model, const ModelLoader& load,
                              double windowSeconds, double hopSeconds, const ProgressSink& progress, std::stop_token stop);

// "proposals by NAME"
std::string proposalTrackName(const std::string& model);

// Puts `labels` on the model's track of the file, in place of those that wait there; adds file and track where they are
// missing. One step.
Result<store::StoredTrack> keepProposals(store::Project& project, const std::filesystem::path& file, const std::string& model,
                                         const std::vector<Label>& labels);

struct LibraryRun {
  std::vector<store::FileId> files;
  ProposalOptions options;
  double windowSeconds = 0.0;  // 0: the model's own
  double hopSeconds = 0.0;
  bool again = false;  // also files that are finished
};

struct FileOutcome {
  store::ProjectFile file;
  bool finishedBefore = false;
  std::int64_t proposals = 0;  // that wait now
  std::optional<Error> error;  // this file alone
};

// `told` hears of each file as it is finished. A file that cannot be read is told and passed over.
Result<void> proposeForLibrary(store::Project& project, const LibraryRun& run, const inference::LoadedModel& model,
                               const ModelLoader& load, const std::function<void(const FileOutcome&)>& told,
                               const ProgressSink& progress, std::stop_token stop);

}  // namespace chladni::analysis
