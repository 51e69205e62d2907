// The first stage of WordPiece: text to words and single signs. Cleans, sets ideographs apart, lower-cases, removes
// accents, splits at whitespace and punctuation. Any bytes are accepted (see code_points.h); any thread may call.
// Source: the reference tokeniser of Devlin et al., "BERT", 2019 (uncased), tables of Unicode 14.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace chladni::text {

// One word at a time, in order; stops when `take` says false. Work and memory go with the longest word, not with the
// text, so that a caller who wants 256 tokens of a long text pays for those.
void forEachBasicToken(std::string_view utf8, bool lowerCase, const std::function<bool(std::u32string_view)>& take);

std::vector<std::string> basicTokens(std::string_view utf8, bool lowerCase = true);  // UTF-8

}  // namespace chladni::text
