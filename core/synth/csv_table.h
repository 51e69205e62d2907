// CsvTable: a small table of text with named columns, read from CSV as RFC 4180 has it (quotes, doubled quotes, line
// breaks inside quotes, CRLF, a byte order mark). Fails with notFound, io, or corruptData naming the line.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace chladni::synth {

class CsvTable {
 public:
  static Result<CsvTable> parse(std::string_view text, const std::string& origin);
  static Result<CsvTable> read(const std::filesystem::path& path);

  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  // The index of a column that must be there; fails with corruptData naming it.
  [[nodiscard]] Result<std::size_t> require(std::string_view name) const;
  [[nodiscard]] const std::string& at(std::size_t row, std::size_t column) const { return rows_[row][column]; }

 private:
  std::string origin_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;  // each as long as the header
};

// Text as one CSV field, quoted when it has to be.
std::string csvField(std::string_view text);

}  // namespace chladni::synth
