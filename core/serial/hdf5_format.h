// The metadata of an HDF5 file, parsed here and not by the library, which crashes on damaged files: superblock, groups,
// object headers, kinds of numbers, layouts, filters. The format of HDF5 1.0 to 1.10 as its default settings write it
// (superblocks 0 to 3, object headers 1 and 2, symbol tables and compact links, layouts 1 to 3). Private to core/serial.
// Nothing is believed: every address, length and count is held against the file. Only hard links are followed.
// Reference: HDF5 File Format Specification, version 3.0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/serial/byte_source.h"
#include "core/serial/hdf5_file.h"

namespace chladni::serial::hdf5 {

inline constexpr std::size_t kMaxDimensions = 8;
inline constexpr std::uint64_t kMaxChunkBytes = std::uint64_t{256} << 20;

// Little-endian numbers one after the other. Past the end everything is 0 and ok() is false.
class Cursor {
 public:
  explicit Cursor(std::span<const std::byte> bytes) : bytes_(bytes) {}
  std::uint64_t number(std::size_t width);
  std::span<const std::byte> take(std::uint64_t count);
  void skip(std::uint64_t count) { take(count); }
  [[nodiscard]] std::uint64_t left() const { return bytes_.size() - at_; }
  [[nodiscard]] bool ok() const { return ok_; }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

// Where the file's own addresses begin and how wide they are.
struct FileFrame {
  std::uint64_t base = 0;
  std::size_t offsetWidth = 8;
  std::size_t lengthWidth = 8;
  std::uint64_t rootHeader = 0;

  // An address that leads nowhere has all bits set.
  [[nodiscard]] bool undefined(std::uint64_t address) const;
};

struct Filter {
  enum class Kind { deflate, shuffle, checksum, unknown };
  Kind kind = Kind::unknown;
  std::string name;  // for messages
};

// elsewhere: in other files; newer: as only new versions of HDF5 write it.
enum class Storage { compact, contiguous, chunked, elsewhere, newer };

struct StoredDataset {
  Hdf5Dataset info;
  bool number = false;  // false: no plain numbers, nothing below is of use
  std::size_t elementBytes = 0;
  bool floating = false;
  bool hasSign = false;
  bool bigEndian = false;
  Storage storage = Storage::contiguous;
  std::vector<std::byte> compact;
  std::uint64_t address = 0;         // of the numbers, or of the tree of chunks
  std::uint64_t storedBytes = 0;     // contiguous: what the file says is there
  std::vector<std::uint64_t> chunk;  // numbers along each axis
  std::uint64_t chunkBytes = 0;      // above kMaxChunkBytes: any number
  std::vector<Filter> filters;       // in the order of writing
};

// Nothing when a size is negative or the product overflows.
std::optional<std::uint64_t> product(std::span<const std::int64_t> shape);

// Bytes of the file, no more than it has and no more than `most`.
Result<std::vector<std::byte>> readBytes(const ByteSource& source, const FileFrame& frame, std::uint64_t address,
                                         std::uint64_t count, std::uint64_t most = std::uint64_t{16} << 20);

Result<FileFrame> readFrame(const ByteSource& source);

// Every dataset that hard links lead to from the root, in the order of names, each object once.
Result<std::vector<StoredDataset>> readDatasets(const ByteSource& source, const FileFrame& frame);

}  // namespace chladni::serial::hdf5
