#include "core/annotation/json_text.h"

#include <algorithm>

#include "core/annotation/label_file.h"
#include "core/annotation/text_numbers.h"

namespace chladni::annotation {

namespace {

// Walks a text that is known to be JSON.
class Finder {
 public:
  explicit Finder(std::string_view text) : text_(text) {}

  // Offset of the value that the path leads to, as far as it leads.
  std::size_t find(std::string_view path) {
    skipBlanks();
    while (!path.empty()) {
      const std::size_t here = at_;
      if (path.front() == '.') path.remove_prefix(1);
      const bool index = path.starts_with('[');
      const std::size_t end = std::min(index ? path.find(']') : path.find_first_of(".[", 1), path.size());
      const bool found = index ? enterItem(wholeOf(path.substr(1, end - 1)).value_or(0)) : enterMember(path.substr(0, end));
      if (!found) return here;
      path.remove_prefix(std::min(end + (index ? 1 : 0), path.size()));
    }
    return at_;
  }

 private:
  [[nodiscard]] char now() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void skipBlanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  std::string_view takeString() {
    const std::size_t start = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    const std::size_t end = std::min(at_, text_.size());
    ++at_;
    return text_.substr(std::min(start, end), end - std::min(start, end));
  }
  void skipValue() {
    int depth = 0;
    do {
      skipBlanks();
      const char c = now();
      if (c == '"') takeString();
      else if (c == '{' || c == '[') ++depth, ++at_;
      else if (c == '}' || c == ']') --depth, ++at_;
      else if (c == ',' || c == ':') ++at_;
      else at_ = std::min(text_.find_first_of(",:]} \t\r\n", at_), text_.size());
    } while (depth > 0 && at_ < text_.size());
  }
  bool nextOne() {
    skipBlanks();
    if (now() != ',') return false;
    ++at_;
    skipBlanks();
    return true;
  }
  bool enterItem(std::int64_t wanted) {
    if (now() != '[') return false;
    ++at_;
    skipBlanks();
    for (; wanted > 0; --wanted) {
      skipValue();
      if (!nextOne()) return false;
    }
    return now() != ']';
  }
  bool enterMember(std::string_view wanted) {
    if (now() != '{') return false;
    ++at_;
    skipBlanks();
    while (now() == '"') {
      const bool same = takeString() == wanted;
      skipBlanks();
      ++at_;  // the colon
      skipBlanks();
      if (same) return true;
      skipValue();
      if (!nextOne()) return false;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<serial::JsonValue> parseLabelJson(std::string_view text, const std::string& origin) {
  return serial::parseJson(text, origin, {kMaxLabelBytes, 32, 1'000'000});
}

Unexpected wrongJson(const Error& error, std::string_view text, const std::string& origin) {
  const std::string_view message = error.message;
  const std::string_view path = message.substr(0, std::min(message.find(": "), message.size()));
  auto failure = wrongAtOffset(origin, text, Finder(text).find(path), error.message);
  if (error.code == ErrorCode::unsupported) failure.error.code = error.code;
  return failure;
}

}  // namespace chladni::annotation
