#include "core/datasets/music_table.h"

#include <algorithm>
#include <set>

#include "core/base/atomic_file.h"
#include "core/datasets/text_fields.h"
#include "core/serial/json_value.h"
#include "core/serial/utf8.h"

namespace chladni::datasets {

namespace {

// Plain splitting: these tables have no quoting, and titles hold quotes.
std::vector<std::string_view> columnsOf(std::string_view line) {
  std::vector<std::string_view> fields;
  for (;;) {
    const std::size_t end = line.find('\t');
    fields.push_back(trimmed(line.substr(0, end)));
    if (end == std::string_view::npos) return fields;
    line = line.substr(end + 1);
  }
}

std::string_view nextLine(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

Result<std::map<std::string, std::string>> readIdTable(const std::filesystem::path& path, const std::string& column) {
  const auto text = readFile(path, kMaxTextBytes);
  if (!text) return fail(text.error());
  return parseIdTable(*text, column, path.string());
}

std::vector<std::string> commonestLabels(const std::map<std::string, std::string>& table, std::size_t most) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [id, text] : table) {
    const auto labels = parts(text, ',');
    for (const std::string& label : std::set<std::string>(labels.begin(), labels.end())) ++counts[label];
  }
  std::vector<std::pair<std::string, std::size_t>> ranked(counts.begin(), counts.end());
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (most != 0 && ranked.size() > most) ranked.resize(most);
  std::vector<std::string> names;
  for (auto& [name, count] : ranked) names.push_back(std::move(name));
  return names;
}

}  // namespace

Result<std::map<std::string, std::string>> parseIdTable(std::string_view text, const std::string& column,
                                                        const std::string& origin) {
  if (!serial::isUtf8(text)) return fail(ErrorCode::corruptData, origin + ": is not UTF-8; save it as UTF-8");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto header = columnsOf(nextLine(text));
  const auto wanted = std::find(header.begin(), header.end(), column);
  if (header.front() != "id" || wanted == header.end())
    return fail(ErrorCode::corruptData, origin + ": the first line must name the columns id and " + column +
                                            ", separated by tabs");
  const auto place = static_cast<std::size_t>(wanted - header.begin());
  std::map<std::string, std::string> table;
  for (std::int64_t line = 2; !text.empty(); ++line) {
    const std::string_view row = nextLine(text);
    if (trimmed(row).empty()) continue;
    const auto fields = columnsOf(row);
    if (fields.size() != header.size())
      return wrongLine(origin, line, "has " + std::to_string(fields.size()) + " columns instead of " +
                                         std::to_string(header.size()));
    if (fields.front().empty() || fields.front().find('\0') != std::string_view::npos)
      return wrongLine(origin, line, "its id is empty or no text");
    if (!table.emplace(fields.front(), fields[place]).second)
      return wrongLine(origin, line, "id " + serial::printable(fields.front(), 40) + " is there twice");
  }
  return table;
}

Result<DataSet> readMusicFolder(const std::filesystem::path& folder, const MusicTableOptions& options) {
  const auto labels = readIdTable(folder / ("id_" + options.labels + ".csv"), options.labels);
  if (!labels) return fail(labels.error());
  std::map<std::string, std::string> languages;
  if (!options.language.empty()) {
    auto table = readIdTable(folder / "id_lang.csv", "lang");
    if (!table) return fail(table.error(), "choosing by language; ask for any language to do without");
    languages = *std::move(table);
  }
  DataSet set;
  set.classes = commonestLabels(*labels, options.commonest);
  const std::set<std::string> kept(set.classes.begin(), set.classes.end());
  std::size_t otherLanguage = 0;
  std::size_t otherClasses = 0;
  for (const auto& [id, text] : *labels) {
    const auto language = languages.find(id);
    if (!options.language.empty() && (language == languages.end() || language->second != options.language)) {
      ++otherLanguage;
      continue;
    }
    DataItem item;
    item.id = id;
    for (std::string& label : parts(text, ','))
      if (kept.contains(label) && std::find(item.labels.begin(), item.labels.end(), label) == item.labels.end())
        item.labels.push_back(std::move(label));
    if (item.labels.empty()) {
      ++otherClasses;
      continue;
    }
    item.media = folder / "audios" / (id + options.extension);
    item.lyrics = folder / "lyrics" / (id + ".txt");
    set.items.push_back(std::move(item));
  }
  if (otherLanguage != 0)
    set.notes.push_back(std::to_string(otherLanguage) + " items are not in language " + options.language);
  if (otherClasses != 0) set.notes.push_back(std::to_string(otherClasses) + " items have none of the kept classes");
  return set;
}

}  // namespace chladni::datasets
