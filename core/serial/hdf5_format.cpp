#include "core/serial/hdf5_format.h"

#include <algorithm>
#include <limits>
#include <set>

#include "core/serial/hdf5_header.h"
#include "core/serial/json_value.h"

namespace chladni::serial::hdf5 {

namespace {

constexpr std::size_t kMaxObjects = 100'000;
// Of all headers and names together: objects may share them, so the size of the file is no bound.
constexpr std::uint64_t kMaxMetadataBytes = std::uint64_t{256} << 20;
constexpr std::uint64_t kMaxSuperblockOffset = std::uint64_t{1} << 20;

bool hasMagic(std::span<const std::byte> bytes, std::string_view magic) {
  return bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), bytes.begin(), [](char wanted, std::byte found) {
           return std::byte(static_cast<unsigned char>(wanted)) == found;
         });
}

Unexpected damaged(const ByteSource& source, const std::string& what) {
  return fail(ErrorCode::corruptData, source.origin() + ": " + what + "; the file is damaged or cut off");
}

bool plausibleWidth(std::size_t width) { return width == 2 || width == 4 || width == 8; }

// Follows names to objects. Groups may form rings; each object is met once.
class Walk {
 public:
  Walk(const ByteSource& source, const FileFrame& frame) : source_(source), frame_(frame) {}

  Result<std::vector<StoredDataset>> run() {
    if (auto ok = visit(frame_.rootHeader, ""); !ok) return fail(ok.error());
    // A list of work instead of recursion: a chain of groups may be as long as the file.
    while (!waiting_.empty()) {
      const auto [name, header] = std::move(waiting_.back());
      waiting_.pop_back();
      if (auto ok = visit(header, name); !ok) return fail(ok.error());
    }
    std::sort(found_.begin(), found_.end(),
              [](const StoredDataset& a, const StoredDataset& b) { return a.info.name < b.info.name; });
    return std::move(found_);
  }

 private:
  Result<void> visit(std::uint64_t header, const std::string& name) {
    if (!seen_.insert(header).second) return {};
    if (seen_.size() > kMaxObjects)
      return fail(ErrorCode::unsupported, source_.origin() + ": holds too many objects to be read");
    const auto messages = readHeader(source_, frame_, header);
    if (!messages) return fail(messages.error());
    for (const HeaderMessage& message : *messages)
      if (auto ok = charge(message.bytes.size()); !ok) return ok;
    if (isDataset(*messages)) {
      auto dataset = datasetOf(source_, frame_, *messages, name);
      if (!dataset) return fail(dataset.error());
      found_.push_back(*std::move(dataset));
      return {};
    }
    for (const HeaderMessage& message : *messages) {
      Result<void> ok;
      if (message.kind == MessageKind::symbolTable) ok = symbolTable(message, name);
      if (message.kind == MessageKind::link) ok = link(message, name);
      if (message.kind == MessageKind::linkInfo) ok = linkInfo(message);
      if (!ok) return ok;
    }
    return {};
  }

  Result<void> charge(std::uint64_t bytes) {
    metadataBytes_ += bytes;
    if (metadataBytes_ <= kMaxMetadataBytes) return {};
    return fail(ErrorCode::unsupported, source_.origin() + ": describes more than can be read");
  }

  // Names may overlap in their heap, so that a small file can have many long ones.
  Result<void> enqueue(const std::string& group, std::string_view name, std::uint64_t header) {
    if (auto ok = charge(group.size() + name.size()); !ok) return ok;
    waiting_.emplace_back(group.empty() ? std::string(name) : group + "/" + std::string(name), header);
    return {};
  }

  Result<void> symbolTable(const HeaderMessage& message, const std::string& group) {
    Cursor cursor(message.bytes);
    const std::uint64_t tree = cursor.number(frame_.offsetWidth);
    const std::uint64_t heap = cursor.number(frame_.offsetWidth);
    if (!cursor.ok()) return damaged(source_, "a symbol table is cut off");
    const auto names = heapText(heap);
    if (!names) return fail(names.error());
    if (auto ok = charge(names->size()); !ok) return ok;
    return groupNode(tree, *names, group, std::nullopt);
  }

