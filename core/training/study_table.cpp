#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>

#include "core/base/atomic_file.h"
#include "core/base/is_there.h"
#include "core/training/published_sweeps.h"
#include "core/training/study.h"

namespace chladni::training {
namespace {

using serial::JsonValue;

constexpr std::size_t kMostMain = 6;
constexpr std::uintmax_t kMostEventBytes = std::uintmax_t{4} << 30;

// What a run said that a table needs.
struct RunWords {
  std::optional<JsonValue> done;
  std::string metric;
  std::vector<std::pair<double, double>> course;  // epoch, value of the metric
};

RunWords wordsOf(const std::filesystem::path& run) {
  RunWords words;
  auto text = readFile(run / "events.jsonl", kMostEventBytes);
  if (!text) return words;
  for (std::size_t from = 0; from < text->size();) {
    const auto end = std::min(text->find('\n', from), text->size());
    const std::string_view line(text->data() + from, end - from);
    from = end + 1;
    const bool done = line.find("\"event\":\"done\"") != std::string_view::npos;
    if (!done && line.find("\"event\":\"epoch\"") == std::string_view::npos) continue;
    auto event = serial::parseJson(line, "events.jsonl");
    if (!event) continue;
    if (done) {
      words.done = std::move(*event);
      continue;
    }
    const auto* metric = event->find("metric");
    const auto* value = event->find("value");
    const auto* epoch = event->find("epoch");
    if (!metric || !metric->string() || !value || !value->number() || !epoch || !epoch->number()) continue;
    words.metric = *metric->string();
    // A run that ends or is taken up within an epoch measures that epoch again; the later figure holds.
    const auto earlier = std::find_if(words.course.begin(), words.course.end(), [&](const auto& point) { return point.first == *epoch->number(); });
    if (earlier != words.course.end()) words.course.erase(earlier);
    words.course.emplace_back(*epoch->number(), *value->number());
  }
  return words;
}

bool ended(const RunWords& words) {
  const auto* stopped = words.done ? words.done->find("stopped") : nullptr;
  return stopped && stopped->boolean() && !*stopped->boolean();
}

struct MeanOf {
  double mean = 0.0, deviation = 0.0;
  explicit MeanOf(const std::vector<double>& values) {
    for (const double value : values) mean += value / static_cast<double>(values.size());
    for (const double value : values) deviation += (value - mean) * (value - mean) / static_cast<double>(values.size());
    deviation = std::sqrt(deviation);
  }
};

void addFigure(StudyRow& row, const std::string& name, const JsonValue* value) {
  const auto number = value ? value->number() : std::nullopt;
  if (!number) return;
  auto found = std::find_if(row.figures.begin(), row.figures.end(), [&](const StudyFigure& figure) { return figure.name == name; });
  if (found == row.figures.end()) found = row.figures.insert(row.figures.end(), {name, 0.0, 0.0, {}});
  found->values.push_back(*number);
}

void addRun(StudyRow& row, const RunWords& words) {
  ++row.runs;
  addFigure(row, "train_loss", words.done->find("loss"));
  if (const auto* figures = words.done->find("validation"); figures && figures->members())
    for (const auto& [name, value] : *figures->members()) addFigure(row, name, &value);
  addFigure(row, "seconds_per_epoch", words.done->find("seconds_per_epoch"));
}

StudyCourse courseOf(const std::vector<RunWords>& runs) {
  StudyCourse course;
  std::map<double, std::vector<double>> byEpoch;
  std::size_t measured = 0;
  for (const auto& words : runs) {
    if (words.course.empty()) continue;
    ++measured;
    course.metric = words.metric;
    for (const auto& [epoch, value] : words.course) byEpoch[epoch].push_back(value);
  }
  for (const auto& [epoch, values] : byEpoch) {
    if (values.size() < measured) continue;  // some have ended earlier
    const MeanOf of(values);
    course.epoch.push_back(epoch);
    course.mean.push_back(of.mean);
    course.deviation.push_back(of.deviation);
  }
  return course;
}

// What was printed of a sweep of this field, where a value of ours has one.
void addPublished(const Study& study, StudyTable& table) {
  if (study.axes().size() != 1) return;
  const auto& axis = study.axes().front();
  const auto* sweep = publishedSweep(study.recipe().family, study.recipe().task, axis.field);
  if (!sweep) return;
  table.publishedSource = sweep->source;
  for (const auto& point : sweep->points) {
    PublishedRow row{{JsonValue(point.at).text()}, std::string(point.start), {}};
    for (const auto& figure : point.figures) row.figures.emplace_back(figure.name, figure.value);
    table.published.push_back(std::move(row));
  }
}

std::string csvCell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string numberText(double value) { return JsonValue(value).text(); }

}  // namespace

bool isFinished(const std::filesystem::path& run) { return isThere(run / "model.json") && ended(wordsOf(run)); }

const StudyFigure* StudyRow::find(const std::string& name) const {
  const auto found = std::find_if(figures.begin(), figures.end(), [&](const StudyFigure& figure) { return figure.name == name; });
  return found == figures.end() ? nullptr : &*found;
}

Result<StudyTable> studyTable(const Study& study, const std::filesystem::path& folder) {
  StudyTable table;
  for (const auto& axis : study.axes()) table.fields.push_back(axis.field);
  for (std::size_t point = 0; point < study.points(); ++point) {
    StudyRow row{study.valuesAt(point), 0, {}};
    std::vector<RunWords> runs;
    for (const auto& run : study.runs()) {
      if (run.point != point) continue;
      auto words = wordsOf(folder / run.folder);
      if (!ended(words)) continue;
      addRun(row, words);
      runs.push_back(std::move(words));
    }
    for (auto& figure : row.figures) {
      const MeanOf of(figure.values);
      figure.mean = of.mean;
      figure.deviation = of.deviation;
    }
    table.rows.push_back(std::move(row));
    table.courses.push_back(courseOf(runs));
  }
  addPublished(study, table);
  return table;
}

std::vector<std::string> StudyTable::figureNames() const {
  std::vector<std::string> names;
  for (const auto& row : rows)
    for (const auto& figure : row.figures)
      if (std::find(names.begin(), names.end(), figure.name) == names.end()) names.push_back(figure.name);
  return names;
}

std::vector<std::string> StudyTable::mainFigures() const {
  std::vector<std::string> chosen;
  const auto names = figureNames();
  const auto take = [&](auto wanted) {
    for (const auto& name : names)
      if (chosen.size() < kMostMain && wanted(name) && std::find(chosen.begin(), chosen.end(), name) == chosen.end()) chosen.push_back(name);
  };
  take([&](const std::string& name) { return !courses.empty() && name == courses.front().metric; });
  take([](const std::string& name) { return name == "loss" || name == "seconds_per_epoch"; });
  take([](const std::string& name) { return name == "sound_db" || name == "picture_db" || name == "accuracy" || name == "map"; });
  take([](const std::string& name) { return name.starts_with("mae_") || name == "macro_f1" || name == "contrastive_accuracy" || name == "train_loss"; });
  return chosen;
}

JsonValue StudyTable::json() const {
  JsonValue list = JsonValue::array();
  for (const auto& row : rows) {
    JsonValue entry = JsonValue::object();
    for (std::size_t n = 0; n < fields.size(); ++n) entry.set(fields[n], row.values[n]);
    entry.set("runs", row.runs);
    JsonValue figures = JsonValue::object();
    for (const auto& figure : row.figures)
      figures.set(figure.name, JsonValue::object().set("mean", figure.mean).set("deviation", figure.deviation).set("values", JsonValue::arrayOf(figure.values)));
    list.append(entry.set("figures", std::move(figures)));
  }
  JsonValue printed = JsonValue::array();
  for (const auto& row : published) {
    JsonValue entry = JsonValue::object();
    for (std::size_t n = 0; n < fields.size(); ++n) entry.set(fields[n], row.values[n]);
    entry.set("start", row.label);
    for (const auto& [name, value] : row.figures) entry.set(name, value);
    printed.append(std::move(entry));
  }
  JsonValue json = JsonValue::object();
  json.set("fields", JsonValue::arrayOf(fields)).set("rows", std::move(list));
  if (!published.empty()) json.set("published", JsonValue::object().set("source", publishedSource).set("rows", std::move(printed)));
  return json;
}

std::string StudyTable::csv() const {
  const auto names = figureNames();
  std::string text = "origin";
  for (const auto& field : fields) text += "," + csvCell(field);
  text += ",runs";
  for (const auto& name : names) text += "," + csvCell(name) + "," + csvCell(name + "_deviation");
  text += "\n";
  for (const auto& row : rows) {
    text += "ours";
    for (const auto& value : row.values) text += "," + csvCell(value);
    text += "," + std::to_string(row.runs);
    for (const auto& name : names) {
      const auto* figure = row.find(name);
      text += figure ? "," + numberText(figure->mean) + "," + numberText(figure->deviation) : ",,";
    }
    text += "\n";
  }
  for (const auto& row : published) {
    text += csvCell(publishedSource + (row.label.empty() ? "" : ", start " + row.label));
    for (const auto& value : row.values) text += "," + csvCell(value);
    text += ",";
    for (const auto& name : names) {
      const auto found = std::find_if(row.figures.begin(), row.figures.end(), [&](const auto& figure) { return figure.first == name; });
      text += found == row.figures.end() ? ",," : "," + numberText(found->second) + ",";
    }
    text += "\n";
  }
  return text;
}

}  // namespace chladni::training
