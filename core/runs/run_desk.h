// RunDesk: the folder of runs and what a person does with them: create, queue, start, pause, resume, stop, clone, delete
// with undo. Every state lies in the run folders, so two windows, or a window after a crash, see the same runs. A
// training is its own process (chladni-cli train) and outlives this one. Any thread, one call at a time.
// Fails with notFound, invalidArgument (what the run's phase does not allow), io, in one line.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runs/run_summary.h"
#include "core/training/recipe.h"
#include "core/training/study.h"

namespace chladni::runs {

struct Deleted {
  std::filesystem::path was;
  std::filesystem::path lies;  // in the bin
};

class RunDesk {
 public:
  // `program` is chladni-cli.
  RunDesk(std::filesystem::path folder, std::filesystem::path program);
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const std::filesystem::path& program() const { return program_; }

  // Also takes the pipes of ended runs away, which a copy of a finished model should not have.
  [[nodiscard]] std::vector<RunSummary> list() const;
  // A folder for a new run with recipe.json in it; the name is made fit for a folder and unlike all others.
  // With fields to sweep, or folds in the recipe, it is a study: study.json instead.
  Result<std::filesystem::path> create(const std::string& name, const training::Recipe& recipe, const std::vector<training::SweepAxis>& sweep = {}) const;
  // Lists a run or study that lies elsewhere, such as one of chladni-cli train --out: a link to it. Deleting it here
  // takes away the link alone. Returns the link.
  Result<std::filesystem::path> addExisting(const std::filesystem::path& run) const;
  Result<void> start(const std::filesystem::path& run) const;
  Result<void> enqueue(const std::filesystem::path& run) const;
  // Starts the run that waits longest, when none is learning. Returns what was started.
  Result<std::optional<std::filesystem::path>> startNext(const std::vector<RunSummary>& runs) const;

  Result<void> pause(const RunSummary& run) const;
  // Of a paused run, or of one whose process has gone; `assignments` may then lengthen it: "epochs=40".
  Result<void> resume(const RunSummary& run, const std::vector<std::string>& assignments = {}) const;
  // The step is finished and the model so far delivered; a run that waits leaves the queue.
  Result<void> stop(const RunSummary& run) const;
  // At once; the run can go on from its last checkpoint.
  Result<void> kill(const RunSummary& run) const;

  // The recipe to begin another run with, what a study sweeps, and a name for it.
  Result<training::Recipe> recipeOf(const std::filesystem::path& run) const;
  [[nodiscard]] std::vector<training::SweepAxis> sweepOf(const std::filesystem::path& run) const;
  [[nodiscard]] std::string nameLike(const std::string& name) const;
  Result<void> rename(const RunSummary& run, const std::string& name) const;

  Result<Deleted> remove(const RunSummary& run) const;
  Result<void> restore(const Deleted& deleted) const;
  [[nodiscard]] std::uintmax_t binBytes() const;
  Result<void> emptyBin() const;

 private:
  Result<void> launch(const std::filesystem::path& run, std::vector<std::string> arguments) const;
  std::filesystem::path folder_;
  std::filesystem::path program_;
};

// Letters, digits, "-", "_" and "." of any alphabet; the rest becomes "-". Never empty, hidden or overlong.
std::string folderName(const std::string& name);
// $XDG_DATA_HOME/chladni/runs, else ~/.local/share/chladni/runs.
std::filesystem::path usualRunFolder();

}  // namespace chladni::runs
