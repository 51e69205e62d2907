#include "core/synth/csv_table.h"

#include <algorithm>

#include "core/base/atomic_file.h"

namespace chladni::synth {
namespace {

constexpr std::uintmax_t kMaxBytes = std::uintmax_t{256} << 20;

// Splits text into records; `next` returns false at the end.
class RecordScanner {
 public:
  explicit RecordScanner(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) position_ = 3;
  }
  [[nodiscard]] std::size_t line() const { return line_; }
  [[nodiscard]] bool unterminated() const { return unterminated_; }

  bool next(std::vector<std::string>& fields) {
    fields.clear();
    if (position_ >= text_.size()) return false;
    for (;;) {
      fields.push_back(field());
      if (position_ >= text_.size()) return true;
      const char separator = text_[position_++];
      if (separator == ',') continue;
      if (separator == '\r' && position_ < text_.size() && text_[position_] == '\n') ++position_;
      ++line_;
      return true;
    }
  }

 private:
  std::string field() {
    std::string value;
    if (position_ < text_.size() && text_[position_] == '"') {
      ++position_;
      quoted(value);
    }
    while (position_ < text_.size() && std::string_view(",\r\n").find(text_[position_]) == std::string_view::npos)
      value.push_back(text_[position_++]);
    return value;
  }
  void quoted(std::string& value) {
    while (position_ < text_.size()) {
      const char c = text_[position_++];
      if (c == '\n') ++line_;
      if (c != '"') {
        value.push_back(c);
      } else if (position_ < text_.size() && text_[position_] == '"') {
        value.push_back('"');
        ++position_;
      } else {
        return;
      }
    }
    unterminated_ = true;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t line_ = 1;
  bool unterminated_ = false;
};

}  // namespace

Result<CsvTable> CsvTable::parse(std::string_view text, const std::string& origin) {
  CsvTable table;
  table.origin_ = origin;
  RecordScanner scanner(text);
  std::vector<std::string> fields;
  if (!scanner.next(fields)) return fail(ErrorCode::corruptData, origin + ": empty; expected a line of column names");
  table.header_ = fields;
  while (scanner.next(fields)) {
    if (fields.size() == 1 && fields.front().empty()) continue;
    if (fields.size() > table.header_.size())
      return fail(ErrorCode::corruptData, origin + ": line " + std::to_string(scanner.line()) + " has more fields than the header; quote fields that hold commas");
    fields.resize(table.header_.size());
    table.rows_.push_back(fields);
  }
  if (scanner.unterminated()) return fail(ErrorCode::corruptData, origin + ": a quoted field never ends; close the quote");
  return table;
}

Result<CsvTable> CsvTable::read(const std::filesystem::path& path) {
  auto text = readFile(path, kMaxBytes);
  if (!text) return fail(text.error());
  return parse(*text, path.string());
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

Result<std::size_t> CsvTable::require(std::string_view name) const {
  const auto index = column(name);
  if (!index) return fail(ErrorCode::corruptData, origin_ + ": no column named " + std::string(name));
  return *index;
}

std::string csvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted.push_back('"');
    quoted.push_back(c);
  }
  return quoted + '"';
}

}  // namespace chladni::synth
