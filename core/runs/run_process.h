// A process that outlives whoever started it: its own session, low priority, input from a named pipe, output to a log.
// ProcessMark says which process it was, also after pids were used again or the machine was restarted.
// Any thread. startDetached fails with io or notFound (no such program) in one line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace chladni::runs {

struct ProcessMark {
  std::int64_t pid = 0;
  std::uint64_t startTicks = 0;  // since boot, as the kernel counts
  std::string boot;              // identity of this start of the machine

  bool operator==(const ProcessMark&) const = default;
};

// Nothing when there is no such process, or it has ended and only waits to be collected.
std::optional<ProcessMark> markOf(std::int64_t pid);
bool isAlive(const ProcessMark& mark);

struct DetachedCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path control;  // named pipe that becomes its input; made when missing
  std::filesystem::path log;      // takes output and errors, at the end of what is there
  int niceness = 10;
};

Result<ProcessMark> startDetached(const DetachedCommand& command);

// A line into the named pipe of a process. Fails with notFound when nobody listens.
Result<void> sayTo(const std::filesystem::path& control, const std::string& line);

// Who holds the lock of each file, by inode: trainings that somebody started in a terminal are found by it.
std::map<std::uint64_t, std::int64_t> lockHolders();
// Asks the file itself, whether any process holds its lock; false when it cannot be opened.
bool isLocked(const std::filesystem::path& file);

}  // namespace chladni::runs