  Result<std::string> heapText(std::uint64_t address) const {
    const auto head = readBytes(source_, frame_, address, 8 + 2 * frame_.lengthWidth + frame_.offsetWidth);
    if (!head) return fail(head.error());
    if (!hasMagic(*head, "HEAP")) return damaged(source_, "a heap of names is not where it should be");
    Cursor cursor(*head);
    cursor.skip(8);
    const std::uint64_t size = cursor.number(frame_.lengthWidth);
    cursor.skip(frame_.lengthWidth);
    const auto bytes = readBytes(source_, frame_, cursor.number(frame_.offsetWidth), size);
    if (!bytes) return fail(bytes.error());
    return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  }

  // A node of a group's tree; its level is known from the node above, so that a chain of nodes ends.
  Result<void> groupNode(std::uint64_t address, const std::string& names, const std::string& group,
                         std::optional<std::uint64_t> level) {
    if (!nodes_.insert(address).second) return damaged(source_, "a tree of names runs into itself");
    const auto head = readBytes(source_, frame_, address, 8 + 2 * frame_.offsetWidth);
    if (!head) return fail(head.error());
    Cursor cursor(*head);
    cursor.skip(4);
    const std::uint64_t type = cursor.number(1);
    const std::uint64_t own = cursor.number(1);
    const std::uint64_t entries = cursor.number(2);
    if (!hasMagic(*head, "TREE") || type != 0 || (level && own != *level))
      return damaged(source_, "a tree of names is not where it should be");
    const auto body = readBytes(source_, frame_, address + head->size(),
                                entries * (frame_.lengthWidth + frame_.offsetWidth));
    if (!body) return fail(body.error());
    Cursor children(*body);
    for (std::uint64_t i = 0; i < entries; ++i) {
      children.skip(frame_.lengthWidth);
      const std::uint64_t child = children.number(frame_.offsetWidth);
      const auto ok = own > 0 ? groupNode(child, names, group, own - 1) : symbols(child, names, group);
      if (!ok) return ok;
    }
    return {};
  }

  Result<void> symbols(std::uint64_t address, const std::string& names, const std::string& group) {
    constexpr std::uint64_t kSoftLink = 2;
    if (!nodes_.insert(address).second) return damaged(source_, "a tree of names runs into itself");
    const auto head = readBytes(source_, frame_, address, 8);
    if (!head) return fail(head.error());
    if (!hasMagic(*head, "SNOD")) return damaged(source_, "a list of names is not where it should be");
    Cursor count(*head);
    count.skip(6);
    const std::uint64_t entries = count.number(2);
    const auto body = readBytes(source_, frame_, address + 8, entries * (2 * frame_.offsetWidth + 24));
    if (!body) return fail(body.error());
    Cursor cursor(*body);
    for (std::uint64_t i = 0; i < entries; ++i) {
      const std::uint64_t nameOffset = cursor.number(frame_.offsetWidth);
      const std::uint64_t header = cursor.number(frame_.offsetWidth);
      const std::uint64_t cache = cursor.number(4);
      cursor.skip(20);
      if (nameOffset >= names.size()) return damaged(source_, "a name lies outside of its heap");
      const std::string_view name = std::string_view(names).substr(nameOffset);
      if (cache == kSoftLink) continue;
      if (auto ok = enqueue(group, name.substr(0, name.find('\0')), header); !ok) return ok;
    }
    return {};
  }

  Result<void> link(const HeaderMessage& message, const std::string& group) {
    Cursor cursor(message.bytes);
    const std::uint64_t version = cursor.number(1);
    const std::uint64_t flags = cursor.number(1);
    const std::uint64_t type = (flags & 8U) != 0 ? cursor.number(1) : 0;
    if ((flags & 4U) != 0) cursor.skip(8);
    if ((flags & 16U) != 0) cursor.skip(1);
    const auto name = cursor.take(cursor.number(std::size_t{1} << (flags & 3U)));
    if (type != 0) return {};  // soft and external links
    const std::uint64_t header = cursor.number(frame_.offsetWidth);
    if (version != 1 || !cursor.ok()) return damaged(source_, "a link is cut off");
    return enqueue(group, {reinterpret_cast<const char*>(name.data()), name.size()}, header);
  }

