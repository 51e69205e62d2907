// PieceTrie: longest entry of a vocabulary that a text begins with, found byte by byte in one walk. Immutable after the
// last add(); lookups from any thread. Private to core/text.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace chladni::text {

class PieceTrie {
 public:
  PieceTrie() : ids_(1, -1) {}
  void add(std::string_view entry, std::int64_t id);  // a later id for the same entry replaces the earlier

  struct Match {
    std::size_t bytes = 0;  // 0: none
    std::int64_t id = -1;
  };
  [[nodiscard]] Match longest(std::string_view text) const;

 private:
  static constexpr std::uint32_t kNone = 0;
  static std::uint64_t key(std::uint32_t node, char byte) { return (std::uint64_t{node} << 8U) | static_cast<std::uint8_t>(byte); }

  std::unordered_map<std::uint64_t, std::uint32_t> next_;
  std::vector<std::int64_t> ids_;  // [node], -1: no entry ends there; node 0 is the root
};

}  // namespace chladni::text
