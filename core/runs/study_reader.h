// StudyReader: a study folder as it is now, for whoever watches it: its table beside what was printed of the same sweep,
// and what every run of it said. update() reads only what is new. One thread at a time; what it hands out may be shared.
// Fails as Study::open does; a run that cannot be read is one without history.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/runs/event_file.h"
#include "core/runs/run_summary.h"
#include "core/training/study.h"

namespace chladni::runs {

struct StudyMember {
  training::StudyRun run;
  RunPhase phase = RunPhase::broken;
  bool begun = false;
  bool hasModel = false;
  std::shared_ptr<const RunHistory> history;  // null before it has begun
};

struct StudyReading {
  std::filesystem::path folder;
  training::Study study;
  training::StudyTable table;
  std::vector<StudyMember> members;  // as the study has them
};

class StudyReader {
 public:
  explicit StudyReader(std::filesystem::path folder) : folder_(std::move(folder)) {}
  // The reading when something is new since the last call, else null.
  Result<std::shared_ptr<const StudyReading>> update(std::stop_token stop = {});

 private:
  struct Follower {
    std::unique_ptr<EventFile> file;
    RunHistory history;
    std::shared_ptr<const RunHistory> shown;
  };
  std::filesystem::path folder_;
  std::optional<training::Study> study_;
  std::vector<Follower> followers_;
  std::vector<RunPhase> phases_;
};

}  // namespace chladni::runs
