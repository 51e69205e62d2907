#include "core/datasets/class_table.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/datasets/text_fields.h"
#include "core/serial/csv.h"
#include "core/serial/json_value.h"
#include "core/serial/utf8.h"

namespace chladni::datasets {

namespace {

constexpr std::uintmax_t kMaxTableBytes = std::uintmax_t{16} << 20;

// Every index from 0 on exactly once, in any order of rows.
Result<ClassTable> indexed(const serial::CsvTable& table, std::size_t index, std::size_t id, std::size_t name,
                           const std::string& origin) {
  const std::size_t count = table.rows.size() - 1;
  std::vector<std::string> ids(count);
  std::vector<std::string> names(count);
  for (std::size_t r = 1; r <= count; ++r) {
    const serial::CsvRow& row = table.rows[r];
    if (row.fields.size() <= std::max({index, id, name})) return wrongLine(origin, row.line, "has too few columns");
    const auto place = wholeOf(row.fields[index]);
    if (!place || *place < 0 || *place >= static_cast<std::int64_t>(count))
      return wrongLine(origin, row.line, "its index is not one of 0 to " + std::to_string(count - 1));
    std::string& slot = ids[static_cast<std::size_t>(*place)];
    if (!slot.empty()) return wrongLine(origin, row.line, "its index is there twice");
    slot = trimmed(row.fields[id]);
    names[static_cast<std::size_t>(*place)] = trimmed(row.fields[name]);
    if (slot.empty()) return wrongLine(origin, row.line, "its id is empty");
  }
  return ClassTable::create(std::move(ids), std::move(names), origin);
}

Result<ClassTable> fromNames(std::vector<std::string> names, const std::string& origin) {
  std::vector<std::string> ids = names;
  return ClassTable::create(std::move(ids), std::move(names), origin);
}

Result<ClassTable> fromJson(std::string_view text, const std::string& origin) {
  const auto json = serial::parseJson(text, origin);
  if (!json) return fail(json.error());
  const auto names = serial::JsonField(*json).strings();
  if (!names) return fail(ErrorCode::corruptData, origin + ": an array of names of classes is needed");
  return fromNames(*names, origin);
}

}  // namespace

Result<ClassTable> ClassTable::create(std::vector<std::string> ids, std::vector<std::string> names,
                                      const std::string& origin) {
  ClassTable table;
  if (names.empty() || ids.size() != names.size())
    return fail(ErrorCode::corruptData, origin + ": holds no classes");
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (ids[i].empty() || names[i].empty())
      return fail(ErrorCode::corruptData, origin + ": class " + std::to_string(i) + " has no name");
    if (!table.byId_.emplace(ids[i], i).second)
      return fail(ErrorCode::corruptData, origin + ": class " + serial::printable(ids[i], 60) + " is there twice");
    table.byName_.emplace(names[i], i);
  }
  table.ids_ = std::move(ids);
  table.names_ = std::move(names);
  return table;
}

Result<ClassTable> ClassTable::parseCsv(std::string_view text, const std::string& origin) {
  const auto table = serial::parseCsv(text, origin);
  if (!table) return fail(table.error());
  if (table->rows.size() < 2) return fail(ErrorCode::corruptData, origin + ": holds no classes");
  const auto index = table->column("index");
  const auto id = table->column("mid");
  const auto shown = table->column("display_name");
  if (index && id && shown) return indexed(*table, *index, *id, *shown, origin);
  auto name = table->column("class");
  if (!name) name = table->column("name");
  if (!name)
    return fail(ErrorCode::corruptData,
                origin + ": the columns index, mid and display_name are needed, or one called class or name");
  std::vector<std::string> names;
  for (std::size_t r = 1; r < table->rows.size(); ++r) {
    const serial::CsvRow& row = table->rows[r];
    if (row.fields.size() <= *name) return wrongLine(origin, row.line, "has too few columns");
    names.emplace_back(trimmed(row.fields[*name]));
  }
  return fromNames(std::move(names), origin);
}

Result<ClassTable> ClassTable::read(const std::filesystem::path& path) {
  const auto text = readFile(path, kMaxTableBytes);
  if (!text) return fail(text.error());
  if (path.extension() == ".csv") return parseCsv(*text, path.string());
  if (path.extension() == ".json") return fromJson(*text, path.string());
  if (!serial::isUtf8(*text)) return fail(ErrorCode::corruptData, path.string() + ": is not UTF-8; save it as UTF-8");
  return fromNames(parts(*text, '\n'), path.string());
}

std::optional<std::size_t> ClassTable::find(const std::string& idOrName) const {
  if (const auto found = byId_.find(idOrName); found != byId_.end()) return found->second;
  if (const auto found = byName_.find(idOrName); found != byName_.end()) return found->second;
  return std::nullopt;
}

}  // namespace chladni::datasets
