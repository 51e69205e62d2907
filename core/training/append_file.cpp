#include "core/training/append_file.h"

#include <fcntl.h>
#include <unistd.h>

namespace chladni::training {

void appendWhole(const std::filesystem::path& path, std::string& waiting) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) return;
  const auto end = ::lseek(file, 0, SEEK_END);
  const auto written = ::write(file, waiting.data(), waiting.size());
  if (written == static_cast<ssize_t>(waiting.size())) {
    waiting.clear();
  } else if (written > 0 && ::ftruncate(file, end) != 0) {
    waiting.erase(0, static_cast<std::size_t>(written));  // the rest joins on to what could not be taken back
  }
  ::close(file);
}

}  // namespace chladni::training
