// What the makers of test media share: an output of libavformat that is closed whatever happens, and the one way to give up.
// Needs FFmpeg's headers.
#pragma once

#include <stdexcept>
#include <string>

#include "core/media/ffmpeg_compat.h"

namespace chladni::test {

inline void need(bool condition, const std::string& what) {
  if (!condition) throw std::runtime_error("cannot make the test file: " + what);
}

struct OutputFile {
  AVFormatContext* format = nullptr;
  OutputFile() = default;
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile() {
    if (!format) return;
    if (format->pb) avio_closep(&format->pb);
    avformat_free_context(format);
  }
};

}  // namespace chladni::test
