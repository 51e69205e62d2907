#include <zlib.h>

#include "core/serial/hdf5_rows.h"

namespace chladni::serial::hdf5 {

namespace {

constexpr std::size_t kChecksumBytes = 4;
// A chunk may carry checksums of its own inside.
constexpr std::size_t kMostExtraBytes = 256;

Result<std::vector<std::byte>> inflated(const std::vector<std::byte>& packed, std::uint64_t most,
                                        const std::string& what) {
  std::vector<std::byte> bytes(most);
  uLongf size = bytes.size();
  const int status = uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                                reinterpret_cast<const Bytef*>(packed.data()), packed.size());
  if (status != Z_OK)
    return fail(ErrorCode::corruptData, what + ": a packed chunk does not unpack; the file is damaged or cut off");
  bytes.resize(size);
  return bytes;
}

// First all first bytes of the numbers, then all second bytes, and so on; back to numbers.
std::vector<std::byte> unshuffled(const std::vector<std::byte>& bytes, std::size_t element) {
  if (element < 2) return bytes;
  const std::size_t numbers = bytes.size() / element;
  std::vector<std::byte> result(bytes);
  for (std::size_t b = 0; b < element; ++b)
    for (std::size_t i = 0; i < numbers; ++i) result[i * element + b] = bytes[b * numbers + i];
  return result;
}

// Fletcher's checksum over big-endian words of 16 bits.
std::uint32_t fletcher32(std::span<const std::byte> bytes) {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  const auto add = [&](std::uint32_t word) {
    low = (low + word) % 65'535;
    high = (high + low) % 65'535;
  };
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
    add(std::to_integer<std::uint32_t>(bytes[i]) << 8 | std::to_integer<std::uint32_t>(bytes[i + 1]));
  if (bytes.size() % 2 != 0) add(std::to_integer<std::uint32_t>(bytes.back()) << 8);
  return high << 16 | low;
}

// The library leaves sums that are multiples of 65535 as 65535, we as 0.
std::uint32_t reduced(std::uint32_t checksum) {
  const std::uint32_t high = (checksum >> 16) % 65'535;
  const std::uint32_t low = (checksum & 65'535U) % 65'535;
  return high << 16 | low;
}

}  // namespace

Result<std::vector<std::byte>> unpackChunk(std::vector<std::byte> packed, const StoredDataset& dataset,
                                           std::uint64_t skippedFilters, const std::string& what) {
  std::vector<std::byte> bytes = std::move(packed);
  for (std::size_t i = dataset.filters.size(); i-- > 0;) {
    if ((skippedFilters >> i & 1U) != 0) continue;
    switch (dataset.filters[i].kind) {
      case Filter::Kind::deflate: {
        auto made = inflated(bytes, dataset.chunkBytes + kMostExtraBytes, what);
        if (!made) return fail(made.error());
        bytes = *std::move(made);
        break;
      }
      case Filter::Kind::shuffle: bytes = unshuffled(bytes, dataset.elementBytes); break;
      case Filter::Kind::checksum: {
        if (bytes.size() < kChecksumBytes) return fail(ErrorCode::corruptData, what + ": a packed chunk is cut off");
        const std::size_t body = bytes.size() - kChecksumBytes;
        const auto stored = static_cast<std::uint32_t>(Cursor(std::span(bytes).subspan(body)).number(kChecksumBytes));
        bytes.resize(body);
        if (reduced(stored) != fletcher32(bytes))
          return fail(ErrorCode::corruptData, what + ": a chunk does not match its checksum; the file is damaged");
        break;
      }
      case Filter::Kind::unknown: return fail(ErrorCode::internal, what + ": its filters were not looked at");
    }
  }
  if (bytes.size() != dataset.chunkBytes)
    return fail(ErrorCode::corruptData, what + ": a chunk has " + std::to_string(bytes.size()) + " bytes instead of " +
                                            std::to_string(dataset.chunkBytes) + "; the file is damaged");
  return bytes;
}

}  // namespace chladni::serial::hdf5
