// ScalarLog: the numbers of a run as TensorBoard reads them, one event file a process in the run folder
// (events.out.tfevents.*). A file is a row of records: length, masked CRC-32C of the length, an Event, masked CRC-32C of
// it; an Event is a protocol buffer with time, step and named values. add() takes the events of docs/training.md and
// leaves what is no number; records that the disk cannot take wait in memory. A resumed run says from which step on what
// earlier files told is void. One thread.
// Formats: TensorFlow's record format (tensorflow/core/lib/io/record_writer), messages Event, Summary and SessionLog.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/serial/json_value.h"

namespace chladni::training {

// CRC of Castagnoli's polynomial, and as records carry it.
std::uint32_t crc32c(std::string_view bytes);
std::uint32_t maskedCrc32c(std::string_view bytes);

class ScalarLog {
 public:
  explicit ScalarLog(std::filesystem::path folder) : folder_(std::move(folder)) {}
  void add(const serial::JsonValue& event);
  // The file of this process; empty before the first number.
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  void record(std::string_view message);
  const std::filesystem::path folder_;
  std::filesystem::path path_;
  std::string waiting_;
};

}  // namespace chladni::training
