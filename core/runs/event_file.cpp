#include "core/runs/event_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace chladni::runs {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 18;
constexpr serial::JsonLimits kEventLimits{kLongestEvent, 32, 400'000};

struct File {
  int number = -1;
  ~File() {
    if (number >= 0) ::close(number);
  }
};

}  // namespace

void EventFile::takeLine(std::string_view line, RunHistory& history) const {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  auto event = serial::parseJson(line, "event", kEventLimits);
  if (!event) {
    ++history.unreadable;
    return;
  }
  history.take(*event);
}

Result<bool> EventFile::update(RunHistory& history, std::stop_token stop) {
  // Without blocking: a named pipe in the place of the file must not hold the reader.
  const File file{::open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
  if (file.number < 0 && errno == ENOENT) return false;
  struct stat about {};
  if (file.number < 0 || ::fstat(file.number, &about) != 0 || !S_ISREG(about.st_mode))
    return fail(ErrorCode::io, path_.string() + ": cannot be read (" + (file.number < 0 ? std::strerror(errno) : "no plain file") + ")");
  bool news = false;
  if ((inode_ != 0 && about.st_ino != inode_) || about.st_size < offset_) {
    history = {};
    offset_ = 0;
    rest_.clear();
    passing_ = false;
    news = true;
  }
  inode_ = about.st_ino;
  std::vector<char> block(kBlock);
  while (!stop.stop_requested()) {
    const auto size = ::pread(file.number, block.data(), block.size(), offset_);
    if (size < 0) return fail(ErrorCode::io, path_.string() + ": cannot be read (" + std::strerror(errno) + ")");
    if (size == 0) break;
    offset_ += size;
    std::string_view text(block.data(), static_cast<std::size_t>(size));
    for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      rest_ += text.substr(0, end);
      text.remove_prefix(end + 1);
      if (passing_ || rest_.size() > kLongestEvent) {
        ++history.unreadable;
      } else {
        takeLine(rest_, history);
      }
      passing_ = false;
      rest_.clear();
      news = true;
    }
    rest_ += text;
    if (rest_.size() > kLongestEvent) {
      passing_ = true;
      rest_.clear();
    }
  }
  return news;
}

}  // namespace chladni::runs