  Result<void> linkInfo(const HeaderMessage& message) const {
    Cursor cursor(message.bytes);
    cursor.skip(1);
    if ((cursor.number(1) & 1U) != 0) cursor.skip(8);
    const std::uint64_t heap = cursor.number(frame_.offsetWidth);
    if (!cursor.ok()) return damaged(source_, "a group is cut off");
    if (frame_.undefined(heap)) return {};
    return fail(ErrorCode::unsupported, source_.origin() + ": stores its groups as only new settings of HDF5 do; write "
                                                           "it again with h5repack --low=0");
  }

  const ByteSource& source_;
  const FileFrame& frame_;
  std::set<std::uint64_t> seen_;
  std::set<std::uint64_t> nodes_;
  std::uint64_t metadataBytes_ = 0;
  std::vector<std::pair<std::string, std::uint64_t>> waiting_;
  std::vector<StoredDataset> found_;
};

}  // namespace

std::uint64_t Cursor::number(std::size_t width) {
  std::uint64_t value = 0;
  const auto bytes = take(width);
  for (std::size_t i = 0; i < bytes.size(); ++i) value |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  return value;
}

std::span<const std::byte> Cursor::take(std::uint64_t count) {
  if (count > left()) {
    ok_ = false;
    at_ = bytes_.size();
    return {};
  }
  const auto taken = bytes_.subspan(at_, count);
  at_ += count;
  return taken;
}

bool FileFrame::undefined(std::uint64_t address) const {
  return address == (std::numeric_limits<std::uint64_t>::max() >> (64 - 8 * offsetWidth));
}

std::optional<std::uint64_t> product(std::span<const std::int64_t> shape) {
  std::uint64_t all = 1;
  for (const std::int64_t size : shape) {
    const auto factor = static_cast<std::uint64_t>(size);
    if (size < 0 || (factor != 0 && all > std::numeric_limits<std::int64_t>::max() / factor)) return std::nullopt;
    all *= factor;
  }
  return all;
}

Result<std::vector<std::byte>> readBytes(const ByteSource& source, const FileFrame& frame, std::uint64_t address,
                                         std::uint64_t count, std::uint64_t most) {
  const std::uint64_t at = frame.base + address;
  if (at < address || at > source.size() || count > source.size() - at || count > most)
    return damaged(source, "something lies outside of the file");
  std::vector<std::byte> bytes(count);
  if (auto ok = source.read(at, bytes); !ok) return fail(ok.error());
  return bytes;
}

Result<FileFrame> readFrame(const ByteSource& source) {
  // A block of the user's own may stand before: 512 bytes or a power of two of that.
  std::uint64_t at = 0;
  std::vector<std::byte> bytes;
  for (;; at = at == 0 ? 512 : 2 * at) {
    if (at > kMaxSuperblockOffset || source.size() < 8 || at > source.size() - 8)
      return fail(ErrorCode::corruptData, source.origin() + ": is no HDF5 file");
    bytes.resize(std::min<std::uint64_t>(128, source.size() - at));
    if (auto ok = source.read(at, bytes); !ok) return fail(ok.error());
    if (looksLikeHdf5(bytes)) break;
  }
  Cursor cursor(bytes);
  cursor.skip(8);
  const std::uint64_t version = cursor.number(1);
  if (version > 3)
    return fail(ErrorCode::unsupported, source.origin() + ": is of a newer kind of HDF5; write it again with h5repack");
  FileFrame frame;
  if (version <= 1) cursor.skip(4);
  frame.offsetWidth = cursor.number(1);
  frame.lengthWidth = cursor.number(1);
  if (!plausibleWidth(frame.offsetWidth) || !plausibleWidth(frame.lengthWidth))
    return damaged(source, "its first block makes no sense");
  if (version <= 1) {
    cursor.skip(version == 0 ? 9 : 13);
    frame.base = cursor.number(frame.offsetWidth);
    cursor.skip(4 * frame.offsetWidth);  // free space, end of file, driver; name of the root
  } else {
    cursor.skip(1);
    frame.base = cursor.number(frame.offsetWidth);
    cursor.skip(2 * frame.offsetWidth);  // extension, end of file
  }
  frame.rootHeader = cursor.number(frame.offsetWidth);
  if (!cursor.ok() || frame.base != at) return damaged(source, "its first block makes no sense");
  return frame;
}

Result<std::vector<StoredDataset>> readDatasets(const ByteSource& source, const FileFrame& frame) {
  return Walk(source, frame).run();
}

}  // namespace chladni::serial::hdf5
