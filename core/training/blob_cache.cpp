#include "core/training/blob_cache.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/serial/sha256.h"

namespace chladni::training {
namespace {

constexpr char kMagic[8] = {'C', 'H', 'L', 'B', 'L', 'O', 'B', '1'};
constexpr std::uintmax_t kMostEntryBytes = std::uintmax_t{1} << 31;

struct Header {
  char magic[8];
  std::int64_t rows;
  std::int64_t columns;
};

std::filesystem::path standardFolder() {
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache && *cache) return std::filesystem::path(cache) / "chladni" / "training";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home ? home : ".") / ".cache" / "chladni" / "training";
}

struct Entry {
  std::filesystem::path path;
  std::uintmax_t bytes;
  std::filesystem::file_time_type used;
};

std::vector<Entry> entriesOf(const std::filesystem::path& folder) {
  std::vector<Entry> found;
  std::error_code problem;
  for (auto it = std::filesystem::recursive_directory_iterator(folder, problem);
       !problem && it != std::filesystem::recursive_directory_iterator(); it.increment(problem)) {
    std::error_code gone;
    if (!it->is_regular_file(gone) || it->path().extension() != ".blob") continue;
    const auto bytes = it->file_size(gone);
    const auto used = it->last_write_time(gone);
    if (!gone) found.push_back({it->path(), bytes, used});
  }
  return found;
}

}  // namespace

BlobCache::BlobCache(std::filesystem::path folder, std::uintmax_t mostBytes)
    : folder_(folder.empty() ? standardFolder() : std::move(folder)), mostBytes_(mostBytes) {
  if (mostBytes_ > 0)
    for (const auto& entry : entriesOf(folder_)) bytes_ += entry.bytes;
}

std::filesystem::path BlobCache::pathOf(const std::string& key) const {
  const auto name = serial::sha256OfText(key);
  return folder_ / name.substr(0, 2) / (name + ".blob");
}

std::optional<Matrix> BlobCache::find(const std::string& key) const {
  if (mostBytes_ == 0) return std::nullopt;
  const auto path = pathOf(key);
  auto bytes = readFile(path, kMostEntryBytes);
  Header header{};
  const auto whole = [&] {
    if (!bytes || bytes->size() < sizeof header) return false;
    std::memcpy(&header, bytes->data(), sizeof header);
    if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0 || header.rows < 0 || header.columns < 0) return false;
    const auto values = (bytes->size() - sizeof header) / sizeof(float);
    return header.columns == 0 ? values == 0
                               : static_cast<std::uint64_t>(header.rows) <= values &&
                                     static_cast<std::uint64_t>(header.columns) <= values &&
                                     static_cast<std::uint64_t>(header.rows * header.columns) == values;
  };
  if (!whole()) {
    ++misses_;
    return std::nullopt;
  }
  Matrix table(header.rows, header.columns);
  std::memcpy(table.values.data(), bytes->data() + sizeof header, table.values.size() * sizeof(float));
  std::error_code ignored;
  std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now(), ignored);
  ++hits_;
  return table;
}

void BlobCache::keep(const std::string& key, const Matrix& table) {
  const std::uintmax_t size = sizeof(Header) + table.values.size() * sizeof(float);
  if (size > mostBytes_) return;
  const auto path = pathOf(key);
  std::error_code problem;
  std::filesystem::create_directories(path.parent_path(), problem);
  if (problem) return;
  Header header{{}, table.rows, table.columns};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(reinterpret_cast<const char*>(table.values.data()), table.values.size() * sizeof(float));
  // Renamed into place without waiting for the disk: a cache may lose its newest entries with the power, not its sense.
  const auto neighbour = path.parent_path() / (path.stem().string() + "." + std::to_string(::getpid()) + "." + std::to_string(reinterpret_cast<std::uintptr_t>(&header)) + ".part");
  std::FILE* file = std::fopen(neighbour.c_str(), "wb");
  if (!file) return;
  bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  written = std::fclose(file) == 0 && written;
  if (written) std::filesystem::rename(neighbour, path, problem);
  if (!written || problem) {
    std::filesystem::remove(neighbour, problem);
    return;
  }
  const std::scoped_lock lock(mutex_);
  bytes_ += size;
  if (bytes_ > mostBytes_) shrink();
}

void BlobCache::shrink() {
  auto entries = entriesOf(folder_);
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  bytes_ = 0;
  for (const auto& entry : entries) bytes_ += entry.bytes;
  // A tenth more than needed, so that not every new entry looks through the folder.
  for (const auto& entry : entries) {
    if (bytes_ <= mostBytes_ - mostBytes_ / 10) break;
    std::error_code problem;
    if (std::filesystem::remove(entry.path, problem)) bytes_ -= entry.bytes;
  }
}

}  // namespace chladni::training
