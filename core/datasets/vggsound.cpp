#include "core/datasets/vggsound.h"

#include "core/base/atomic_file.h"
#include "core/datasets/text_fields.h"
#include "core/serial/csv.h"
#include "core/serial/json_value.h"

namespace chladni::datasets {

namespace {

constexpr std::size_t kColumns = 4;

std::string sixDigits(std::int64_t number) {
  std::string text = std::to_string(number);
  return text.size() < 6 ? std::string(6 - text.size(), '0') + text : text;
}

}  // namespace

Result<DataSet> parseVggSound(std::string_view text, const VggSoundMedia& media, const ClassTable* classes,
                              const std::string& origin) {
  const auto table = serial::parseCsv(text, origin);
  if (!table) return fail(table.error());
  DataSet set;
  for (const serial::CsvRow& row : table->rows) {
    if (row.fields.size() != kColumns)
      return wrongLine(origin, row.line, "id, start, label and split are needed");
    const auto start = wholeOf(row.fields[1]);
    if (!start && &row == &table->rows.front()) continue;  // somebody gave it a header
    if (!start || *start < 0) return wrongLine(origin, row.line, "its start is no whole number of seconds");
    DataItem item;
    item.id = trimmed(row.fields[0]);
    if (item.id.empty()) return wrongLine(origin, row.line, "its id is empty");
    const auto path = below(media.folder, item.id + "_" + sixDigits(*start) + media.extension);
    if (!path) return wrongLine(origin, row.line, path.error().message);
    item.media = *path;
    std::string label(trimmed(row.fields[2]));
    if (label.empty()) return wrongLine(origin, row.line, "its label is empty");
    if (classes) {
      const auto index = classes->find(label);
      if (!index)
        return wrongLine(origin, row.line, "label " + serial::printable(label, 60) + " is not in the table of classes");
      label = classes->names()[*index];
    }
    item.labels.push_back(std::move(label));
    item.split = splitName(std::string(trimmed(row.fields[3])));
    set.items.push_back(std::move(item));
  }
  set.classes = classes ? classes->names() : classesOf(set.items);
  return set;
}

Result<DataSet> readVggSound(const std::filesystem::path& path, VggSoundMedia media, const ClassTable* classes) {
  const auto text = readFile(path, kMaxTextBytes);
  if (!text) return fail(text.error());
  if (media.folder.empty()) media.folder = path.parent_path();
  return parseVggSound(*text, media, classes, path.string());
}

}  // namespace chladni::datasets
