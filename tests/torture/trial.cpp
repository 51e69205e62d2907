#include "tests/torture/trial.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <stdexcept>

namespace chladni::test {

namespace {

constexpr double kMostMegabytes = 1024.0;
constexpr rlim_t kLargestFile = rlim_t{2} << 30;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // shadow memory and slow code are not the product's
#else
constexpr bool kSanitized = false;
#endif

void limit(int resource, rlim_t value) {
  const rlimit both{value, value};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

double secondsOf(const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); }

std::string allOf(int descriptor) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t got; (got = ::read(descriptor, part.data(), part.size())) > 0;) text.append(part.data(), static_cast<std::size_t>(got));
  return text;
}

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

[[noreturn]] void beChild(int errors, const std::function<int()>& work, double longestSeconds) {
  ::dup2(errors, 2);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, kLargestFile);
  // By the processor's clock a busy machine does not count; one that sleeps for ever is ended by the wall clock.
  if (!kSanitized) limit(RLIMIT_CPU, static_cast<rlim_t>(2.0 * longestSeconds));
  ::alarm(600);
  ::_exit(work());
}

}  // namespace

Trial tried(const std::function<int()>& work, double things) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("cannot start a process");
  if (child == 0) beChild(pipe[1], work, things * kLongestSeconds);
  ::close(pipe[1]);
  Trial trial;
  trial.longestSeconds = things * kLongestSeconds;
  trial.said = allOf(pipe[0]);  // until the child ends
  ::close(pipe[0]);
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  trial.wallSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  trial.cpuSeconds = secondsOf(used.ru_utime) + secondsOf(used.ru_stime);
  trial.peakMegabytes = static_cast<double>(used.ru_maxrss) / 1024.0;
  if (WIFEXITED(status)) trial.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) trial.signal = WTERMSIG(status);
  return trial;
}

Trial triedProgram(const std::vector<std::string>& arguments, const Surroundings& surroundings, const std::string& program) {
  return tried([&]() -> int {
    ::dup2(::open(surroundings.out.c_str(), O_WRONLY), 1);
    if (surroundings.largestFile >= 0) {
      std::signal(SIGXFSZ, SIG_IGN);
      limit(RLIMIT_FSIZE, static_cast<rlim_t>(surroundings.largestFile));
    }
    auto argv = pointersTo(arguments);
    argv.insert(argv.begin(), const_cast<char*>(program.c_str()));
    auto environment = pointersTo(surroundings.environment);
    constexpr uid_t kNobody = 65534;
    if (surroundings.nobody && ::geteuid() == 0 && ::setuid(kNobody) != 0) return 126;
    ::execve(program.c_str(), argv.data(), surroundings.environment.empty() ? environ : environment.data());
    return 127;
  });
}

std::string wrongWith(const Trial& trial) {
  char text[160] = "";
  if (trial.signal != 0) {
    std::snprintf(text, sizeof text, "ended by signal %d after %.1f s of work; ", trial.signal, trial.cpuSeconds);
    return text + trial.said;
  }
  if (!kSanitized && trial.cpuSeconds > trial.longestSeconds) {
    std::snprintf(text, sizeof text, "worked for %.1f s; ", trial.cpuSeconds);
    return text + trial.said;
  }
  if (!kSanitized && trial.peakMegabytes > kMostMegabytes) {
    std::snprintf(text, sizeof text, "took %.0f MB; ", trial.peakMegabytes);
    return text + trial.said;
  }
  if (trial.status != 0 && trial.status != 3) return "exit status " + std::to_string(trial.status) + ": " + trial.said;
  const auto lines = std::count(trial.said.begin(), trial.said.end(), '\n');
  const bool oneError = lines == 1 && trial.said.starts_with("error: ");
  if (trial.status == 3 && !oneError) return "not one clear line: " + trial.said;
  if (trial.status == 0 && !trial.said.empty()) return "done, but said: " + trial.said;
  return {};
}

}  // namespace chladni::test
