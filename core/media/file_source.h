// FileSource: one regular file as FFmpeg's byte source. File names never reach FFmpeg's protocol layer, so "concat:x" or
// "-" are files like any other and nothing but this one file can be read. Reading stops when the stop token or the
// deadline says so. Private to core/media. Not thread-safe.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "core/media/ffmpeg_compat.h"

namespace chladni::media {

// The file's name for messages: one line, printable, not longer than about a hundred bytes.
std::string displayName(const std::filesystem::path& path);

class FileSource {
 public:
  static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);
  ~FileSource();
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  [[nodiscard]] AVIOContext* io() const { return io_.get(); }
  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] bool startsLikeMp4() const;
  [[nodiscard]] int readError() const { return readError_; }  // errno of a failed read, or 0

  void watch(std::stop_token stop) { stop_ = std::move(stop); }
  void limit(std::optional<std::chrono::seconds> time);
  [[nodiscard]] bool stopped() const { return stop_.stop_requested(); }
  [[nodiscard]] bool late() const;
  [[nodiscard]] AVIOInterruptCB interruptCallback();

 private:
  FileSource(int descriptor, std::int64_t size) : descriptor_(descriptor), size_(size) {}
  static int read(void* self, std::uint8_t* buffer, int size);
  static std::int64_t seek(void* self, std::int64_t offset, int whence);
  static int interrupted(void* self);

  int descriptor_;
  std::int64_t size_;
  std::int64_t offset_ = 0;
  int readError_ = 0;
  std::stop_token stop_;
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  IoPtr io_;
};

}  // namespace chladni::media
