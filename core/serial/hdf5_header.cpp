#include "core/serial/hdf5_header.h"

#include <algorithm>
#include <limits>
#include <set>

#include "core/serial/json_value.h"

namespace chladni::serial::hdf5 {

namespace {

constexpr std::size_t kMaxMessages = 100'000;
constexpr std::uint64_t kMaxBlockBytes = std::uint64_t{16} << 20;

Unexpected damagedHeader(const ByteSource& source) {
  return fail(ErrorCode::corruptData,
              source.origin() + ": an object's header makes no sense; the file is damaged or cut off");
}

bool startsWith(std::span<const std::byte> bytes, const char (&magic)[5]) {
  return bytes.size() >= 4 && std::equal(magic, magic + 4, bytes.begin(), [](char wanted, std::byte found) {
           return std::byte(static_cast<unsigned char>(wanted)) == found;
         });
}

struct Block {
  std::uint64_t address = 0;
  std::uint64_t bytes = 0;
};

// Both versions of the header are a chain of blocks of messages.
class HeaderReader {
 public:
  HeaderReader(const ByteSource& source, const FileFrame& frame) : source_(source), frame_(frame) {}

  Result<std::vector<HeaderMessage>> read(std::uint64_t address) {
    auto start = readBytes(source_, frame_, address, 16);
    if (!start) return fail(start.error());
    const auto first = startsWith(*start, "OHDR") ? beginNew(address) : beginOld(address, *start);
    if (!first) return fail(first.error());
    waiting_.push_back(*first);
    while (!waiting_.empty()) {
      const Block block = waiting_.back();
      waiting_.pop_back();
      if (!seen_.insert(block.address).second) return damagedHeader(source_);
      const auto bytes = readBytes(source_, frame_, block.address, block.bytes, kMaxBlockBytes);
      if (!bytes) return fail(bytes.error());
      if (auto ok = messagesOf(*bytes); !ok) return fail(ok.error());
    }
    return std::move(messages_);
  }

 private:
  Result<Block> beginOld(std::uint64_t address, std::span<const std::byte> start) {
    Cursor cursor(start);
    if (cursor.number(1) != 1) return damagedHeader(source_);
    cursor.skip(7);
    return Block{address + 16, cursor.number(4)};
  }

  Result<Block> beginNew(std::uint64_t address) {
    const auto start = readBytes(source_, frame_, address, 6);
    if (!start) return fail(start.error());
    Cursor cursor(*start);
    cursor.skip(4);
    const std::uint64_t version = cursor.number(1);
    const std::uint64_t flags = cursor.number(1);
    if (version != 2) return damagedHeader(source_);
    newFormat_ = true;
    ordered_ = (flags & 4U) != 0;
    const std::uint64_t times = (flags & 32U) != 0 ? 16 : 0;
    const std::uint64_t phases = (flags & 16U) != 0 ? 4 : 0;
    const std::size_t width = std::size_t{1} << (flags & 3U);
    const auto size = readBytes(source_, frame_, address + 6 + times + phases, width);
    if (!size) return fail(size.error());
    return Block{address + 6 + times + phases + width, Cursor(*size).number(width)};
  }

  Result<void> messagesOf(std::span<const std::byte> bytes) {
    const std::size_t head = newFormat_ ? (ordered_ ? 6 : 4) : 8;
    Cursor cursor(bytes);
    while (cursor.left() >= head) {
      const std::uint64_t kind = cursor.number(newFormat_ ? 1 : 2);
      const std::uint64_t size = cursor.number(2);
      const std::uint64_t flags = cursor.number(1);
      cursor.skip(newFormat_ ? (ordered_ ? 2 : 0) : 3);
      const auto body = cursor.take(size);
      if (!cursor.ok() || messages_.size() >= kMaxMessages) return damagedHeader(source_);
      HeaderMessage message{static_cast<MessageKind>(kind), (flags & 2U) != 0, {body.begin(), body.end()}};
      if (message.kind == MessageKind::continuation) {
        if (auto ok = continueAt(message.bytes); !ok) return ok;
      } else {
        messages_.push_back(std::move(message));
      }
    }
    return {};
  }

