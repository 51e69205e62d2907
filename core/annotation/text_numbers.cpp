#include "core/annotation/text_numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace chladni::annotation {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f'; }

// Digits, at most one sign between them; the tenth decimal decides on rounding.
std::optional<MediaTime> plainSecondsOf(std::string_view digits, char sign) {
  const std::size_t point = std::min(digits.find(sign), digits.size());
  if (point > 10) return std::nullopt;
  std::int64_t whole = 0;
  for (const char c : digits.substr(0, point)) {
    if (!isDigit(c)) return std::nullopt;
    whole = whole * 10 + (c - '0');
  }
  const std::string_view decimals = point < digits.size() ? digits.substr(point + 1) : std::string_view();
  if (!std::all_of(decimals.begin(), decimals.end(), isDigit)) return std::nullopt;
  std::int64_t nano = 0;
  for (std::size_t i = 0; i < 9; ++i) nano = nano * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  if (decimals.size() > 9 && decimals[9] >= '5') ++nano;
  if (whole >= kMostLabelTime.nanoseconds() / kSecond) return std::nullopt;
  return MediaTime::fromNanoseconds(whole * kSecond + nano);
}

}  // namespace

Unexpected wrongAt(const std::string& origin, std::int64_t line, std::int64_t column, const std::string& why) {
  return fail(ErrorCode::corruptData,
              origin + ": line " + std::to_string(line) + " column " + std::to_string(column) + ": " + why);
}

Unexpected wrongAtOffset(const std::string& origin, std::string_view text, std::size_t offset, const std::string& why) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t lineStart = before.rfind('\n');
  const std::size_t column = lineStart == std::string_view::npos ? before.size() : before.size() - lineStart - 1;
  return wrongAt(origin, line, static_cast<std::int64_t>(column) + 1, why);
}

bool Lines::next() {
  if (at_ >= text_.size()) return false;
  const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
  line_ = text_.substr(at_, end - at_);
  at_ = end + (text_.substr(end).starts_with("\r\n") ? 2 : 1);
  ++number_;
  return true;
}

std::vector<std::string_view> split(std::string_view text, char separator, std::size_t atMost) {
  std::vector<std::string_view> fields;
  while (fields.size() + 1 < atMost) {
    const std::size_t end = text.find(separator);
    if (end == std::string_view::npos) break;
    fields.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  fields.push_back(text);
  return fields;
}

std::vector<std::string_view> words(std::string_view text, std::size_t atMost) {
  std::vector<std::string_view> found;
  for (std::size_t at = 0; at < text.size() && found.size() < atMost;) {
    while (at < text.size() && isBlank(text[at])) ++at;
    const std::size_t start = at;
    while (at < text.size() && !isBlank(text[at])) ++at;
    if (at > start) found.push_back(text.substr(start, at - start));
  }
  return found;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && isBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

std::optional<double> numberOf(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<MediaTime> secondsOf(std::string_view text, bool comma) {
  text = trimmed(text);
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const char sign = comma && text.find('.') == std::string_view::npos ? ',' : '.';
  if (text.empty() || !(isDigit(text.front()) || text.front() == sign) || text == "." || text == ",") return std::nullopt;
  if (const auto plain = plainSecondsOf(text, sign)) return negative ? -*plain : *plain;
  const auto value = numberOf(text);
  if (!value || *value > kMostLabelTime.seconds()) return std::nullopt;
  const MediaTime time = MediaTime::fromSeconds(*value);
  return negative ? -time : time;
}

std::optional<std::int64_t> wholeOf(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string secondsText(MediaTime time, int decimals) {
  const std::int64_t ns = time.nanoseconds();
  // Unsigned, so that the least of all numbers has an absolute value too.
  const std::uint64_t size = ns < 0 ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns);
  const std::string nano = std::to_string(size % kSecond);
  std::string fraction = std::string(9 - nano.size(), '0') + nano;
  while (static_cast<int>(fraction.size()) > decimals && fraction.back() == '0') fraction.pop_back();
  return (ns < 0 ? "-" : "") + std::to_string(size / kSecond) + (fraction.empty() ? "" : "." + fraction);
}

std::string numberText(double value) {
  char digits[64];
  const auto written = std::to_chars(digits, digits + sizeof digits, value);
  return std::string(digits, written.ptr);
}

std::optional<MediaTime> timecodeOf(std::string_view text) {
  const auto fields = split(trimmed(text), ':', 4);
  if (fields.size() < 2 || fields.size() > 3) return std::nullopt;
  std::int64_t minutes = 0;
  for (std::size_t i = 0; i + 1 < fields.size(); ++i) {
    const auto part = wholeOf(fields[i]);
    if (!part || *part < 0 || *part > 2'000'000) return std::nullopt;
    minutes = minutes * 60 + *part;
  }
  const auto rest = secondsOf(fields.back(), true);
  if (!rest || *rest < MediaTime() || !isDigit(fields.back().front())) return std::nullopt;
  const std::int64_t whole = minutes * 60;
  if (whole > kMostLabelTime.nanoseconds() / kSecond) return std::nullopt;
  const MediaTime time = MediaTime::fromNanoseconds(whole * kSecond) + *rest;
  return isLabelTime(time) ? std::optional(time) : std::nullopt;
}

std::string timecodeText(MediaTime time, char decimalSign) {
  const std::int64_t ms = time.nanoseconds() / 1'000'000;
  char text[64];
  std::snprintf(text, sizeof text, "%02lld:%02d:%02d%c%03d", static_cast<long long>(ms / 3'600'000),
                static_cast<int>(ms / 60'000 % 60), static_cast<int>(ms / 1000 % 60), decimalSign, static_cast<int>(ms % 1000));
  return text;
}

bool isShare(double value) { return value >= 0.0 && value <= 1.0; }

}  // namespace chladni::annotation
