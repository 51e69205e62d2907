// Builds zip files and pickles as torch.save writes them, byte by byte, so that tests can also build what it never
// would. PickleText appends opcodes of protocol 2; zipText stores entries uncompressed at aligned places.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chladni::test {

class PickleText {
 public:
  PickleText() : text_("\x80\x02") {}
  PickleText& raw(const std::string& opcodes) { return text_ += opcodes, *this; }
  PickleText& global(const std::string& module, const std::string& name) {
    return raw("c" + module + "\n" + name + "\n");
  }
  PickleText& string(const std::string& value);
  PickleText& number(std::int64_t value);
  PickleText& numbers(const std::vector<std::int64_t>& values);  // a tuple
  // A tensor as torch._utils._rebuild_tensor_v2 of a persistent storage.
  PickleText& tensor(const std::string& storageType, const std::string& key, std::int64_t elements, std::int64_t offset,
                     const std::vector<std::int64_t>& shape, const std::vector<std::int64_t>& strides);
  [[nodiscard]] std::string stop() const { return text_ + "."; }

 private:
  std::string text_;
};

using ZipParts = std::vector<std::pair<std::string, std::string>>;

struct ZipOptions {
  bool zip64 = false;
  std::string comment;
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
};

std::string zipText(const ZipParts& parts, const ZipOptions& options = {});

template <class Number>
std::string bytesOf(const std::vector<Number>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Number)};
}

}  // namespace chladni::test
