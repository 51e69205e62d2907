#include "core/text/lyric_cleaning.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

#include "core/text/basic_tokens.h"

namespace chladni::text {
namespace {

constexpr std::string_view kSpace = " \t\r\v\f";

std::string_view trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return line.substr(first, line.find_last_not_of(kSpace) - first + 1);
}

using Paragraph = std::vector<std::string_view>;

std::vector<Paragraph> paragraphsOf(std::string_view text) {
  std::vector<Paragraph> all(1);
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (!line.empty()) all.back().push_back(line);
    else if (!all.back().empty()) all.emplace_back();
  }
  if (all.back().empty()) all.pop_back();
  return all;
}

std::string joined(const Paragraph& lines) {
  std::string text;
  for (const auto line : lines) text.append(line).push_back('\n');
  return text;
}

}  // namespace

std::string withoutRepeats(std::string_view lyrics, const CleaningOptions& options) {
  std::unordered_set<std::string> paragraphs;
  std::unordered_set<std::string_view> lines;
  std::string cleaned;
  for (auto& paragraph : paragraphsOf(lyrics)) {
    if (options.paragraphs && !paragraphs.insert(joined(paragraph)).second) continue;
    if (options.lines) std::erase_if(paragraph, [&](std::string_view line) { return !lines.insert(line).second; });
    if (paragraph.empty()) continue;
    if (!cleaned.empty()) cleaned.push_back('\n');
    cleaned += joined(paragraph);
  }
  return cleaned;
}

bool looksEnglish(std::string_view lyrics) {
  // Words of every English text that are rare or absent in the languages that share the alphabet.
  static const std::unordered_set<std::string_view> kCommon{
      "the", "and",  "you",  "to",   "of",   "it",   "is",   "that", "my",   "your", "what", "with", "this", "all", "for",
      "are", "have", "know", "when", "they", "was",  "will", "from", "can",  "just", "like", "be",   "we",   "i",   "she",
      "he",  "not",  "but",  "if",   "there", "out", "up",   "get",  "got",  "how",  "who",  "never", "wanna"};
  std::size_t words = 0;
  std::size_t common = 0;
  std::size_t latin = 0;
  forEachBasicToken(lyrics, true, [&](std::u32string_view token) {
    const bool letters = std::all_of(token.begin(), token.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
    if (token.size() == 1 && !letters && token.front() < 0x80) return true;  // a sign
    ++words;
    if (!letters) return true;
    ++latin;
    const std::string word(token.begin(), token.end());
    common += kCommon.contains(word) ? 1 : 0;
    return true;
  });
  return words >= 4 && latin * 10 >= words * 9 && common * 100 >= words * 12;
}

}  // namespace chladni::text