  Result<void> continueAt(std::span<const std::byte> bytes) {
    constexpr std::uint64_t kMagic = 4;
    constexpr std::uint64_t kChecksum = 4;
    Cursor cursor(bytes);
    Block block{cursor.number(frame_.offsetWidth), 0};
    block.bytes = cursor.number(frame_.lengthWidth);
    if (!cursor.ok()) return damagedHeader(source_);
    if (newFormat_) {
      const auto magic = readBytes(source_, frame_, block.address, kMagic);
      if (!magic) return fail(magic.error());
      if (!startsWith(*magic, "OCHK") || block.bytes < kMagic + kChecksum) return damagedHeader(source_);
      block = {block.address + kMagic, block.bytes - kMagic - kChecksum};
    }
    waiting_.push_back(block);
    return {};
  }

  const ByteSource& source_;
  const FileFrame& frame_;
  bool newFormat_ = false;
  bool ordered_ = false;  // messages carry the order in which they were made
  std::vector<Block> waiting_;
  std::set<std::uint64_t> seen_;
  std::vector<HeaderMessage> messages_;
};

// Reads the messages of one dataset into its description.
class DatasetReader {
 public:
  DatasetReader(const FileFrame& frame, std::string what) : frame_(frame), what_(std::move(what)) {}

  Result<StoredDataset> read(const std::vector<HeaderMessage>& messages, const std::string& name) {
    stored_.info.name = name;
    for (const HeaderMessage& message : messages) {
      Result<void> ok;
      if (message.kind == MessageKind::datatype) ok = datatype(message);
      if (message.kind == MessageKind::dataspace) ok = dataspace(message);
      if (message.kind == MessageKind::layout) ok = layout(message);
      if (message.kind == MessageKind::filters) ok = filters(message);
      if (message.kind == MessageKind::externalFiles) elsewhere_ = true;
      if (!ok) return fail(ok.error());
    }
    if (empty_) stored_.number = false;
    if (elsewhere_) stored_.storage = Storage::elsewhere;
    if (!hasType_ || !hasSpace_ || !hasLayout_) return damaged();
    if (stored_.number && stored_.storage == Storage::chunked && stored_.chunk.size() != stored_.info.shape.size())
      return damaged();
    return std::move(stored_);
  }

 private:
  [[nodiscard]] Unexpected damaged() const {
    return fail(ErrorCode::corruptData, what_ + ": its description makes no sense; the file is damaged or cut off");
  }

  Result<void> datatype(const HeaderMessage& message) {
    hasType_ = true;
    if (message.shared) return {};  // a named kind of number: passed over
    Cursor cursor(message.bytes);
    const std::uint64_t kind = cursor.number(1) & 15U;
    const std::uint64_t bits = cursor.number(3);
    const std::uint64_t size = cursor.number(4);
    const std::uint64_t offset = cursor.number(2);
    const std::uint64_t precision = cursor.number(2);
    if (kind > 1) return {};  // text, compounds and so on
    if (!cursor.ok()) return damaged();
    if (offset != 0 || precision != 8 * size) return {};
    stored_.elementBytes = size;
    stored_.bigEndian = (bits & 1U) != 0;
    return kind == 0 ? wholeNumber(size, (bits & 8U) != 0) : floatingNumber(cursor, bits);
  }

  Result<void> wholeNumber(std::uint64_t size, bool hasSign) {
    stored_.hasSign = hasSign;
    stored_.number = size == 1 || size == 2 || size == 4 || size == 8;
    DType& dtype = stored_.info.dtype;
    dtype = DType::i64;
    if (size == 1) dtype = hasSign ? DType::i8 : DType::u8;
    if (hasSign && size == 2) dtype = DType::i16;
    if (hasSign && size == 4) dtype = DType::i32;
    return {};
  }

