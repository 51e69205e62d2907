// A trial: something done in a process of its own, under limits, and how it ended. What is tried may crash, hang or eat the
// memory: the test only hears of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace chladni::test {

inline constexpr double kLongestSeconds = 10.0;  // of work, for one thing

struct Trial {
  int status = -1;  // exit status; -1 when a signal ended it
  int signal = 0;
  double wallSeconds = 0.0;
  double cpuSeconds = 0.0;
  double longestSeconds = kLongestSeconds;  // that it was given
  double peakMegabytes = 0.0;
  std::string said;  // on standard error
};

// Runs `work`, which does so many things, in a child; its return value is the exit status, what it writes to standard error is
// kept.
Trial tried(const std::function<int()>& work, double things = 1.0);

// What is amiss around a program.
struct Surroundings {
  std::vector<std::string> environment;  // NAME=value, and nothing else but what is needed to start; empty: as ours
  bool nobody = false;                   // as a user without rights, where we are root and can become one
  long largestFile = -1;                 // bytes a file may have, as on a full disk; -1: no limit
  std::string out = "/dev/null";         // its standard output
};

// Runs a program, chladni-cli unless another is named.
Trial triedProgram(const std::vector<std::string>& arguments, const Surroundings& surroundings = {},
                   const std::string& program = CHLADNI_CLI);

// What is wrong with the way it ended, empty when nothing: a signal, more than 10 s of work, more than 1 GB, or an exit
// status or standard error that docs do not promise for any file (0 or 3, at most one line "error: ...").
std::string wrongWith(const Trial& trial);

}  // namespace chladni::test
