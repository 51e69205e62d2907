// BlobCache: tables of floats on disk under keys of text, for decoded sound and features. Entries appear whole or not at
// all and carry a checksum of their size and key, so that a damaged one is made again. When the folder outgrows its
// limit the entries unused for longest go. Errors of the disk never fail a run: a cache that cannot be written is only
// slower. Thread-safe; several processes may share a folder.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

#include "core/data/matrix.h"

namespace chladni::training {

class BlobCache {
 public:
  // 0 bytes: nothing is kept. An empty folder: $XDG_CACHE_HOME/chladni/training, else ~/.cache/chladni/training.
  BlobCache(std::filesystem::path folder, std::uintmax_t mostBytes);
  [[nodiscard]] std::optional<Matrix> find(const std::string& key) const;
  void keep(const std::string& key, const Matrix& table);
  [[nodiscard]] std::int64_t hits() const { return hits_; }
  [[nodiscard]] std::int64_t misses() const { return misses_; }

 private:
  [[nodiscard]] std::filesystem::path pathOf(const std::string& key) const;
  void shrink();
  std::filesystem::path folder_;
  std::uintmax_t mostBytes_;
  mutable std::atomic<std::int64_t> hits_ = 0;
  mutable std::atomic<std::int64_t> misses_ = 0;
  std::mutex mutex_;
  std::uintmax_t bytes_ = 0;  // guarded by mutex_: what lies in the folder, as far as known
};

}  // namespace chladni::training
