// Vocabulary: the entries of a WordPiece vocab.txt, one a line, id = line number from 0; whitespace around an entry does
// not count, and of two equal entries the later wins, as in the reference. Immutable; any thread may call.
// Fails with notFound or io (file), corruptData (too large, no entries).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"

namespace chladni::text {

class Vocabulary {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
  static constexpr std::size_t kMaxEntries = 4'000'000;

  static Result<Vocabulary> read(const std::filesystem::path& file);
  // `origin` opens every message.
  static Result<Vocabulary> parse(std::string_view lines, const std::string& origin);

  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(entries_.size()); }
  // Precondition: 0 <= id < size().
  [[nodiscard]] const std::string& entry(std::int64_t id) const { return entries_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] std::optional<std::int64_t> find(const std::string& entry) const;

 private:
  std::vector<std::string> entries_;
  std::unordered_map<std::string, std::int64_t> ids_;
};

}  // namespace chladni::text
