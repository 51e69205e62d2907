#include "core/data/min_max_pyramid.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace chladni {

namespace {

constexpr std::int64_t kChunkEntries = 16384;
constexpr std::int64_t kMaxSamples = std::int64_t{1} << 40;
constexpr std::int64_t kMinBlockSamples = 16;
constexpr std::int64_t kMaxBlockSamples = std::int64_t{1} << 20;
constexpr int kLanes = 16;

constexpr std::array<char, 8> kMagic{'C', 'H', 'L', 'P', 'E', 'A', 'K', '1'};
struct FileHeader {
  std::array<char, 8> magic;
  std::int64_t blockSamples;
  std::int64_t samples;
  std::int64_t blocks;
};

constexpr std::int64_t divideUp(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
__attribute__((target_clones("avx512f", "avx2", "default")))
#endif
void summariseBlock(const float* x, std::int64_t count, float* min, float* max, float* sumSquares) {
  std::array<float, kLanes> lows;
  std::array<float, kLanes> highs;
  std::array<float, kLanes> sums;
  lows.fill(std::numeric_limits<float>::infinity());
  highs.fill(-std::numeric_limits<float>::infinity());
  sums.fill(0.0F);
  const auto take = [&](std::size_t lane, float value) {
    const float sample = value == value ? value : 0.0F;
    lows[lane] = sample < lows[lane] ? sample : lows[lane];
    highs[lane] = sample > highs[lane] ? sample : highs[lane];
    sums[lane] += sample * sample;
  };
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) take(lane, x[i + static_cast<std::int64_t>(lane)]);
  }
  for (std::size_t lane = 0; i < count; ++i, ++lane) take(lane, x[i]);
  *min = *std::min_element(lows.begin(), lows.end());
  *max = *std::max_element(highs.begin(), highs.end());
  float sum = 0.0F;
  for (const float part : sums) sum += part;
  *sumSquares = sum;
}

}  // namespace

// Entries of one level in chunks that never move. The directory has its final size from the start.
class MinMaxPyramid::Level {
 public:
  ~Level() {
    for (std::int64_t c = 0; c < chunkCount_; ++c) delete[] directory_[static_cast<std::size_t>(c)].load();
  }
  void reserve(std::int64_t maxEntries) {
    chunkCount_ = divideUp(maxEntries, kChunkEntries);
    directory_ = std::make_unique<std::atomic<Entry*>[]>(static_cast<std::size_t>(chunkCount_));
  }
  [[nodiscard]] std::int64_t capacity() const { return chunkCount_ * kChunkEntries; }

  void push(const Entry& entry) {
    const std::int64_t index = count_.load(std::memory_order_relaxed);
    auto& chunk = directory_[static_cast<std::size_t>(index / kChunkEntries)];
    Entry* entries = chunk.load(std::memory_order_relaxed);
    if (!entries) {
      entries = new Entry[kChunkEntries];
      chunk.store(entries, std::memory_order_release);
    }
    entries[index % kChunkEntries] = entry;
    count_.store(index + 1, std::memory_order_release);
  }
  [[nodiscard]] std::int64_t count() const { return count_.load(std::memory_order_acquire); }
  // index < a count() this thread has seen.
  [[nodiscard]] const Entry& at(std::int64_t index) const {
    return directory_[static_cast<std::size_t>(index / kChunkEntries)].load(
        std::memory_order_acquire)[index % kChunkEntries];
  }
  [[nodiscard]] std::size_t bytes() const {
    return static_cast<std::size_t>(divideUp(count(), kChunkEntries) * kChunkEntries) * sizeof(Entry) +
           static_cast<std::size_t>(chunkCount_) * sizeof(void*);
  }

 private:
  std::int64_t chunkCount_ = 0;
  std::unique_ptr<std::atomic<Entry*>[]> directory_;
  std::atomic<std::int64_t> count_{0};
};

