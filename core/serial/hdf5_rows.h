// The numbers of one dataset as bytes, row by row: contiguous, compact, or in chunks that are unpacked as they are
// needed and kept for a while. Private to core/serial; failures as in hdf5_format.h. One thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/serial/hdf5_format.h"

namespace chladni::serial::hdf5 {

class RowBytes {
 public:
  // Checks that the file has what the shape says. `source` is borrowed. Fails also with unsupported.
  static Result<RowBytes> open(const ByteSource& source, const FileFrame& frame, StoredDataset dataset);

  [[nodiscard]] const StoredDataset& dataset() const { return dataset_; }
  [[nodiscard]] const std::string& what() const { return what_; }  // "features.h5: dataset avadataset"
  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t rowValues() const { return rowValues_; }
  // Rows that lie within the dataset, as stored; `out` holds exactly them.
  Result<void> read(std::uint64_t first, std::span<std::byte> out);

 private:
  struct Chunk {
    std::uint64_t address = 0;
    std::uint64_t bytes = 0;           // as packed
    std::uint64_t skippedFilters = 0;  // bit i: filter i was not applied
  };

  RowBytes(const ByteSource& source, const FileFrame& frame, StoredDataset dataset);
  Result<void> check();
  Result<void> readIndex();
  Result<void> readIndexNode(std::uint64_t address, int level, std::set<std::uint64_t>& visited);
  Result<void> addChunk(Cursor& entry, std::uint64_t packed, std::uint64_t mask);
  Result<std::span<const std::byte>> unpacked(std::uint64_t number);
  void copyOverlap(std::span<const std::byte> chunk, std::uint64_t number, std::uint64_t first,
                   std::span<std::byte> out) const;
  [[nodiscard]] Unexpected corrupt(const std::string& why) const;

  const ByteSource* source_;
  FileFrame frame_;
  StoredDataset dataset_;
  std::string what_;
  std::uint64_t rows_ = 1;
  std::uint64_t rowValues_ = 1;
  std::vector<std::uint64_t> grid_;         // chunks along each axis
  std::map<std::uint64_t, Chunk> chunks_;   // by number, row-major over the grid
  std::map<std::uint64_t, std::vector<std::byte>> cache_;
  std::uint64_t cachedBytes_ = 0;
};

// The known filters of a chunk undone, last first. Fails with corruptData.
Result<std::vector<std::byte>> unpackChunk(std::vector<std::byte> packed, const StoredDataset& dataset,
                                           std::uint64_t skippedFilters, const std::string& what);

}  // namespace chladni::serial::hdf5
