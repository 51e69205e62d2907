// RunSummary: one line of a list of runs. Read from recipe, mark and the ends of events.jsonl only, so that a list of
// many long runs is quick. summarise() never fails: a folder that cannot be understood is a run whose phase is broken,
// with the reason. Pure reads; any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/runs/run_process.h"

namespace chladni::runs {

enum class RunPhase {
  queued,       // waits for its turn
  starting,     // the process looks through the data
  running,
  paused,
  finished,
  stopped,      // asked to stop; the model so far is there
  failed,       // ended with an error
  interrupted,  // the process was killed; can go on
  broken        // the folder cannot be read
};
std::string_view name(RunPhase phase);

struct RunSummary {
  std::filesystem::path folder;
  std::string name;  // of the folder
  RunPhase phase = RunPhase::broken;
  std::string family, task, preset, title, start, data;
  double created = 0.0;   // seconds since 1970
  double lastSaid = 0.0;  // likewise; 0: nothing yet
  std::int64_t step = 0, steps = 0, epoch = 0, epochs = 0;
  std::optional<double> loss;  // smoothed
  std::string metric;          // main figure of the held-out part
  std::optional<double> value, best;
  std::optional<double> etaSeconds, samplesPerSecond;
  std::string message;  // why it failed or is broken
  std::int64_t pid = 0;  // of the living process
  bool hasModel = false;
  bool canResume = false;
  // A study, several runs of one recipe: how many it has, how many have ended, and which one was begun last; course and
  // progress above are those of that one. 0 runs: a single run.
  std::int64_t runs = 0, runsDone = 0;
  std::string runNow;

  [[nodiscard]] bool alive() const { return pid != 0; }
  [[nodiscard]] bool isStudy() const { return runs > 0; }
  bool operator==(const RunSummary&) const = default;
};

struct LivingRuns {
  std::map<std::uint64_t, std::int64_t> lockHolders;  // of this moment
};

// Whether a folder holds a run or a study.
bool isRun(const std::filesystem::path& folder);
RunSummary summarise(const std::filesystem::path& folder, const LivingRuns& living);
// Every run and every study below a folder, newest first; hidden folders, folders that are neither and the runs inside a
// study are left out. An empty list when there is no such folder.
std::vector<RunSummary> listRuns(const std::filesystem::path& folder);

// The mark in process.json, of a process that lives.
std::optional<ProcessMark> livingProcess(const std::filesystem::path& folder);

}  // namespace chladni::runs
