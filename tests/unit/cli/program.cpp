#include "tests/unit/cli/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <numbers>
#include <stdexcept>
#include <string>
#include <thread>

#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace chladni::test {

namespace {

[[noreturn]] void becomeProgram(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                                const std::string& out, const std::string& err) {
  ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 1);
  ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
  for (const std::string& pair : environment) ::putenv(const_cast<char*>(pair.c_str()));
  std::vector<char*> argv{const_cast<char*>(CHLADNI_CLI)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  ::execv(CHLADNI_CLI, argv.data());
  ::_exit(127);
}

// Runs the program; `meanwhile` is given its number.
Ran started(const std::vector<std::string>& arguments, const std::vector<std::string>& environment, const Scratch& scratch,
            const std::function<void(pid_t)>& meanwhile) {
  const std::string out = scratch / "out";
  const std::string err = scratch / "err";
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot start " CHLADNI_CLI);
  if (child == 0) becomeProgram(arguments, environment, out, err);
  meanwhile(child);
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), bytesOf(out), bytesOf(err)};
}

bool isRunning(pid_t child) {
  siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == 0;
}

bool hasOpen(pid_t child, const std::string& file) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(child) + "/fd", error))
    if (std::filesystem::read_symlink(entry.path(), error) == file) return true;
  return false;
}

}  // namespace

int Ran::errorLines() const { return static_cast<int>(std::count(err.begin(), err.end(), '\n')); }

Ran run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
  const Scratch scratch;
  return started(arguments, environment, scratch, [](pid_t) {});
}

Ran runAndSignal(const std::vector<std::string>& arguments, const std::string& file, int signal) {
  const Scratch scratch;
  return started(arguments, {}, scratch, [&](pid_t child) {
    while (isRunning(child) && !hasOpen(child, file)) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    ::kill(child, signal);
  });
}

Ran runUntil(const std::vector<std::string>& arguments, const std::function<bool()>& reached, int signal,
             const std::vector<std::string>& environment) {
  const Scratch scratch;
  return started(arguments, environment, scratch, [&](pid_t child) {
    while (isRunning(child) && !reached()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    ::kill(child, signal);
  });
}

Ran runWithInput(const std::vector<std::string>& arguments, const std::string& file) {
  const Scratch scratch;
  const int input = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const int own = ::fcntl(0, F_DUPFD_CLOEXEC, 3);
  ::dup2(input, 0);
  ::close(input);
  auto ran = started(arguments, {}, scratch, [](pid_t) {});
  ::dup2(own, 0);
  ::close(own);
  return ran;
}

void isOneErrorLine(const Ran& ran, int status, const std::string& says) {
  INFO(ran.err);
  CHECK(ran.status == status);
  CHECK(ran.errorLines() == 1);
  CHECK(ran.err.starts_with("error: "));
  CHECK(ran.err.find(says) != std::string::npos);
}

void isRefused(const Ran& ran, int status) {
  isOneErrorLine(ran, status, "");
  CHECK(ran.out.empty());
}

void writeSine(const std::string& path, double hz, double seconds, int rate, int channels, bool beeps) {
  AudioBuffer sound;
  sound.rate = SampleRate(rate);
  std::vector<float> wave(static_cast<std::size_t>(std::llround(seconds * rate)));
  for (std::size_t n = 0; n < wave.size(); ++n)
    if (!beeps || n * 10 / static_cast<std::size_t>(rate) % 2 == 0)
      wave[n] = 0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * hz * static_cast<double>(n) / rate));
  sound.channels.resize(static_cast<std::size_t>(channels), wave);
  if (auto done = media::writeWav(path, sound); !done) throw std::runtime_error(done.error().describe());
}

}  // namespace chladni::test