MinMaxPyramid::MinMaxPyramid(std::int64_t blockSamples)
    : blockSamples_(std::clamp(blockSamples, kMinBlockSamples, kMaxBlockSamples)),
      levels_(std::make_unique<Level[]>(kLevels)) {
  // Room for 2^40 samples would be a large directory for short blocks; 2^15 chunks hold 36 days of 44.1 kHz.
  constexpr std::int64_t kMaxChunks = std::int64_t{1} << 15;
  std::int64_t entries = std::min(divideUp(kMaxSamples, blockSamples_), kMaxChunks * kChunkEntries);
  for (int l = 0; l < kLevels; ++l) {
    levels_[static_cast<std::size_t>(l)].reserve(entries);
    entries = divideUp(entries, kFactor);
  }
  pending_.reserve(static_cast<std::size_t>(blockSamples_));
}

MinMaxPyramid::~MinMaxPyramid() = default;

void MinMaxPyramid::push(int level, Entry entry) {
  Level& entries = levels_[static_cast<std::size_t>(level)];
  entries.push(entry);
  const std::int64_t count = entries.count();
  if (count % kFactor != 0 || level + 1 == kLevels) return;
  Entry parent = entries.at(count - kFactor);
  for (std::int64_t i = count - kFactor + 1; i < count; ++i) {
    const Entry& child = entries.at(i);
    parent.min = std::min(parent.min, child.min);
    parent.max = std::max(parent.max, child.max);
    parent.sumSquares += child.sumSquares;
  }
  push(level + 1, parent);
}

void MinMaxPyramid::append(std::span<const float> samples) {
  CHLADNI_ASSERT(!finished());
  const auto block = static_cast<std::size_t>(blockSamples_);
  const auto addBlock = [&](const float* x) {
    if (levels_[0].count() >= levels_[0].capacity()) return;
    Entry entry{};
    summariseBlock(x, blockSamples_, &entry.min, &entry.max, &entry.sumSquares);
    push(0, entry);
    samples_.store(samples_.load(std::memory_order_relaxed) + blockSamples_, std::memory_order_release);
  };
  if (!pending_.empty()) {
    const std::size_t take = std::min(block - pending_.size(), samples.size());
    const auto held = static_cast<std::ptrdiff_t>(pending_.size());
    pending_.resize(pending_.size() + take);  // g++ 14 sees an overflow in insert() where there is none
    std::copy_n(samples.begin(), take, pending_.begin() + held);
    samples = samples.subspan(take);
    if (pending_.size() < block) return;
    addBlock(pending_.data());
    pending_.clear();
  }
  for (; samples.size() >= block; samples = samples.subspan(block)) addBlock(samples.data());
  pending_.assign(samples.begin(), samples.end());
}

void MinMaxPyramid::finish() {
  if (finished()) return;
  if (!pending_.empty() && levels_[0].count() < levels_[0].capacity()) {
    const auto count = static_cast<std::int64_t>(pending_.size());
    Entry entry{};
    summariseBlock(pending_.data(), count, &entry.min, &entry.max, &entry.sumSquares);
    push(0, entry);
    samples_.store(samples_.load(std::memory_order_relaxed) + count, std::memory_order_release);
  }
  pending_ = {};
  finished_.store(true, std::memory_order_release);
}

std::int64_t MinMaxPyramid::completedSamples() const { return samples_.load(std::memory_order_acquire); }

// Joins blocks [first, last), all below `visible`, climbing to the coarsest level that fits.
void MinMaxPyramid::accumulate(std::int64_t first, std::int64_t last, std::int64_t visible, Entry& into) const {
  last = std::min(last, visible);
  while (first < last) {
    int level = 0;
    std::int64_t width = 1;
    while (level + 1 < kLevels && first % (width * kFactor) == 0 && first + width * kFactor <= last &&
           first / (width * kFactor) < levels_[static_cast<std::size_t>(level + 1)].count()) {
      width *= kFactor;
      ++level;
    }
    const Entry& entry = levels_[static_cast<std::size_t>(level)].at(first / width);
    into.min = std::min(into.min, entry.min);
    into.max = std::max(into.max, entry.max);
    into.sumSquares += entry.sumSquares;
    first += width;
  }
}

