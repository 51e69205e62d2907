#include "core/runs/run_process.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

namespace chladni::runs {
namespace {

constexpr int kStartTimeField = 22;  // of /proc/PID/stat, counted from 1

std::string bootIdentity() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string text;
  std::getline(file, text);
  return text;
}

class Descriptor {
 public:
  // Never one of the three standard ones, which are free to be taken where a program was started without them.
  explicit Descriptor(int value) : value_(value) {
    if (value_ < 0 || value_ > STDERR_FILENO) return;
    value_ = ::fcntl(value, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(value);
  }
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return value_; }
  void close() {
    if (value_ >= 0) ::close(value_);
    value_ = -1;
  }

 private:
  int value_;
};

Unexpected cannot(const std::filesystem::path& path, const char* what) {
  return fail(ErrorCode::io, path.string() + ": " + what + " (" + std::strerror(errno) + ")");
}

Result<void> makePipe(const std::filesystem::path& path) {
  struct stat about {};
  if (::lstat(path.c_str(), &about) == 0) {
    if (S_ISFIFO(about.st_mode)) return {};
    return fail(ErrorCode::io, path.string() + ": is in the way of the named pipe of the run; move it away");
  }
  if (::mkfifo(path.c_str(), 0600) != 0) return cannot(path, "no named pipe can be made here; choose a local folder");
  return {};
}

// What the new process tells before it becomes the program, or why it could not.
struct Birth {
  pid_t pid = 0;
  int problem = 0;
};

// Between fork and exec of a program with threads: only calls that are safe there.
[[noreturn]] void becomeProgram(char* const* arguments, int input, int output, int niceness, int report) {
  ::setsid();
  const pid_t child = ::fork();
  if (child != 0) ::_exit(child < 0 ? 1 : 0);
  Birth birth{::getpid(), 0};
  (void)::setpriority(PRIO_PROCESS, 0, niceness);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) ::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(input, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(output, STDERR_FILENO);
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  (void)!::write(report, &birth, sizeof birth);
  ::execv(arguments[0], arguments);
  birth.problem = errno;
  (void)!::write(report, &birth, sizeof birth);
  ::_exit(127);
}

}  // namespace

std::optional<ProcessMark> markOf(std::int64_t pid) {
  if (pid <= 0) return std::nullopt;
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  // The second field is a name in brackets, which may hold anything.
  const auto afterName = line.rfind(')');
  if (afterName == std::string::npos) return std::nullopt;
  std::istringstream rest(line.substr(afterName + 1));
  std::string state;
  rest >> state;
  if (state == "Z" || state == "X") return std::nullopt;
  std::string word;
  for (int field = 4; field < kStartTimeField; ++field) rest >> word;
  ProcessMark mark{pid, 0, bootIdentity()};
  if (!(rest >> mark.startTicks)) return std::nullopt;
  return mark;
}

bool isAlive(const ProcessMark& mark) { return markOf(mark.pid) == mark; }

Result<ProcessMark> startDetached(const DetachedCommand& command) {
  if (::access(command.program.c_str(), X_OK) != 0)
    return fail(ErrorCode::notFound, command.program.string() + ": there is no such program; install chladni-cli beside the window");
  if (auto made = makePipe(command.control); !made) return fail(made.error());
  // For reading and writing: the pipe never ends, so the process may read it for as long as it lives.
  const Descriptor input(::open(command.control.c_str(), O_RDWR | O_CLOEXEC));
  if (input.get() < 0) return cannot(command.control, "cannot be opened");
  const Descriptor output(::open(command.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (output.get() < 0) return cannot(command.log, "cannot be written");
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return cannot(command.program, "cannot be started");
  const Descriptor report(ends[0]);
  Descriptor reportTo(ends[1]);

  std::vector<std::string> words{command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  const pid_t child = ::fork();
  if (child < 0) return cannot(command.program, "cannot be started");
  if (child == 0) becomeProgram(arguments.data(), input.get(), output.get(), command.niceness, reportTo.get());
  reportTo.close();
  ::waitpid(child, nullptr, 0);
  Birth birth;
  Birth last;
  bool born = false;
  while (::read(report.get(), &last, sizeof last) == static_cast<ssize_t>(sizeof last)) {
    birth = last;
    born = true;
  }
  errno = birth.problem;
  if (!born || birth.problem != 0) return cannot(command.program, "cannot be started");
  // A process that has ended already has no mark any more; its log says why.
  return markOf(birth.pid).value_or(ProcessMark{birth.pid, 0, {}});
}

Result<void> sayTo(const std::filesystem::path& control, const std::string& line) {
  const Descriptor pipe(::open(control.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
  struct stat about {};
  if (pipe.get() < 0 || ::fstat(pipe.get(), &about) != 0 || !S_ISFIFO(about.st_mode))
    return fail(ErrorCode::notFound, control.parent_path().string() + ": nobody listens here; the run has ended or was started elsewhere");
  const std::string text = line + "\n";
  if (::write(pipe.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) return cannot(control, "cannot be written");
  return {};
}

bool isLocked(const std::filesystem::path& file) {
  const Descriptor lock(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  return lock.get() >= 0 && ::flock(lock.get(), LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

std::map<std::uint64_t, std::int64_t> lockHolders() {
  // "3: FLOCK  ADVISORY  WRITE 1234 00:2f:5678 0 EOF"; lines of waiting processes have "->" in the second place.
  std::map<std::uint64_t, std::int64_t> holders;
  std::ifstream file("/proc/locks");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string number, kind, advice, access, place;
    std::int64_t pid = 0;
    if (!(words >> number >> kind >> advice >> access >> pid >> place) || kind != "FLOCK") continue;
    const auto colon = place.rfind(':');
    if (colon == std::string::npos || pid <= 0) continue;
    holders[std::strtoull(place.c_str() + colon + 1, nullptr, 10)] = pid;
  }
  return holders;
}

}  // namespace chladni::runs
