// LyricsReader: from a song's lyrics to the ids that the model reads, as its package says: cleaning, WordPiece, special
// tokens, cutting and padding. Immutable; any thread may call. read() fails with invalidArgument for a text far longer
// than any song; create() with notFound, io, corruptData or incompatibleModel for a vocabulary that does not fit.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/text/word_piece.h"
#include "models/lyrics_mae/lyrics_config.h"

namespace chladni::models::lyrics_mae {

inline constexpr char kVocabularyFile[] = "vocab.txt";  // of a package

class LyricsReader {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{4} << 20;

  static Result<LyricsReader> create(const inference::ModelSpec& spec, const LyricsConfig& config);
  static Result<LyricsReader> create(const std::filesystem::path& vocabulary, bool lowerCase, const LyricsConfig& config);
  [[nodiscard]] Result<std::vector<std::int64_t>> read(std::string_view lyrics) const;  // config.tokens of them
  [[nodiscard]] std::int64_t padId() const { return tokeniser_->padId(); }
  [[nodiscard]] std::optional<std::int64_t> maskId() const { return tokeniser_->vocabulary().find("[MASK]"); }

 private:
  LyricsReader(std::shared_ptr<const text::WordPiece> tokeniser, const LyricsConfig& config)
      : tokeniser_(std::move(tokeniser)), tokens_(static_cast<std::size_t>(config.tokens)),
        special_(config.specialTokens), clean_(config.cleanLyrics) {}
  std::shared_ptr<const text::WordPiece> tokeniser_;
  std::size_t tokens_;
  bool special_, clean_;
};

// The vocabulary in `file`, with exactly as many words as the model's table.
Result<text::Vocabulary> readVocabulary(const std::filesystem::path& file, const LyricsConfig& config);

}  // namespace chladni::models::lyrics_mae
