// WordPiece: the tokeniser of BERT. Words of basic_tokens.h become the longest entries of a vocabulary, read from the
// left, continuations marked "##"; a word that no entries spell, or with too many characters, becomes one [UNK]. Special
// names written in the text ("[MASK]") mean nothing. Immutable; any thread may call.
// create() fails with incompatibleModel when the vocabulary lacks [PAD], [UNK], [CLS] or [SEP].
// Source: the reference tokeniser of Devlin et al., "BERT", 2019. Its limit is 200 characters, 100 in older revisions and
// in the common library: hence an option.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "core/text/piece_trie.h"
#include "core/text/vocabulary.h"

namespace chladni::text {

struct WordPieceOptions {
  bool lowerCase = true;
  std::size_t wordLimit = 100;  // characters (code points)
};

struct TokenSequence {
  std::vector<std::int64_t> ids;   // as many as were asked for, [PAD] at the end
  std::vector<std::uint8_t> real;  // 1: a token, 0: padding
};

class WordPiece {
 public:
  static Result<WordPiece> create(Vocabulary vocabulary, const WordPieceOptions& options = {});

  // The first `limit` tokens.
  [[nodiscard]] std::vector<std::int64_t> ids(std::string_view utf8,
                                              std::size_t limit = std::numeric_limits<std::size_t>::max()) const;
  // Exactly `length` ids: cut or padded at the end; `special` puts [CLS] first and [SEP] after the last.
  [[nodiscard]] TokenSequence sequence(std::string_view utf8, std::size_t length, bool special) const;

  [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
  [[nodiscard]] std::int64_t padId() const { return pad_; }
  [[nodiscard]] std::int64_t unknownId() const { return unknown_; }

 private:
  WordPiece(Vocabulary vocabulary, const WordPieceOptions& options);
  void appendWord(std::u32string_view word, std::vector<std::int64_t>& ids) const;

  Vocabulary vocabulary_;
  WordPieceOptions options_;
  PieceTrie starts_, continuations_;
  std::int64_t pad_ = 0, unknown_ = 0, start_ = 0, separator_ = 0;
};

}  // namespace chladni::text
