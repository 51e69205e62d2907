#include "core/datasets/text_fields.h"

#include <charconv>
#include <cmath>

#include "core/serial/json_value.h"

namespace chladni::datasets {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\v\f";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::vector<std::string> parts(std::string_view text, char separator) {
  std::vector<std::string> all;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    const std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) all.emplace_back(part);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return all;
}

std::optional<double> numberOf(std::string_view text) {
  text = trimmed(text);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::int64_t> wholeOf(std::string_view text) {
  text = trimmed(text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Unexpected wrongLine(const std::string& origin, std::int64_t line, const std::string& why) {
  return fail(ErrorCode::corruptData, origin + ": line " + std::to_string(line) + ": " + why);
}

Result<std::filesystem::path> below(const std::filesystem::path& folder, std::string_view name) {
  if (name.find('\0') != std::string_view::npos)
    return fail(ErrorCode::invalidArgument, "the path " + serial::printable(name, 60) + " holds a NUL byte");
  // Forward slashes in every file of ours; an absolute path replaces the folder.
  return (folder / std::filesystem::path(std::string(name))).lexically_normal();
}

}  // namespace chladni::datasets
