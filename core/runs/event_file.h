// EventFile: follows the events.jsonl of a run. update() takes what is new since the last call: whole lines only, the
// rest waits. A file that became shorter or another one (a resume takes back what came after its checkpoint) is read
// again from the start, into an emptied history. Lines that are no JSON, too long or too deep are counted as unreadable.
// One thread. Fails with io when the file cannot be read; a file that is not there yet has no events.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>

#include "core/base/result.h"
#include "core/runs/run_history.h"

namespace chladni::runs {

inline constexpr std::size_t kLongestEvent = std::size_t{8} << 20;

class EventFile {
 public:
  explicit EventFile(std::filesystem::path path) : path_(std::move(path)) {}
  // True when something was new. A stop leaves the rest for the next call.
  Result<bool> update(RunHistory& history, std::stop_token stop = {});

 private:
  void takeLine(std::string_view line, RunHistory& history) const;
  std::filesystem::path path_;
  std::uint64_t inode_ = 0;
  std::int64_t offset_ = 0;
  std::string rest_;     // the beginning of a line that has not ended
  bool passing_ = false;  // over a line that is too long
};

}  // namespace chladni::runs
