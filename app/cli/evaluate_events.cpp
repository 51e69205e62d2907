#include "app/cli/evaluate_events.h"

#include <algorithm>
#include <cstdio>
#include <optional>

#include "app/cli/output.h"
#include "core/analysis/evaluation_report.h"
#include "core/analysis/events.h"
#include "core/analysis/localisation.h"
#include "core/analysis/pointing.h"
#include "core/datasets/ave_folder.h"

namespace chladni::cli {
namespace {

using serial::JsonValue;

constexpr double kTolerances[] = {0.5, 1.0};  // seconds

struct Tally {
  analysis::ScoredItems items;
  std::vector<metrics::Event> truth, found;
  analysis::PointingScore pointing;
  JsonValue leftOut = JsonValue::array();
  std::int64_t recordings = 0;
  double secondsOfMedia = 0.0, secondsOfCompute = 0.0;
};

Result<std::vector<std::int64_t>> rowsOf(const datasets::AveFolder& folder, const std::string& split) {
  const auto& splits = folder.splits();
  const auto& rows = split == "train" ? splits.train : split == "validation" ? splits.validation : splits.test;
  if (split != "train" && split != "validation" && split != "test")
    return fail(ErrorCode::invalidArgument, "--split " + split + ": folders of events have train, validation and test");
  if (rows.empty()) return fail(ErrorCode::notFound, "the split " + split + " has no clips; name another with --split");
  return rows;
}

// Indices of the folder's classes among those of the model.
Result<std::vector<std::int64_t>> classNumbers(const std::vector<std::string>& classes, const inference::ModelSpec& spec) {
  std::vector<std::int64_t> numbers;
  for (const auto& name : classes) {
    const auto at = std::find(spec.classes.begin(), spec.classes.end(), name);
    if (at == spec.classes.end()) return fail(ErrorCode::incompatibleModel, spec.name + " does not know the class " + name + "; choose a model of these classes");
    numbers.push_back(at - spec.classes.begin());
  }
  return numbers;
}

void addEvents(std::vector<metrics::Event>& events, std::int64_t recording, const std::vector<std::int64_t>& labels, std::int64_t background) {
  for (std::size_t first = 0; first < labels.size();) {
    std::size_t last = first;
    while (last < labels.size() && labels[last] == labels[first]) ++last;
    if (labels[first] != background) events.push_back({recording, labels[first], static_cast<double>(first), static_cast<double>(last)});
    first = last;
  }
}

void add(Tally& tally, const std::string& id, const std::vector<std::int64_t>& truth, const analysis::LocalisedRecording& found) {
  const auto classes = static_cast<std::int64_t>(tally.items.classes.size());
  std::vector<std::int64_t> predicted;
  for (std::size_t segment = 0; segment < truth.size(); ++segment) {
    const auto row = found.scores.row(static_cast<std::int64_t>(segment));
    predicted.push_back(std::max_element(row.begin(), row.end()) - row.begin());
    tally.items.items.push_back(id + "@" + std::to_string(segment));
    for (const float score : row) tally.items.scores.values.push_back(static_cast<double>(score));
    for (std::int64_t k = 0; k < classes; ++k) tally.items.labels.values.push_back(k == truth[segment] ? 1 : 0);
  }
  tally.items.scores.items += static_cast<std::int64_t>(truth.size());
  tally.items.labels.items = tally.items.scores.items;
  addEvents(tally.truth, tally.recordings, truth, tally.items.background.value_or(-1));
  addEvents(tally.found, tally.recordings, predicted, tally.items.background.value_or(-1));
  ++tally.recordings;
  tally.secondsOfMedia += found.secondsOfMedia;
  tally.secondsOfCompute += found.secondsOfCompute;
}

void point(Tally& tally, const std::string& path, const analysis::LocalisedRecording& found, const analysis::SourcePlaces& places) {
  for (std::int64_t second = 0; second < found.attention.rows; ++second)
    if (const auto place = places.find({path, static_cast<int>(second)}); place != places.end())
      tally.pointing.add(found.attention.row(second), found.gridRows, found.gridColumns, place->second);
}

Result<JsonValue> eventsJson(const Tally& tally) {
  JsonValue list = JsonValue::array();
  for (const double seconds : kTolerances) {
    auto scores = metrics::eventScores(tally.truth, tally.found, static_cast<std::int64_t>(tally.items.classes.size()), {seconds, 0.0, true});
    if (!scores) return fail(scores.error());
    JsonValue one = JsonValue::object();
    one.set("tolerance_s", seconds).set("precision", scores->overall.precision).set("recall", scores->overall.recall);
    list.append(std::move(one.set("f1", scores->overall.f1)));
  }
  return list;
}

JsonValue pointingJson(const analysis::PointingScore& pointing) {
  JsonValue json = JsonValue::object();
  json.set("accuracy", pointing.accuracy()).set("seconds", pointing.seconds).set("chance", pointing.chance());
  return json.set("rule", "centre of the most attended region within the source's radius and half a region");
}

Result<EventEvaluation> reportOf(const Tally& tally, const inference::LoadedModel& model, const std::filesystem::path& folder, const std::string& split) {
  auto figures = analysis::evaluationOf(tally.items);
  if (!figures) return fail(figures.error());
  auto events = eventsJson(tally);
  if (!events) return fail(events.error());
  EventEvaluation result{std::move(*figures), JsonValue::object(), {}, false};
  auto& out = result.document;
  out.set("model", utf8(model.spec().name)).set("weights_sha256", model.spec().weights.sha256).set("data", utf8(folder)).set("split", split);
  out.set("device", model.device()).set("precision", model.precision()).set("recordings", tally.recordings);
  const JsonValue json = analysis::evaluationJson(result.figures);
  for (const auto& [name, value] : *json.members()) out.set(name, value);
  out.set("event_f1", std::move(*events));
  if (tally.pointing.seconds > 0) out.set("pointing", pointingJson(tally.pointing));
  out.set("left_out", tally.leftOut).set("seconds_of_media", tally.secondsOfMedia).set("seconds_of_compute", tally.secondsOfCompute);
  result.text = analysis::evaluationText(result.figures) + "\n";
  char line[128];
  std::snprintf(line, sizeof line, "segment accuracy             %.4f\n", result.figures.accuracy);
  result.text += line;
  if (tally.pointing.seconds > 0) {
    std::snprintf(line, sizeof line, "pointing accuracy            %.4f  (chance %.4f)\n", tally.pointing.accuracy(), tally.pointing.chance());
    result.text += line;
  }
  return result;
}

}  // namespace

bool holdsEvents(const std::filesystem::path& data) {
  std::error_code ignored;
  return std::filesystem::exists(data / "Annotations.txt", ignored);
}

Result<EventEvaluation> evaluateEvents(Context& context, const inference::LoadedModel& model, const std::filesystem::path& folder, const std::string& split) {
  auto data = datasets::AveFolder::open(folder);
  if (!data) return fail(data.error());
  const std::string part = split.empty() ? "test" : split;
  auto rows = rowsOf(*data, part);
  if (!rows) return fail(rows.error());
  const auto& annotations = data->annotations();
  auto numbers = classNumbers(annotations.classes, model.spec());
  if (!numbers) return fail(numbers.error());
  auto backbones = analysis::loadBackbones(model, [&](const std::string& package) { return context.loadModel(analysis::backboneFolder(package, model.spec()), "features"); });
  if (!backbones) return fail(backbones.error());
  analysis::SourcePlaces places;
  std::error_code ignored;
  if (std::filesystem::exists(folder / "positions.csv", ignored)) {
    auto read = analysis::readSourcePlaces(folder / "positions.csv");
    if (!read) return fail(read.error());
    places = std::move(*read);
  }
  Tally tally;
  tally.items.task = analysis::EvaluationTask::segments;
  tally.items.classes = model.spec().classes;
  tally.items.scores.classes = tally.items.labels.classes = static_cast<std::int64_t>(model.spec().classes.size());
  if (const int background = analysis::backgroundClass(model.spec().classes); background >= 0) tally.items.background = background;
  const auto progress = context.progressSink();
  bool stopped = false;
  for (std::size_t n = 0; n < rows->size() && !stopped; ++n) {
    const auto row = static_cast<std::size_t>((*rows)[n]);
    const auto& id = annotations.rows[row].id;
    const auto inside = std::filesystem::exists(folder / "AVE", ignored) ? "AVE/" + id + ".mp4" : id + ".mp4";
    auto recording = analysis::Recording::open(folder / inside);
    auto found = recording ? analysis::localise(**recording, model, *backbones, {}, context.stop) : Result<analysis::LocalisedRecording>(fail(recording.error()));
    stopped = !found && found.error().code == ErrorCode::cancelled;
    if (stopped) break;
    const auto length = static_cast<std::size_t>(found ? found->scores.rows : 0);
    if (!found || (tally.recordings > 0 && std::min<std::size_t>(length, datasets::kAveSegments) != static_cast<std::size_t>(tally.items.segmentsPerRecording))) {
      JsonValue item = JsonValue::object();
      tally.leftOut.append(std::move(item.set("item", utf8(id)).set("reason", utf8(found ? "is of another length" : found.error().describe()))));
      continue;
    }
    std::vector<std::int64_t> truth;
    const auto segments = annotations.segmentClasses(row);
    for (std::size_t k = 0; k < std::min(length, segments.size()); ++k) truth.push_back((*numbers)[static_cast<std::size_t>(segments[k])]);
    tally.items.segmentsPerRecording = static_cast<std::int64_t>(truth.size());
    add(tally, id, truth, *found);
    point(tally, inside, *found, places);
    if (progress) progress({"localising", static_cast<std::int64_t>(n + 1), static_cast<std::int64_t>(rows->size())});
  }
  if (tally.recordings == 0) return stopped ? fail(ErrorCode::cancelled, "evaluation was stopped") : fail(ErrorCode::corruptData, folder.string() + ": no clip could be evaluated");
  auto report = reportOf(tally, model, folder, part);
  if (report) report->stopped = stopped;
  return report;
}

}  // namespace chladni::cli
