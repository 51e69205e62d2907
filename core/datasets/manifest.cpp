#include "core/datasets/manifest.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/datasets/manifest_columns.h"
#include "core/datasets/text_fields.h"
#include "core/serial/csv.h"
#include "core/serial/json_value.h"

namespace chladni::datasets {

namespace {

using serial::JsonValue;

constexpr char kLabelSeparator = ';';

// One row as text, whichever form it came from.
struct RowText {
  std::string path, start, end, split, lyrics;
  std::vector<std::string> labels;
};

Result<DataItem> itemOf(const RowText& row, const std::filesystem::path& folder, const std::string& where) {
  const auto refuse = [&](const std::string& why) { return fail(ErrorCode::corruptData, where + why); };
  DataItem item;
  if (row.path.empty()) return refuse("its path is empty");
  const auto media = below(folder, row.path);
  if (!media) return refuse(media.error().message);
  item.media = *media;
  if (!trimmed(row.start).empty()) {
    const auto start = numberOf(row.start);
    if (!start || *start < 0.0 || *start > kMostSeconds) return refuse("start " + serial::printable(row.start, 30) + " is no time in seconds");
    item.start = *start;
  }
  if (!trimmed(row.end).empty()) {
    const auto end = numberOf(row.end);
    if (!end || *end < item.start || *end > kMostSeconds)
      return refuse("end " + serial::printable(row.end, 30) + " is no time in seconds at or after the start");
    item.end = *end;
  }
  item.labels = row.labels;
  item.split = splitName(std::string(trimmed(row.split)));
  if (!row.lyrics.empty()) {
    const auto lyrics = below(folder, row.lyrics);
    if (!lyrics) return refuse(lyrics.error().message);
    item.lyrics = *lyrics;
  }
  return item;
}

DataSet finished(std::vector<DataItem> items) {
  DataSet set;
  set.classes = classesOf(items);
  set.items = std::move(items);
  return set;
}

// Text of a member: a string, a number, or nothing.
Result<std::string> memberText(const JsonValue& row, const char* name, const std::string& where) {
  const JsonValue* value = row.find(name);
  if (!value || value->isNull()) return std::string();
  if (const std::string* text = value->string()) return *text;
  if (value->number()) return value->text();
  return fail(ErrorCode::corruptData, where + name + " must be text or a number");
}

Result<std::vector<std::string>> memberLabels(const JsonValue& row, const std::string& where) {
  const JsonValue* value = row.find("labels");
  if (!value || value->isNull()) return std::vector<std::string>();
  if (const std::string* text = value->string()) return parts(*text, kLabelSeparator);
  const auto list = serial::JsonField(*value).strings();
  if (!list) return fail(ErrorCode::corruptData, where + "labels must be text or an array of texts");
  std::vector<std::string> labels;
  for (const std::string& label : *list)
    for (std::string& part : parts(label, kLabelSeparator)) labels.push_back(std::move(part));
  return labels;
}

Result<RowText> rowOf(const JsonValue& json, const std::string& where) {
  if (!json.members()) return fail(ErrorCode::corruptData, where + "is no JSON object");
  RowText row;
  for (const auto& [name, text] : {std::pair{"path", &row.path}, std::pair{"start", &row.start},
                                   std::pair{"end", &row.end}, std::pair{"split", &row.split},
                                   std::pair{"lyrics", &row.lyrics}}) {
    auto found = memberText(json, name, where);
    if (!found) return fail(found.error());
    *text = *std::move(found);
  }
  auto labels = memberLabels(json, where);
  if (!labels) return fail(labels.error());
  row.labels = *std::move(labels);
  return row;
}

// What the first line has most of: a comma, a tab or a semicolon.
char separatorOf(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char candidate : {'\t', ';'})
    if (std::count(line.begin(), line.end(), candidate) > std::count(line.begin(), line.end(), best)) best = candidate;
  return best;
}

bool isJsonLines(const std::filesystem::path& path) {
  return path.extension() == ".jsonl" || path.extension() == ".ndjson";
}

// The shortest text that reads back equal.
std::string secondsText(double seconds) { return JsonValue(seconds).text(); }

std::string relativeTo(const std::filesystem::path& folder, const std::filesystem::path& path) {
  if (path.empty()) return {};
  const auto inside = path.lexically_relative(folder.empty() ? "." : folder);
  return inside.empty() || inside.begin()->string() == ".." ? path.generic_string() : inside.generic_string();
}

Result<void> checkLabels(const DataItem& item) {
  for (const std::string& label : item.labels)
    if (label.find(kLabelSeparator) != std::string::npos || trimmed(label) != label || label.empty())
      return fail(ErrorCode::invalidArgument, "the label " + serial::printable(label, 60) +
                                                  " cannot be written to a manifest: no \";\" and no blanks around it");
  return {};
}

std::string joined(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) text += (text.empty() ? "" : std::string(1, kLabelSeparator)) + label;
  return text;
}