  Result<void> floatingNumber(Cursor& cursor, std::uint64_t bits) {
    struct Ieee {
      std::size_t bytes;
      DType dtype;
      std::uint64_t exponentBits, mantissaBits, bias;
    };
    constexpr Ieee kKnown[] = {
        {2, DType::f16, 5, 10, 15}, {4, DType::f32, 8, 23, 127}, {8, DType::f64, 11, 52, 1023}};
    const std::uint64_t exponentAt = cursor.number(1);
    const std::uint64_t exponentBits = cursor.number(1);
    const std::uint64_t mantissaAt = cursor.number(1);
    const std::uint64_t mantissaBits = cursor.number(1);
    const std::uint64_t bias = cursor.number(4);
    if (!cursor.ok()) return damaged();
    const bool vax = (bits & 64U) != 0;
    for (const Ieee& known : kKnown) {
      if (vax || stored_.elementBytes != known.bytes || exponentBits != known.exponentBits || mantissaAt != 0 ||
          mantissaBits != known.mantissaBits || exponentAt != known.mantissaBits || bias != known.bias)
        continue;
      stored_.info.dtype = known.dtype;
      stored_.floating = true;
      stored_.number = true;
    }
    return {};
  }

  Result<void> dataspace(const HeaderMessage& message) {
    constexpr std::uint64_t kNull = 2;
    hasSpace_ = true;
    Cursor cursor(message.bytes);
    const std::uint64_t version = cursor.number(1);
    const std::uint64_t rank = cursor.number(1);
    cursor.skip(1);
    const std::uint64_t type = cursor.number(1);
    if (message.shared || version < 1 || version > 2) return damaged();
    if (version == 1) cursor.skip(4);
    if (version == 2 && type == kNull) empty_ = true;
    if (rank > kMaxDimensions)
      return fail(ErrorCode::unsupported, what_ + ": has more than " + std::to_string(kMaxDimensions) + " axes");
    for (std::uint64_t i = 0; i < rank; ++i) {
      const std::uint64_t size = cursor.number(frame_.lengthWidth);
      if (size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return fail(ErrorCode::corruptData, what_ + ": its shape overflows");
      stored_.info.shape.push_back(static_cast<std::int64_t>(size));
    }
    if (!cursor.ok()) return damaged();
    const auto values = product(stored_.info.shape);
    if (!values || *values > std::numeric_limits<std::int64_t>::max() / 8)
      return fail(ErrorCode::corruptData, what_ + ": its shape overflows");
    return {};
  }

  Result<void> layout(const HeaderMessage& message) {
    hasLayout_ = true;
    Cursor cursor(message.bytes);
    const std::uint64_t version = cursor.number(1);
    if (message.shared || version < 1) return damaged();
    if (version > 3) {
      // Kind 3 of version 4 is a collection of other files; the rest only newer settings write.
      stored_.storage = cursor.number(1) == 3 ? Storage::elsewhere : Storage::newer;
      return {};
    }
    return version == 3 ? layoutThree(cursor) : layoutOld(cursor);
  }

  Result<void> layoutThree(Cursor& cursor) {
    switch (cursor.number(1)) {
      case 0: return compact(cursor, cursor.number(2));
      case 1:
        stored_.storage = Storage::contiguous;
        stored_.address = cursor.number(frame_.offsetWidth);
        stored_.storedBytes = cursor.number(frame_.lengthWidth);
        return cursor.ok() ? Result<void>() : damaged();
      case 2: {
        const std::uint64_t sizes = cursor.number(1);
        stored_.address = cursor.number(frame_.offsetWidth);
        return chunked(cursor, sizes);
      }
      default: return damaged();
    }
  }

  Result<void> layoutOld(Cursor& cursor) {
    const std::uint64_t sizes = cursor.number(1);
    const std::uint64_t kind = cursor.number(1);
    cursor.skip(5);
    if (kind != 0) stored_.address = cursor.number(frame_.offsetWidth);
    if (kind == 2) return chunked(cursor, sizes);
    if (sizes > kMaxDimensions + 1) return damaged();
    cursor.skip(4 * sizes);
    if (kind == 0) return compact(cursor, cursor.number(4));
    // The old message does not say how much is stored: everything, or the address leads nowhere.
    stored_.storage = Storage::contiguous;
    stored_.storedBytes = frame_.undefined(stored_.address) ? 0 : std::numeric_limits<std::uint64_t>::max();
    return kind == 1 && cursor.ok() ? Result<void>() : damaged();
  }

  Result<void> compact(Cursor& cursor, std::uint64_t size) {
    const auto bytes = cursor.take(size);
    stored_.storage = Storage::compact;
    stored_.compact.assign(bytes.begin(), bytes.end());
    return cursor.ok() ? Result<void>() : damaged();
  }

  // The last size is that of one number.
  Result<void> chunked(Cursor& cursor, std::uint64_t sizes) {
    stored_.storage = Storage::chunked;
    if (sizes < 2 || sizes > kMaxDimensions + 1) return damaged();
    for (std::uint64_t i = 0; i + 1 < sizes; ++i) stored_.chunk.push_back(cursor.number(4));
    std::uint64_t bytes = cursor.number(4);
    if (!cursor.ok() || bytes == 0) return damaged();
    for (const std::uint64_t size : stored_.chunk) {
      if (size == 0) return damaged();
      bytes = size > kMaxChunkBytes / bytes ? kMaxChunkBytes + 1 : bytes * size;
    }
    stored_.chunkBytes = bytes;
    return {};
  }

  Result<void> filters(const HeaderMessage& message) {
    constexpr std::uint64_t kFirstNamed = 256;
    Cursor cursor(message.bytes);
    const std::uint64_t version = cursor.number(1);
    const std::uint64_t count = cursor.number(1);
    if (message.shared || version < 1 || version > 2 || count > 32) return damaged();
    if (version == 1) cursor.skip(6);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t id = cursor.number(2);
      const std::uint64_t nameBytes = version == 1 || id >= kFirstNamed ? cursor.number(2) : 0;
      cursor.skip(2);
      const std::uint64_t values = cursor.number(2);
      const auto text = cursor.take(version == 1 ? (nameBytes + 7) / 8 * 8 : nameBytes);
      cursor.skip(4 * (values + (version == 1 ? values % 2 : 0)));
      if (!cursor.ok()) return damaged();
      std::string name(reinterpret_cast<const char*>(text.data()), text.size());
      name = std::to_string(id) + (name.empty() ? "" : " (" + printable(name.substr(0, name.find('\0')), 40) + ")");
      Filter::Kind kind = Filter::Kind::unknown;
      if (id == 1) kind = Filter::Kind::deflate;
      if (id == 2) kind = Filter::Kind::shuffle;
      if (id == 3) kind = Filter::Kind::checksum;
      stored_.filters.push_back({kind, name});
    }
    return {};
  }

  const FileFrame& frame_;
  std::string what_;
  StoredDataset stored_;
  bool hasType_ = false;
  bool hasSpace_ = false;
  bool hasLayout_ = false;
  bool elsewhere_ = false;
  bool empty_ = false;
};

}  // namespace

Result<std::vector<HeaderMessage>> readHeader(const ByteSource& source, const FileFrame& frame, std::uint64_t address) {
  return HeaderReader(source, frame).read(address);
}

bool isDataset(const std::vector<HeaderMessage>& messages) {
  return std::any_of(messages.begin(), messages.end(),
                     [](const HeaderMessage& message) { return message.kind == MessageKind::layout; });
}

Result<StoredDataset> datasetOf(const ByteSource& source, const FileFrame& frame,
                                const std::vector<HeaderMessage>& messages, const std::string& name) {
  return DatasetReader(frame, source.origin() + ": dataset " + printable(name, 60)).read(messages, name);
}

}  // namespace chladni::serial::hdf5
