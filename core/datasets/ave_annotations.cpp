#include "core/datasets/ave_annotations.h"

#include <algorithm>
#include <map>

#include "core/base/assert.h"
#include "core/base/atomic_file.h"
#include "core/datasets/text_fields.h"
#include "core/serial/json_value.h"
#include "core/serial/utf8.h"

namespace chladni::datasets {

namespace {

constexpr std::string_view kHeader = "Category&VideoID&Quality&StartTime&EndTime";

// The last four separators count: a category of somebody's own may hold one itself.
std::vector<std::string_view> fieldsOf(std::string_view line) {
  std::vector<std::string_view> fields;
  while (fields.size() < 4) {
    const std::size_t at = line.rfind('&');
    if (at == std::string_view::npos) break;
    fields.push_back(trimmed(line.substr(at + 1)));
    line = line.substr(0, at);
  }
  fields.push_back(trimmed(line));
  std::reverse(fields.begin(), fields.end());
  return fields;
}

Result<AveRow> rowOf(std::string_view line, std::int64_t number, const std::string& origin) {
  const auto fields = fieldsOf(line);
  if (fields.size() != 5)
    return wrongLine(origin, number, "category, id, quality, start and end are needed, separated by \"&\"");
  const auto start = wholeOf(fields[3]);
  const auto end = wholeOf(fields[4]);
  if (!start || !end) return wrongLine(origin, number, "start and end must be whole seconds");
  if (*start < 0 || *end < *start || *end > kAveSegments)
    return wrongLine(origin, number, "start and end must lie within 0 to " + std::to_string(kAveSegments));
  AveRow row{std::string(fields[0]), std::string(fields[1]), std::string(fields[2]), static_cast<int>(*start),
             static_cast<int>(*end)};
  if (row.category.empty() || row.id.empty()) return wrongLine(origin, number, "category and id must not be empty");
  return row;
}

std::vector<std::string> classOrder(const std::vector<AveRow>& rows) {
  const auto& published = aveClasses();
  std::vector<std::string> seen;
  bool allPublished = true;
  std::map<std::string_view, bool> known;
  for (const AveRow& row : rows) {
    if (row.category == kAveBackground || !known.emplace(row.category, true).second) continue;
    seen.push_back(row.category);
    allPublished = allPublished && std::find(published.begin(), published.end(), row.category) != published.end();
  }
  if (allPublished) return {published.begin(), published.end()};
  seen.emplace_back(kAveBackground);
  return seen;
}

}  // namespace

const std::array<std::string_view, 29>& aveClasses() {
  static constexpr std::array<std::string_view, 29> kClasses{
      "Church bell", "Male speech, man speaking", "Bark", "Fixed-wing aircraft, airplane", "Race car, auto racing",
      "Female speech, woman speaking", "Helicopter", "Violin, fiddle", "Flute", "Ukulele", "Frying (food)", "Truck",
      "Shofar", "Motorcycle", "Acoustic guitar", "Train horn", "Clock", "Banjo", "Goat", "Baby cry, infant cry", "Bus",
      "Chainsaw", "Cat", "Horse", "Toilet flush", "Rodents, rats, mice", "Accordion", "Mandolin", kAveBackground};
  return kClasses;
}

std::array<int, kAveSegments> AveAnnotations::segmentClasses(std::size_t row) const {
  CHLADNI_ASSERT(row < rows.size() && !classes.empty());
  const AveRow& one = rows[row];
  const auto event = std::find(classes.begin(), classes.end(), one.category);
  CHLADNI_ASSERT(event != classes.end());
  std::array<int, kAveSegments> indices;
  indices.fill(static_cast<int>(classes.size()) - 1);
  for (int segment = one.start; segment < one.end; ++segment)
    indices[static_cast<std::size_t>(segment)] = static_cast<int>(event - classes.begin());
  return indices;
}

std::vector<std::string> AveAnnotations::repeatedIds() const {
  std::map<std::string_view, int> counts;
  for (const AveRow& row : rows) ++counts[row.id];
  std::vector<std::string> repeated;
  for (const auto& [id, count] : counts)
    if (count > 1) repeated.emplace_back(id);
  return repeated;
}

DataSet AveAnnotations::items(const std::filesystem::path& mediaFolder, const std::string& extension) const {
  DataSet set;
  set.classes = classes;
  for (const AveRow& row : rows) {
    DataItem item;
    item.id = row.id;
    item.media = mediaFolder / (row.id + extension);
    item.end = static_cast<double>(kAveSegments);
    item.labels.push_back(row.category);
    set.items.push_back(std::move(item));
  }
  if (const auto repeated = repeatedIds().size(); repeated != 0)
    set.notes.push_back(std::to_string(repeated) +
                        " videos are there under more than one label; they may stand on both sides of a split");
  return set;
}

Result<AveAnnotations> parseAveAnnotations(std::string_view text, const std::string& origin) {
  if (!serial::isUtf8(text) || text.find('\0') != std::string_view::npos)
    return fail(ErrorCode::corruptData, origin + ": is no UTF-8 text");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  AveAnnotations annotations;
  bool first = true;
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    const std::string_view line = trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (line.empty()) continue;
    auto row = rowOf(line, number, origin);
    // A header is a first line whose times are no numbers.
    const auto fields = fieldsOf(line);
    const bool header = first && fields.size() == 5 && !wholeOf(fields[3]) && !wholeOf(fields[4]);
    first = false;
    if (header) continue;
    if (!row) return fail(row.error());
    annotations.rows.push_back(*std::move(row));
  }
  if (annotations.rows.empty()) return fail(ErrorCode::corruptData, origin + ": holds no annotations");
  annotations.classes = classOrder(annotations.rows);
  return annotations;
}

Result<AveAnnotations> readAveAnnotations(const std::filesystem::path& path) {
  const auto text = readFile(path, kMaxTextBytes);
  if (!text) return fail(text.error());
  return parseAveAnnotations(*text, path.string());
}

Result<std::string> aveAnnotationsText(const std::vector<AveRow>& rows, bool header) {
  std::string text = header ? std::string(kHeader) + "\n" : std::string();
  for (const AveRow& row : rows) {
    const std::string line = row.category + "&" + row.id + "&" + row.quality + "&" + std::to_string(row.start) + "&" +
                             std::to_string(row.end);
    const auto back = rowOf(line, 1, "");
    if (line.find_first_of("\r\n") != std::string::npos || !back || *back != row)
      return fail(ErrorCode::invalidArgument, "the row " + serial::printable(line, 100) +
                                                  " cannot be written as an AVE annotation: no \"&\" or line ends in id "
                                                  "and quality, whole seconds from 0 to 10");
    text += line + "\n";
  }
  return text;
}

}  // namespace chladni::datasets
