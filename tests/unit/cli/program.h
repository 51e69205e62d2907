// Runs the built chladni-cli as a person would: arguments in, exit status and both outputs back.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace chladni::test {

struct Ran {
  int status = -1;  // 128 + n when a signal n ended it
  std::string out;
  std::string err;
  [[nodiscard]] int errorLines() const;
};

// `environment` holds NAME=value pairs added to this process's own.
Ran run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});

// The same, and sends it `signal` as soon as it has `file` open.
Ran runAndSignal(const std::vector<std::string>& arguments, const std::string& file, int signal);

// The same, and sends it `signal` as soon as `reached`.
Ran runUntil(const std::vector<std::string>& arguments, const std::function<bool()>& reached, int signal,
             const std::vector<std::string>& environment = {});

// The same, with a file as its standard input.
Ran runWithInput(const std::vector<std::string>& arguments, const std::string& file);

// Checks that it ended with `status` and one line that begins with "error: " and has `says` in it.
void isOneErrorLine(const Ran& ran, int status, const std::string& says);
// The same, and that it wrote nothing else.
void isRefused(const Ran& ran, int status);

// A 16-bit WAV of a sine of `hz`, `seconds` long; of beeps of a tenth of a second, as many silent between, when `beeps`.
void writeSine(const std::string& path, double hz, double seconds, int rate = 44100, int channels = 1, bool beeps = false);

}  // namespace chladni::test
