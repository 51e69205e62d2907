#include "core/text/basic_tokens.h"

#include "core/text/characters.h"
#include "core/text/code_points.h"

namespace chladni::text {
namespace {

using Take = std::function<bool(std::u32string_view)>;

// A stretch without whitespace and punctuation goes out as it is, a sign alone.
bool splitAtSigns(std::u32string_view piece, const Take& take) {
  std::size_t start = 0;
  for (std::size_t i = 0; i <= piece.size(); ++i) {
    const bool end = i == piece.size();
    const bool sign = !end && isPunctuation(piece[i]);
    if (!end && !sign && !isWhitespace(piece[i])) continue;
    if (i > start && !take(piece.substr(start, i - start))) return false;
    if (sign && !take(piece.substr(i, 1))) return false;
    start = i + 1;
  }
  return true;
}

bool finishPiece(std::u32string& piece, bool lowerCase, const Take& take) {
  if (piece.empty()) return true;
  const auto done = lowerCase ? splitAtSigns(withoutAccents(toLower(piece)), take) : splitAtSigns(piece, take);
  piece.clear();
  return done;
}

}  // namespace

void forEachBasicToken(std::string_view utf8, bool lowerCase, const Take& take) {
  std::u32string piece;
  for (std::size_t at = 0; at < utf8.size();) {
    const auto [c, bytes] = codePointAt(utf8, at);
    at += bytes;
    if (c == kNoCodePoint || isDropped(c)) continue;
    const bool apart = isIdeograph(c);
    if (!apart && !isGap(c) && !isWhitespace(c)) {
      piece.push_back(c);
      continue;
    }
    if (!finishPiece(piece, lowerCase, take)) return;
    if (!apart) continue;
    piece.push_back(c);
    if (!finishPiece(piece, lowerCase, take)) return;
  }
  finishPiece(piece, lowerCase, take);
}

std::vector<std::string> basicTokens(std::string_view utf8, bool lowerCase) {
  std::vector<std::string> tokens;
  forEachBasicToken(utf8, lowerCase, [&](std::u32string_view token) {
    tokens.push_back(encodeUtf8(token));
    return true;
  });
  return tokens;
}

}  // namespace chladni::text
