#include "core/serial/csv.h"

#include "core/base/atomic_file.h"
#include "core/serial/utf8.h"

namespace chladni::serial {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::uintmax_t kMaxBytes = std::uintmax_t{1} << 30;

class Parser {
 public:
  Parser(std::string_view text, const std::string& origin, char separator)
      : text_(text), origin_(origin), separator_(separator) {
    if (text_.starts_with(kByteOrderMark)) at_ = lineStart_ = kByteOrderMark.size();
  }

  Result<CsvTable> parse() {
    CsvTable table;
    while (at_ < text_.size()) {
      if (endOfLine()) continue;
      CsvRow row;
      row.line = line_;
      do {
        auto field = text_.substr(at_, 1) == "\"" ? quoted() : plain();
        if (!field) return fail(field.error());
        row.fields.push_back(*std::move(field));
      } while (take(separator_));
      if (at_ < text_.size() && !endOfLine()) return wrong("something follows a closing quote");
      table.rows.push_back(std::move(row));
    }
    return table;
  }

 private:
  Unexpected wrong(const std::string& why) const { return wrongAt(line_, at_ - lineStart_, why); }
  Unexpected wrongAt(std::int64_t line, std::size_t column, const std::string& why) const {
    return fail(ErrorCode::corruptData, origin_ + ": line " + std::to_string(line) + " column " +
                                            std::to_string(column + 1) + ": " + why);
  }
  bool take(char wanted) {
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  bool endOfLine() {
    if (!take('\n')) {
      if (!take('\r')) return false;
      take('\n');
    }
    ++line_;
    lineStart_ = at_;
    return true;
  }

  Result<std::string> plain() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
      if (text_[at_] == '"') return wrong("a quote inside a field that does not begin with one");
      if (text_[at_] == '\0') return wrong("a NUL byte; this is no text file");
      ++at_;
    }
    return checked(std::string(text_.substr(start, at_ - start)));
  }

  Result<std::string> quoted() {
    const auto line = line_;
    const auto column = at_ - lineStart_;
    std::string field;
    ++at_;
    while (at_ < text_.size()) {
      const std::size_t before = at_;
      if (take('"')) {
        if (!take('"')) return checked(std::move(field));
        field += '"';
      } else if (endOfLine()) {
        field += text_.substr(before, at_ - before);
      } else if (text_[at_] == '\0') {
        return wrong("a NUL byte; this is no text file");
      } else {
        field += text_[at_++];
      }
    }
    return wrongAt(line, column, "a quote that is never closed");
  }

  Result<std::string> checked(std::string field) const {
    if (!isUtf8(field)) return wrong("text that is not UTF-8; save the file as UTF-8");
    return field;
  }

  std::string_view text_;
  const std::string& origin_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t lineStart_ = 0;
  std::int64_t line_ = 1;
};

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  if (rows.empty()) return std::nullopt;
  const auto& fields = rows.front().fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (fields[i] == name) return i;
  return std::nullopt;
}

Result<CsvTable> parseCsv(std::string_view text, const std::string& origin, char separator) {
  return Parser(text, origin, separator).parse();
}

Result<CsvTable> readCsv(const std::filesystem::path& path, char separator) {
  const auto text = readFile(path, kMaxBytes);
  if (!text) return fail(text.error());
  return parseCsv(*text, path.string(), separator);
}

std::string csvText(const std::vector<std::vector<std::string>>& rows, char separator) {
  std::string text;
  const std::string special = std::string("\"\r\n") + separator;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i != 0) text += separator;
      // Quoted too: a lone empty field, which would be read back as an empty line, and what looks like a byte order mark.
      if (row[i].find_first_of(special) == std::string::npos && !(row.size() == 1 && row[i].empty()) &&
          !row[i].starts_with(kByteOrderMark)) {
        text += row[i];
        continue;
      }
      text += '"';
      for (const char c : row[i]) text.append(c == '"' ? 2 : 1, c);
      text += '"';
    }
    text += '\n';
  }
  return text;
}

Result<void> writeCsv(const std::filesystem::path& path, const std::vector<std::vector<std::string>>& rows,
                      char separator) {
  return writeFileAtomically(path, csvText(rows, separator));
}

}  // namespace chladni::serial
