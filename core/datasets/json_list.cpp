#include "core/datasets/json_list.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/datasets/text_fields.h"
#include "core/serial/json_value.h"

namespace chladni::datasets {

namespace {

using serial::JsonField;
using serial::JsonValue;

// AudioSet's list has two million items.
constexpr serial::JsonLimits kListLimits{static_cast<std::size_t>(kMaxTextBytes), 16, std::size_t{64} << 20};

Result<std::string> textOf(const JsonValue& item, const char* name, bool needed, const std::string& where) {
  const JsonValue* value = item.find(name);
  if (value && value->string()) return *value->string();
  if (!needed && (!value || value->isNull())) return std::string();
  return fail(ErrorCode::corruptData, where + "\"" + name + "\" must be text");
}

Result<std::vector<std::string>> labelsOf(const std::string& text, const ClassTable* classes, const std::string& where) {
  std::vector<std::string> labels = parts(text, ',');
  if (!classes) return labels;
  for (std::string& label : labels) {
    const auto index = classes->find(label);
    if (!index)
      return fail(ErrorCode::corruptData, where + "label " + serial::printable(label, 60) +
                                              " is not in the table of classes; give the table that belongs to the list");
    label = classes->names()[*index];
  }
  return labels;
}

Result<DataItem> itemOf(const JsonValue& json, const ClassTable* classes, const std::filesystem::path& folder,
                        const std::string& where) {
  if (!json.members()) return fail(ErrorCode::corruptData, where + "is no object");
  const auto sound = textOf(json, "wav", true, where);
  if (!sound) return fail(sound.error());
  const auto labels = textOf(json, "labels", false, where);
  if (!labels) return fail(labels.error());
  const auto id = textOf(json, "video_id", false, where);
  if (!id) return fail(id.error());
  const auto frames = textOf(json, "video_path", false, where);
  if (!frames) return fail(frames.error());

  DataItem item;
  item.id = *id;
  auto names = labelsOf(*labels, classes, where);
  if (!names) return fail(names.error());
  item.labels = *std::move(names);
  if (sound->empty()) return fail(ErrorCode::corruptData, where + "\"wav\" is empty");
  for (const auto& [text, path] : {std::pair{&*sound, &item.media}, std::pair{&*frames, &item.frames}}) {
    if (text->empty()) continue;
    const auto found = below(folder, *text);
    if (!found) return fail(ErrorCode::corruptData, where + found.error().message);
    *path = *found;
  }
  return item;
}

}  // namespace

Result<DataSet> parseJsonList(std::string_view text, const ClassTable* classes, const std::filesystem::path& folder,
                              const std::string& origin) {
  const auto json = serial::parseJson(text, origin, kListLimits);
  if (!json) return fail(json.error());
  const JsonValue* data = json->find("data");
  if (!data || !data->items())
    return fail(ErrorCode::corruptData, origin + ": needs a member \"data\" with the list of items");
  DataSet set;
  for (const JsonValue& one : *data->items()) {
    auto item = itemOf(one, classes, folder, origin + ": item " + std::to_string(set.items.size()) + ": ");
    if (!item) return fail(item.error());
    set.items.push_back(*std::move(item));
  }
  set.classes = classes ? classes->names() : classesOf(set.items);
  return set;
}

Result<DataSet> readJsonList(const std::filesystem::path& path, const ClassTable* classes) {
  const auto text = readFile(path, kMaxTextBytes);
  if (!text) return fail(text.error());
  return parseJsonList(*text, classes, path.parent_path(), path.string());
}

std::filesystem::path framePath(const DataItem& item, int index) {
  return item.frames / ("frame_" + std::to_string(index)) / (item.id + ".jpg");
}

Result<std::vector<double>> readSampleWeights(const std::filesystem::path& path, std::size_t items) {
  const auto text = readFile(path, kMaxTextBytes);
  if (!text) return fail(text.error());
  std::vector<double> weights;
  for (const std::string& line : parts(*text, '\n')) {
    const auto weight = numberOf(line);
    if (!weight || *weight < 0.0)
      return fail(ErrorCode::corruptData, path.string() + ": weight " + std::to_string(weights.size() + 1) + ", " +
                                              serial::printable(line, 30) + ", is no number of 0 or more");
    weights.push_back(*weight);
  }
  if (weights.size() != items)
    return fail(ErrorCode::corruptData, path.string() + ": holds " + std::to_string(weights.size()) + " weights for " +
                                            std::to_string(items) + " items; it belongs to another list");
  if (std::all_of(weights.begin(), weights.end(), [](double weight) { return weight == 0.0; }))
    return fail(ErrorCode::corruptData, path.string() + ": all weights are zero");
  return weights;
}

}  // namespace chladni::datasets
