// What the readers and the writer of HDF5 share: the one lock, handles that close themselves, and the checks that a
// dataset passes before a number of it is read. Private to core/serial, the only header that shows the library.
#pragma once

// The calls of HDF5 1.10 under their plain names, whichever newer version is installed.
#define H5_USE_110_API
#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/serial/hdf5_file.h"

namespace chladni::serial::hdf5 {

inline constexpr std::size_t kMaxDimensions = 8;
inline constexpr std::uint64_t kMaxRowValues = std::uint64_t{1} << 28;
inline constexpr std::size_t kUsualChunkBytes = std::size_t{1} << 20;

// Taken for every use of the library, which Debian builds without locks of its own; the first one silences its messages
// and its plug-ins.
class Library {
 public:
  Library();

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  Handle(hid_t id, Close close) : id_(id), close_(close) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    reset();
    id_ = std::exchange(other.id_, -1);
    close_ = other.close_;
    return *this;
  }
  ~Handle() { reset(); }
  explicit operator bool() const { return id_ >= 0; }
  [[nodiscard]] hid_t get() const { return id_; }
  herr_t reset() {
    if (id_ < 0) return 0;
    const Library library;
    return close_(std::exchange(id_, -1));
  }

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

// The innermost reason on the library's stack of errors.
std::string libraryReason();

// Fails with corruptData.
Unexpected unreadable(const std::string& origin, const std::string& what);

// Nothing when a size is negative or the product overflows.
std::optional<std::uint64_t> product(std::span<const std::int64_t> shape);

Result<Handle> openForReading(const std::filesystem::path& path);

// Every dataset that a chain of hard links leads to; each object is met once, so that rings end.
Result<std::vector<std::string>> datasetNames(hid_t file, const std::string& origin);

struct OpenDataset {
  Hdf5Dataset info;
  Handle handle;
};

// Nothing when it holds no plain numbers.
Result<std::optional<OpenDataset>> openDataset(hid_t file, const std::string& name, const std::string& origin);

// Storage that the file really has, and chunks that fit into memory. Gives the bytes of one chunk, 0 without chunks.
Result<std::uint64_t> checkStorage(const OpenDataset& dataset, const std::string& what);

inline hid_t memoryType(const float*) { return H5T_NATIVE_FLOAT; }
inline hid_t memoryType(const double*) { return H5T_NATIVE_DOUBLE; }
inline hid_t memoryType(const std::int64_t*) { return H5T_NATIVE_INT64; }

}  // namespace chladni::serial::hdf5
