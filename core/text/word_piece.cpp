#include "core/text/word_piece.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/text/basic_tokens.h"
#include "core/text/code_points.h"

namespace chladni::text {

WordPiece::WordPiece(Vocabulary vocabulary, const WordPieceOptions& options)
    : vocabulary_(std::move(vocabulary)), options_(options) {
  constexpr std::string_view kMark = "##";
  for (std::int64_t id = 0; id < vocabulary_.size(); ++id) {
    const std::string_view entry = vocabulary_.entry(id);
    if (!entry.empty()) starts_.add(entry, id);
    if (entry.size() > kMark.size() && entry.starts_with(kMark)) continuations_.add(entry.substr(kMark.size()), id);
  }
}

Result<WordPiece> WordPiece::create(Vocabulary vocabulary, const WordPieceOptions& options) {
  WordPiece tokeniser(std::move(vocabulary), options);
  const std::pair<const char*, std::int64_t*> special[] = {{"[PAD]", &tokeniser.pad_},
                                                           {"[UNK]", &tokeniser.unknown_},
                                                           {"[CLS]", &tokeniser.start_},
                                                           {"[SEP]", &tokeniser.separator_}};
  for (const auto& [name, id] : special) {
    const auto found = tokeniser.vocabulary_.find(name);
    if (!found)
      return fail(ErrorCode::incompatibleModel, std::string("the vocabulary has no ") + name +
                                                    "; use the vocab.txt of an uncased BERT, one entry a line");
    *id = *found;
  }
  return tokeniser;
}

void WordPiece::appendWord(std::u32string_view word, std::vector<std::int64_t>& ids) const {
  if (word.size() > options_.wordLimit) {
    ids.push_back(unknown_);
    return;
  }
  const auto utf8 = encodeUtf8(word);
  const auto before = ids.size();
  for (std::size_t at = 0; at < utf8.size();) {
    const auto match = (at == 0 ? starts_ : continuations_).longest(std::string_view(utf8).substr(at));
    if (match.bytes == 0) {
      ids.resize(before);
      ids.push_back(unknown_);
      return;
    }
    ids.push_back(match.id);
    at += match.bytes;
  }
}

std::vector<std::int64_t> WordPiece::ids(std::string_view utf8, std::size_t limit) const {
  std::vector<std::int64_t> all;
  if (limit == 0) return all;
  forEachBasicToken(utf8, options_.lowerCase, [&](std::u32string_view word) {
    appendWord(word, all);
    return all.size() < limit;
  });
  if (all.size() > limit) all.resize(limit);
  return all;
}

TokenSequence WordPiece::sequence(std::string_view utf8, std::size_t length, bool special) const {
  const std::size_t marks = special ? 2 : 0;
  TokenSequence sequence;
  if (special) sequence.ids.push_back(start_);
  const auto words = ids(utf8, length > marks ? length - marks : 0);
  sequence.ids.insert(sequence.ids.end(), words.begin(), words.end());
  if (special) sequence.ids.push_back(separator_);
  sequence.ids.resize(std::min(sequence.ids.size(), length));
  sequence.real.assign(sequence.ids.size(), 1);
  sequence.ids.resize(length, pad_);
  sequence.real.resize(length, 0);
  return sequence;
}

}  // namespace chladni::text