std::string csvOf(const std::vector<DataItem>& items, const std::filesystem::path& folder) {
  std::vector<std::vector<std::string>> rows{{"path", "start", "end", "labels", "split", "lyrics"}};
  for (const DataItem& item : items)
    rows.push_back({relativeTo(folder, item.media), secondsText(item.start), item.end ? secondsText(*item.end) : "",
                    joined(item.labels), item.split, relativeTo(folder, item.lyrics)});
  return serial::csvText(rows);
}

std::string jsonLinesOf(const std::vector<DataItem>& items, const std::filesystem::path& folder) {
  std::string text;
  for (const DataItem& item : items) {
    JsonValue row = JsonValue::object();
    row.set("path", relativeTo(folder, item.media)).set("start", item.start);
    row.set("end", item.end ? JsonValue(*item.end) : JsonValue());
    row.set("labels", JsonValue::arrayOf(item.labels));
    if (!item.split.empty()) row.set("split", item.split);
    if (!item.lyrics.empty()) row.set("lyrics", relativeTo(folder, item.lyrics));
    text += row.text() + "\n";
  }
  return text;
}

}  // namespace

Result<DataSet> parseCsvManifest(std::string_view text, const std::filesystem::path& folder, const std::string& origin) {
  const auto table = serial::parseCsv(text, origin, separatorOf(text));
  if (!table) return fail(table.error());
  if (table->rows.empty()) return fail(ErrorCode::unsupported, origin + ": is empty; a manifest begins with path,start,end,labels");
  const auto columns = manifestColumns(table->rows.front().fields, origin);
  if (!columns) return fail(columns.error());
  const std::size_t width = table->rows.front().fields.size();
  std::vector<DataItem> items;
  for (std::size_t r = 1; r < table->rows.size(); ++r) {
    const auto& [fields, line] = table->rows[r];
    if (fields.size() != width)
      return wrongLine(origin, line, "has " + std::to_string(fields.size()) + " columns instead of " +
                                         std::to_string(width));
    const auto at = [&fields = fields](std::optional<std::size_t> column) {
      return column ? fields[*column] : std::string();
    };
    const RowText row{fields[columns->path], at(columns->start), at(columns->end), at(columns->split), at(columns->lyrics),
                      parts(fields[columns->labels], kLabelSeparator)};
    auto item = itemOf(row, folder, origin + ": line " + std::to_string(line) + ": ");
    if (!item) return fail(item.error());
    items.push_back(*std::move(item));
  }
  auto set = finished(std::move(items));
  if (!columns->note.empty()) set.notes.push_back(columns->note);
  return set;
}

Result<DataSet> parseJsonLinesManifest(std::string_view text, const std::filesystem::path& folder,
                                       const std::string& origin) {
  std::vector<DataItem> items;
  for (std::int64_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string_view one = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (one.empty()) continue;
    const std::string where = origin + ": line " + std::to_string(line);
    const auto json = serial::parseJson(one, where);
    if (!json) return fail(json.error());
    const auto row = rowOf(*json, where + ": ");
    if (!row) return fail(row.error());
    auto item = itemOf(*row, folder, where + ": ");
    if (!item) return fail(item.error());
    items.push_back(*std::move(item));
  }
  return finished(std::move(items));
}

Result<DataSet> readManifest(const std::filesystem::path& path) {
  const auto text = readFile(path, kMaxTextBytes);
  if (!text) return fail(text.error());
  return isJsonLines(path) ? parseJsonLinesManifest(*text, path.parent_path(), path.string())
                           : parseCsvManifest(*text, path.parent_path(), path.string());
}

Result<void> writeManifest(const std::filesystem::path& path, const std::vector<DataItem>& items) {
  for (const DataItem& item : items)
    if (auto ok = checkLabels(item); !ok) return ok;
  return writeFileAtomically(path, isJsonLines(path) ? jsonLinesOf(items, path.parent_path())
                                                     : csvOf(items, path.parent_path()));
}

}  // namespace chladni::datasets