void MinMaxPyramid::summarise(std::int64_t start, std::int64_t end, std::span<PeakSummary> out) const {
  const std::int64_t samples = completedSamples();
  const std::int64_t visible = divideUp(samples, blockSamples_);
  const auto pixels = static_cast<std::int64_t>(out.size());
  const long double step = pixels > 0 ? static_cast<long double>(end - start) / pixels : 0.0L;
  const auto edge = [&](std::int64_t p) {
    return p == pixels ? end : start + static_cast<std::int64_t>(std::floor(step * p));
  };
  for (std::int64_t p = 0; p < pixels; ++p) {
    PeakSummary& pixel = out[static_cast<std::size_t>(p)];
    pixel = {};
    const std::int64_t from = std::max<std::int64_t>(edge(p), 0);
    const std::int64_t to = std::min(std::max(edge(p + 1), edge(p) + 1), samples);
    if (from >= to) continue;
    const std::int64_t firstBlock = from / blockSamples_;
    const std::int64_t lastBlock = divideUp(to, blockSamples_);
    Entry sum{std::numeric_limits<float>::infinity(), -std::numeric_limits<float>::infinity(), 0.0F};
    accumulate(firstBlock, lastBlock, visible, sum);
    const std::int64_t counted = std::min(lastBlock * blockSamples_, samples) - firstBlock * blockSamples_;
    pixel.min = sum.min;
    pixel.max = sum.max;
    pixel.rms = std::sqrt(sum.sumSquares / static_cast<float>(counted));
    pixel.known = true;
  }
}

std::vector<PeakSummary> MinMaxPyramid::summarise(std::int64_t start, std::int64_t end, std::int64_t pixels) const {
  std::vector<PeakSummary> out(static_cast<std::size_t>(std::max<std::int64_t>(pixels, 0)));
  summarise(start, end, out);
  return out;
}

std::size_t MinMaxPyramid::memoryBytes() const {
  std::size_t bytes = 0;
  for (int l = 0; l < kLevels; ++l) bytes += levels_[static_cast<std::size_t>(l)].bytes();
  return bytes;
}

std::vector<std::byte> MinMaxPyramid::toBytes() const {
  static_assert(std::endian::native == std::endian::little, "peak files are little-endian");
  const std::int64_t samples = completedSamples();
  const FileHeader header{kMagic, blockSamples_, samples, divideUp(samples, blockSamples_)};
  std::vector<std::byte> bytes(sizeof header + static_cast<std::size_t>(header.blocks) * sizeof(Entry));
  std::memcpy(bytes.data(), &header, sizeof header);
  std::byte* place = bytes.data() + sizeof header;
  for (std::int64_t b = 0; b < header.blocks; ++b, place += sizeof(Entry)) {
    std::memcpy(place, &levels_[0].at(b), sizeof(Entry));
  }
  return bytes;
}

Result<std::unique_ptr<MinMaxPyramid>> MinMaxPyramid::fromBytes(std::span<const std::byte> bytes) {
  const auto refuse = [](const std::string& why) {
    return fail(ErrorCode::corruptData, "this is not a usable peak file (" + why + "): delete it to have it made again");
  };
  FileHeader header{};
  if (bytes.size() < sizeof header) return refuse("shorter than its header");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != kMagic) return refuse("wrong first bytes");
  if (header.blockSamples < kMinBlockSamples || header.blockSamples > kMaxBlockSamples || header.samples < 0 ||
      header.samples > kMaxSamples || header.blocks != divideUp(header.samples, header.blockSamples) ||
      bytes.size() != sizeof header + static_cast<std::size_t>(header.blocks) * sizeof(Entry)) {
    return refuse("sizes that do not agree");
  }
  auto pyramid = std::make_unique<MinMaxPyramid>(header.blockSamples);
  if (header.blocks > pyramid->levels_[0].capacity()) return refuse("too many blocks");
  const std::byte* place = bytes.data() + sizeof header;
  for (std::int64_t b = 0; b < header.blocks; ++b, place += sizeof(Entry)) {
    Entry entry{};
    std::memcpy(&entry, place, sizeof entry);
    if (!(entry.min <= entry.max) || !(entry.sumSquares >= 0.0F)) return refuse("peaks that cannot be");
    pyramid->push(0, entry);
  }
  pyramid->samples_.store(header.samples, std::memory_order_release);
  pyramid->finished_.store(true, std::memory_order_release);
  return pyramid;
}

}  // namespace chladni
