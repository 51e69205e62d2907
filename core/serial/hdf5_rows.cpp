#include "core/serial/hdf5_rows.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/serial/json_value.h"

namespace chladni::serial::hdf5 {

namespace {

constexpr std::uint64_t kMaxRowValues = std::uint64_t{1} << 28;
constexpr std::uint64_t kMaxChunks = std::uint64_t{1} << 26;
constexpr std::uint64_t kMaxCachedBytes = std::uint64_t{64} << 20;
constexpr int kMaxTreeLevels = 16;

bool startsTree(std::span<const std::byte> bytes) {
  return bytes[0] == std::byte{'T'} && bytes[1] == std::byte{'R'} && bytes[2] == std::byte{'E'} &&
         bytes[3] == std::byte{'E'};
}

}  // namespace

RowBytes::RowBytes(const ByteSource& source, const FileFrame& frame, StoredDataset dataset)
    : source_(&source),
      frame_(frame),
      dataset_(std::move(dataset)),
      what_(source.origin() + ": dataset " + printable(dataset_.info.name, 60)) {}

Unexpected RowBytes::corrupt(const std::string& why) const { return fail(ErrorCode::corruptData, what_ + ": " + why); }

Result<RowBytes> RowBytes::open(const ByteSource& source, const FileFrame& frame, StoredDataset dataset) {
  RowBytes rows(source, frame, std::move(dataset));
  if (auto ok = rows.check(); !ok) return fail(ok.error());
  return rows;
}

Result<void> RowBytes::check() {
  const std::vector<std::int64_t>& shape = dataset_.info.shape;
  if (!shape.empty()) {
    rows_ = static_cast<std::uint64_t>(shape.front());
    rowValues_ = *product(std::span(shape).subspan(1));
  }
  if (rowValues_ == 0 || rowValues_ > kMaxRowValues)
    return corrupt("a row of " + std::to_string(rowValues_) + " numbers makes no sense");
  // The product of the shape times eight is known to fit.
  const std::uint64_t needed = rows_ * rowValues_ * dataset_.elementBytes;
  switch (dataset_.storage) {
    case Storage::elsewhere:
      return fail(ErrorCode::unsupported, what_ + ": its numbers lie in other files, which are never opened");
    case Storage::newer:
      return fail(ErrorCode::unsupported,
                  what_ + ": is stored as only new settings of HDF5 do; write it again with h5repack --low=0");
    case Storage::chunked: return readIndex();
    case Storage::compact:
      return dataset_.compact.size() >= needed ? Result<void>() : corrupt("holds fewer numbers than its shape says");
    case Storage::contiguous: break;
  }
  if (needed == 0) return {};
  const std::uint64_t at = frame_.base + dataset_.address;
  if (frame_.undefined(dataset_.address) || dataset_.storedBytes < needed || at < dataset_.address ||
      at > source_->size() || needed > source_->size() - at)
    return corrupt("holds fewer numbers than its shape says");
  return {};
}

Result<void> RowBytes::readIndex() {
  if (dataset_.chunkBytes > kMaxChunkBytes)
    return fail(ErrorCode::unsupported, what_ + ": its chunks are too large; write it again with chunks of one row");
  for (const Filter& filter : dataset_.filters)
    if (filter.kind == Filter::Kind::unknown)
      return fail(ErrorCode::unsupported,
                  what_ + ": is packed with filter " + filter.name + ", which is not known here; write it again with gzip");
  std::uint64_t all = 1;
  for (std::size_t i = 0; i < dataset_.chunk.size(); ++i) {
    const auto size = static_cast<std::uint64_t>(dataset_.info.shape[i]);
    grid_.push_back(size / dataset_.chunk[i] + (size % dataset_.chunk[i] != 0 ? 1 : 0));
    if (grid_.back() != 0 && all > kMaxChunks / grid_.back())
      return corrupt("holds fewer numbers than its shape says, or far too many chunks");
    all *= grid_.back();
  }
  if (all == 0) return {};
  if (frame_.undefined(dataset_.address)) return corrupt("holds fewer numbers than its shape says");
  std::set<std::uint64_t> visited;
  if (auto ok = readIndexNode(dataset_.address, -1, visited); !ok) return ok;
  if (chunks_.size() != all) return corrupt("holds fewer numbers than its shape says");
  return {};
}

// A node of the tree of chunks: keys (packed size, skipped filters, place) and children take turns. The level is known
// from the node above; the topmost may have any.
Result<void> RowBytes::readIndexNode(std::uint64_t address, int level, std::set<std::uint64_t>& visited) {
  const auto head = readBytes(*source_, frame_, address, 8 + 2 * frame_.offsetWidth);
  if (!head) return fail(head.error());
  Cursor cursor(*head);
  cursor.skip(4);
  const std::uint64_t type = cursor.number(1);
  const int own = static_cast<int>(cursor.number(1));
  const std::uint64_t entries = cursor.number(2);
  if (!startsTree(*head) || type != 1 || own > kMaxTreeLevels || (level >= 0 && own != level))
    return corrupt("its list of chunks makes no sense; the file is damaged");
  if (!visited.insert(address).second) return corrupt("its list of chunks runs into itself");
  const std::uint64_t keyBytes = 8 + 8 * (dataset_.chunk.size() + 1);
  const auto body = readBytes(*source_, frame_, address + head->size(), entries * (keyBytes + frame_.offsetWidth));
  if (!body) return fail(body.error());
  Cursor entry(*body);
  for (std::uint64_t i = 0; i < entries; ++i) {
    const std::uint64_t packed = entry.number(4);
    const std::uint64_t mask = entry.number(4);
    if (own == 0) {
      if (auto ok = addChunk(entry, packed, mask); !ok) return ok;
      continue;
    }
    entry.skip(keyBytes - 8);
    const std::uint64_t child = entry.number(frame_.offsetWidth);
    if (auto ok = readIndexNode(child, own - 1, visited); !ok) return ok;
  }
  return {};
}

Result<void> RowBytes::addChunk(Cursor& entry, std::uint64_t packed, std::uint64_t mask) {
  std::uint64_t number = 0;
  bool inside = true;
  for (std::size_t axis = 0; axis < dataset_.chunk.size(); ++axis) {
    const std::uint64_t place = entry.number(8);
    if (place % dataset_.chunk[axis] != 0) return corrupt("a chunk lies between two places; the file is damaged");
    // Chunks beyond the shape are left over from before the dataset was made smaller.
    inside = inside && place / dataset_.chunk[axis] < grid_[axis];
    if (inside) number = number * grid_[axis] + place / dataset_.chunk[axis];
  }
  entry.skip(8);
  const std::uint64_t address = entry.number(frame_.offsetWidth);
  const std::uint64_t at = frame_.base + address;
  if (!inside) return {};
  if (at < address || at > source_->size() || packed > source_->size() - at)
    return corrupt("a chunk lies outside of the file, which is damaged or cut off");
  if (!chunks_.emplace(number, Chunk{address, packed, mask}).second)
    return corrupt("a chunk is there twice; the file is damaged");
  return {};
}

Result<std::span<const std::byte>> RowBytes::unpacked(std::uint64_t number) {
  if (const auto kept = cache_.find(number); kept != cache_.end()) return std::span<const std::byte>(kept->second);
  const Chunk& chunk = chunks_.at(number);
  auto packed = readBytes(*source_, frame_, chunk.address, chunk.bytes, 2 * kMaxChunkBytes);
  if (!packed) return fail(packed.error());
  auto bytes = unpackChunk(*std::move(packed), dataset_, chunk.skippedFilters, what_);
  if (!bytes) return fail(bytes.error());
  if (cachedBytes_ + bytes->size() > kMaxCachedBytes) {
    cache_.clear();
    cachedBytes_ = 0;
  }
  cachedBytes_ += bytes->size();
  return std::span<const std::byte>(cache_.emplace(number, *std::move(bytes)).first->second);
}

// Copies what the chunk and the wanted rows share, one run along the last axis after the other.
void RowBytes::copyOverlap(std::span<const std::byte> chunk, std::uint64_t number, std::uint64_t first,
                           std::span<std::byte> out) const {
  const std::size_t rank = grid_.size();
  const std::size_t element = dataset_.elementBytes;
  const std::uint64_t count = out.size() / (rowValues_ * element);
  std::array<std::uint64_t, kMaxDimensions> corner{};
  std::array<std::uint64_t, kMaxDimensions> begin{};  // of the overlap, in the whole dataset
  std::array<std::uint64_t, kMaxDimensions> end{};
  for (std::size_t axis = rank; axis-- > 0;) {
    corner[axis] = number % grid_[axis] * dataset_.chunk[axis];
    number /= grid_[axis];
    begin[axis] = axis == 0 ? std::max(corner[0], first) : corner[axis];
    const std::uint64_t most = axis == 0 ? first + count : static_cast<std::uint64_t>(dataset_.info.shape[axis]);
    end[axis] = std::min(corner[axis] + dataset_.chunk[axis], most);
    if (begin[axis] >= end[axis]) return;
  }
  const std::uint64_t run = (end[rank - 1] - begin[rank - 1]) * element;
  std::array<std::uint64_t, kMaxDimensions> at = begin;
  for (;;) {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    for (std::size_t axis = 0; axis < rank; ++axis) {
      from = from * dataset_.chunk[axis] + at[axis] - corner[axis];
      to = to * static_cast<std::uint64_t>(dataset_.info.shape[axis]) + at[axis] - (axis == 0 ? first : 0);
    }
    std::copy_n(chunk.begin() + static_cast<std::ptrdiff_t>(from * element), run,
                out.begin() + static_cast<std::ptrdiff_t>(to * element));
    std::size_t axis = rank - 1;
    do {
      if (axis == 0) return;
      at[axis] = begin[axis];
      --axis;
    } while (++at[axis] == end[axis]);
  }
}

Result<void> RowBytes::read(std::uint64_t first, std::span<std::byte> out) {
  const std::uint64_t rowBytes = rowValues_ * dataset_.elementBytes;
  if (out.empty()) return {};
  if (dataset_.storage == Storage::compact) {
    std::copy_n(dataset_.compact.begin() + static_cast<std::ptrdiff_t>(first * rowBytes), out.size(), out.begin());
    return {};
  }
  if (dataset_.storage == Storage::contiguous)
    return source_->read(frame_.base + dataset_.address + first * rowBytes, out);
  const std::uint64_t last = first + out.size() / rowBytes - 1;
  const std::uint64_t perBand = chunks_.size() / grid_[0];
  for (std::uint64_t number = first / dataset_.chunk[0] * perBand; number < (last / dataset_.chunk[0] + 1) * perBand;
       ++number) {
    const auto chunk = unpacked(number);
    if (!chunk) return fail(chunk.error());
    copyOverlap(*chunk, number, first, out);
  }
  return {};
}

}  // namespace chladni::serial::hdf5
