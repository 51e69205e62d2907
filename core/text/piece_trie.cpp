#include "core/text/piece_trie.h"

namespace chladni::text {

void PieceTrie::add(std::string_view entry, std::int64_t id) {
  std::uint32_t node = 0;
  for (const char byte : entry) {
    auto& next = next_[key(node, byte)];
    if (next == kNone) {
      next = static_cast<std::uint32_t>(ids_.size());
      ids_.push_back(-1);
    }
    node = next;
  }
  ids_[node] = id;
}

PieceTrie::Match PieceTrie::longest(std::string_view text) const {
  Match match;
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto found = next_.find(key(node, text[i]));
    if (found == next_.end()) break;
    node = found->second;
    if (ids_[node] >= 0) match = {i + 1, ids_[node]};
  }
  return match;
}

}  // namespace chladni::text
