// A trial: something done in a process of its own, under limits, and how it ended. What is tried may crash, hang or eat the
// memory: the test only hears of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace chladni::test {

struct Trial {
  int status = -1;  // exit status; -1 when a signal ended it
  int signal = 0;
  double wallSeconds = 0.0;
  double cpuSeconds = 0.0;
  double peakMegabytes = 0.0;
  std::string said;  // on standard error
};

// Runs `work` in a child; its return value is the exit status, what it writes to standard error is kept.
Trial tried(const std::function<int()>& work);

// Runs the built chladni-cli.
Trial triedProgram(const std::vector<std::string>& arguments);

// What is wrong with the way it ended, empty when nothing: a signal, more than 10 s of work, more than 1 GB, or an exit
// status or standard error that docs do not promise for any file (0 or 3, at most one line "error: ...").
std::string wrongWith(const Trial& trial);

}  // namespace chladni::test
