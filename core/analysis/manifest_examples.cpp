#include "core/analysis/manifest_examples.h"

#include <charconv>
#include <cmath>

#include "core/serial/csv.h"
#include "core/serial/json_value.h"

namespace chladni::analysis {

namespace {

struct Columns {
  std::size_t path = 0;
  std::size_t labels = 0;
  std::optional<std::size_t> start;
  std::optional<std::size_t> end;
  std::optional<std::size_t> split;
};

std::string at(const std::filesystem::path& manifest, std::int64_t line) {
  return manifest.string() + " line " + std::to_string(line) + ": ";
}

std::string field(const serial::CsvRow& row, std::optional<std::size_t> column) {
  return column && *column < row.fields.size() ? row.fields[*column] : std::string();
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::vector<std::string> labelsOf(std::string_view text) {
  std::vector<std::string> labels;
  while (!text.empty()) {
    const auto separator = std::min(text.find(';'), text.size());
    if (auto label = trimmed(text.substr(0, separator)); !label.empty()) labels.push_back(std::move(label));
    text.remove_prefix(std::min(separator + 1, text.size()));
  }
  return labels;
}

std::optional<double> secondsOf(const std::string& text) {
  double value = 0.0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  constexpr double kLongest = 1e8;  // three years
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0.0 || value > kLongest)
    return std::nullopt;
  return value;
}

Result<Columns> columnsOf(const std::filesystem::path& manifest, const serial::CsvTable& table) {
  Columns columns;
  const auto path = table.column("path");
  const auto labels = table.column("labels");
  if (!path || !labels)
    return fail(ErrorCode::corruptData, manifest.string() + ": a manifest's first line names its columns, with path and "
                                                            "labels among them (path,start,end,labels)");
  columns.path = *path;
  columns.labels = *labels;
  columns.start = table.column("start");
  columns.end = table.column("end");
  columns.split = table.column("split");
  return columns;
}

Result<std::optional<TimeRange>> rangeOf(const std::filesystem::path& manifest, const serial::CsvRow& row, const Columns& columns) {
  const std::string start = trimmed(field(row, columns.start));
  const std::string end = trimmed(field(row, columns.end));
  if (start.empty() && end.empty()) return std::optional<TimeRange>();
  const auto from = start.empty() ? std::optional<double>(0.0) : secondsOf(start);
  const auto to = secondsOf(end);
  if (!from || !to || *to <= *from)
    return fail(ErrorCode::corruptData, at(manifest, row.line) + "start and end must be seconds, start before end, not " +
                                            serial::printable(start, 40) + " and " + serial::printable(end, 40));
  return std::optional<TimeRange>({MediaTime::fromSeconds(*from), MediaTime::fromSeconds(*to)});
}

}  // namespace

Result<std::vector<ManifestExample>> readManifestExamples(const std::filesystem::path& manifest) {
  auto table = serial::readCsv(manifest);
  if (!table) return fail(table.error());
  auto columns = columnsOf(manifest, *table);
  if (!columns) return fail(columns.error());
  std::vector<ManifestExample> examples;
  for (std::size_t r = 1; r < table->rows.size(); ++r) {
    const serial::CsvRow& row = table->rows[r];
    auto range = rangeOf(manifest, row, *columns);
    if (!range) return fail(range.error());
    const std::string path = field(row, columns->path);
    if (path.empty()) return fail(ErrorCode::corruptData, at(manifest, row.line) + "the path is missing");
    ManifestExample example{manifest.parent_path() / path, path, *range, labelsOf(field(row, columns->labels)),
                            trimmed(field(row, columns->split)), row.line};
    if (*range) example.name += "#" + trimmed(field(row, columns->start)) + "-" + trimmed(field(row, columns->end));
    examples.push_back(std::move(example));
  }
  if (examples.empty()) return fail(ErrorCode::corruptData, manifest.string() + ": the manifest lists no media");
  return examples;
}

}  // namespace chladni::analysis
