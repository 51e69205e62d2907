#include "core/analysis/peak_cache.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/serial/sha256.h"

namespace chladni::analysis {

namespace {

namespace fs = std::filesystem;
constexpr std::string_view kMagic = "chladni peaks 1\n";
constexpr std::uintmax_t kFolderBytes = std::uintmax_t{512} << 20;
constexpr std::uintmax_t kFileBytes = std::uintmax_t{256} << 20;
constexpr std::size_t kSumBytes = 64;
constexpr std::int64_t kMaxPyramids = 65;

fs::path folder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache && *cache == '/') return fs::path(cache) / "chladni" / "peaks";
  const char* home = std::getenv("HOME");
  if (home && *home == '/') return fs::path(home) / ".cache" / "chladni" / "peaks";
  return {};
}

void put(std::string& out, std::int64_t value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::optional<std::int64_t> take(std::string_view& in) {
  std::int64_t value = 0;
  if (in.size() < sizeof value) return std::nullopt;
  std::memcpy(&value, in.data(), sizeof value);
  in.remove_prefix(sizeof value);
  return value;
}

void trim(const fs::path& directory) {
  struct Entry {
    fs::file_time_type used;
    std::uintmax_t bytes;
    fs::path path;
  };
  std::vector<Entry> entries;
  std::uintmax_t total = 0;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    const std::uintmax_t bytes = it->file_size(ignored);
    if (ignored) continue;
    entries.push_back({it->last_write_time(ignored), bytes, it->path()});
    total += bytes;
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.used < b.used; });
  for (const Entry& entry : entries) {
    if (total <= kFolderBytes) return;
    if (fs::remove(entry.path, error)) total -= entry.bytes;
  }
}

std::optional<CachedPeaks> parse(std::string_view bytes) {
  if (!bytes.starts_with(kMagic) || bytes.size() < kMagic.size() + kSumBytes) return std::nullopt;
  const std::string_view sum = bytes.substr(kMagic.size(), kSumBytes);
  bytes.remove_prefix(kMagic.size() + kSumBytes);
  if (serial::sha256OfText(bytes) != sum) return std::nullopt;
  const auto samples = take(bytes);
  const auto rate = take(bytes);
  const auto count = take(bytes);
  if (!count || *samples < 0 || *rate <= 0 || *count < 1 || *count > kMaxPyramids) return std::nullopt;
  CachedPeaks peaks{*samples, static_cast<int>(*rate), {}};
  for (std::int64_t i = 0; i < *count; ++i) {
    const auto size = take(bytes);
    if (!size || *size < 0 || static_cast<std::uint64_t>(*size) > bytes.size()) return std::nullopt;
    const auto length = static_cast<std::size_t>(*size);
    auto pyramid = MinMaxPyramid::fromBytes(std::as_bytes(std::span(bytes.data(), length)));
    if (!pyramid) return std::nullopt;
    peaks.pyramids.emplace_back(std::move(*pyramid));
    bytes.remove_prefix(length);
  }
  return peaks;
}

}  // namespace

std::optional<CachedPeaks> loadPeaks(const std::string& key) {
  const fs::path directory = folder();
  if (directory.empty()) return std::nullopt;
  const fs::path path = directory / key;
  const auto bytes = readFile(path, kFileBytes);
  if (!bytes) return std::nullopt;
  auto peaks = parse(*bytes);
  std::error_code ignored;
  if (peaks) fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
  return peaks;
}

void storePeaks(const std::string& key, const CachedPeaks& peaks) {
  const fs::path directory = folder();
  std::error_code error;
  if (directory.empty() || (fs::create_directories(directory, error), error)) return;
  std::string payload;
  put(payload, peaks.samples);
  put(payload, peaks.rate);
  put(payload, static_cast<std::int64_t>(peaks.pyramids.size()));
  for (const auto& pyramid : peaks.pyramids) {
    const std::vector<std::byte> bytes = pyramid->toBytes();
    put(payload, static_cast<std::int64_t>(bytes.size()));
    payload.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  if (payload.size() + kMagic.size() + kSumBytes > kFileBytes) return;
  const auto written =
      writeFileAtomically(directory / key, std::string(kMagic) + serial::sha256OfText(payload) + payload);
  if (written) trim(directory);
}

}  // namespace chladni::analysis
