#include "tests/unit/serial/torch_zip.h"

namespace chladni::test {

namespace {

std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i));
  return text;
}

std::string localHeader(const std::string& name, const std::string& data, const ZipOptions& options) {
  return "PK\x03\x04" + little(0, 2) + little(options.flags, 2) + little(options.method, 2) + little(0, 8) +
         little(data.size(), 4) + little(data.size(), 4) + little(name.size(), 2);
}

std::string centralHeader(const std::string& name, const std::string& data, std::uint64_t offset,
                          const ZipOptions& options) {
  const std::uint64_t in64 = 0xFFFFFFFF;
  std::string extra = "FB" + little(3, 2) + "ZZZ";  // padding of another kind comes first
  if (options.zip64)
    extra += little(1, 2) + little(24, 2) + little(data.size(), 8) + little(data.size(), 8) + little(offset, 8);
  return "PK\x01\x02" + little(0, 4) + little(options.flags, 2) + little(options.method, 2) + little(0, 8) +
         little(options.zip64 ? in64 : data.size(), 4) + little(options.zip64 ? in64 : data.size(), 4) +
         little(name.size(), 2) + little(extra.size(), 2) + little(0, 2) + little(0, 8) +
         little(options.zip64 ? in64 : offset, 4) + name + extra;
}

}  // namespace

PickleText& PickleText::string(const std::string& value) { return raw("X" + little(value.size(), 4) + value); }

PickleText& PickleText::number(std::int64_t value) {
  if (value >= 0 && value < 256) return raw("K" + little(static_cast<std::uint64_t>(value), 1));
  if (value >= 0 && value < 65'536) return raw("M" + little(static_cast<std::uint64_t>(value), 2));
  if (value >= INT32_MIN && value <= INT32_MAX) return raw("J" + little(static_cast<std::uint64_t>(value), 4));
  return raw("\x8a\x08" + little(static_cast<std::uint64_t>(value), 8));
}

PickleText& PickleText::numbers(const std::vector<std::int64_t>& values) {
  if (values.empty()) return raw(")");
  raw("(");
  for (const auto value : values) number(value);
  return raw("t");
}

PickleText& PickleText::tensor(const std::string& storageType, const std::string& key, std::int64_t elements,
                               std::int64_t offset, const std::vector<std::int64_t>& shape,
                               const std::vector<std::int64_t>& strides) {
  global("torch._utils", "_rebuild_tensor_v2").raw("((").string("storage").global("torch", storageType).string(key);
  string("cpu").number(elements).raw("tQ").number(offset).numbers(shape).numbers(strides).raw("\x89");
  return global("collections", "OrderedDict").raw(")RtR");
}

std::string zipText(const ZipParts& parts, const ZipOptions& options) {
  std::string file, directory;
  for (const auto& [name, data] : parts) {
    const std::uint64_t offset = file.size();
    std::string header = localHeader(name, data, options);
    const std::size_t padding = 63 - (file.size() + header.size() + 2 + name.size()) % 64;
    header += little(padding, 2) + name + std::string(padding, 'Z');
    file += header + data;
    directory += centralHeader(name, data, offset, options);
  }
  const std::uint64_t start = file.size();
  file += directory;
  if (options.zip64) {
    const std::uint64_t end64 = file.size();
    file += "PK\x06\x06" + little(44, 8) + little(0, 4) + little(0, 8) + little(parts.size(), 8) +
            little(parts.size(), 8) + little(directory.size(), 8) + little(start, 8);
    file += "PK\x06\x07" + little(0, 4) + little(end64, 8) + little(1, 4);
  }
  file += "PK\x05\x06" + little(0, 4) + little(options.zip64 ? 0xFFFF : parts.size(), 2) +
          little(options.zip64 ? 0xFFFF : parts.size(), 2) + little(options.zip64 ? 0xFFFFFFFF : directory.size(), 4) +
          little(options.zip64 ? 0xFFFFFFFF : start, 4) + little(options.comment.size(), 2) + options.comment;
  return file;
}

}  // namespace chladni::test
