#include "ui/evaluation/report.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "core/analysis/manifest_examples.h"
#include "core/serial/json_value.h"

namespace chladni::ui {
namespace {

using serial::JsonField;

constexpr std::size_t kMostClasses = 5000;
constexpr std::size_t kMostPoints = 1000;  // of a curve
constexpr std::int64_t kLongestSeconds = 1'000'000;

std::vector<std::int64_t> indices(const JsonField& field, std::size_t classes) {
  std::vector<std::int64_t> out;
  for (std::size_t n = 0; n < field.size(); ++n)
    if (const auto index = field[n].whole(0, static_cast<std::int64_t>(classes) - 1)) out.push_back(*index);
  return out;
}

std::optional<double> maybe(const JsonField& field) {
  const auto number = field.number();
  return number ? std::optional(*number) : std::nullopt;
}

std::vector<std::array<double, 3>> curveIn(const JsonField& list) {
  std::vector<std::array<double, 3>> curve;
  for (std::size_t n = 0; n < std::min(list.size(), kMostPoints); ++n) {
    const auto recall = list[n][0].number(), precision = list[n][1].number(), threshold = list[n][2].number();
    if (recall && precision && threshold) curve.push_back({*recall, *precision, *threshold});
  }
  return curve;
}

void readBins(const JsonField& list, EvaluationReport& report) {
  for (std::size_t n = 0; n < std::min(list.size(), kMostPoints); ++n) {
    const auto row = list[n];
    report.bins.push_back({row["lower"].number().value_or(0.0), row["upper"].number().value_or(1.0), row["count"].whole(0).value_or(0),
                           row["confidence"].number().value_or(0.0), row["accuracy"].number().value_or(0.0)});
  }
}

Result<void> readClasses(const JsonField& list, EvaluationReport& report) {
  if (auto fits = list.array(); !fits) return fits;
  if (list.size() > kMostClasses) return fail(ErrorCode::corruptData, "per_class: more than " + std::to_string(kMostClasses) + " classes");
  for (std::size_t n = 0; n < list.size(); ++n) {
    const auto row = list[n];
    auto name = row["class"].string();
    if (!name) return fail(name.error());
    ReportClass one;
    one.name = std::move(*name);
    one.precision = row["precision"].number().value_or(0.0);
    one.recall = row["recall"].number().value_or(0.0);
    one.f1 = row["f1"].number().value_or(0.0);
    one.support = row["support"].whole(0).value_or(0);
    one.averagePrecision = maybe(row["ap"]);
    one.curve = curveIn(row["pr"]);
    report.classes.push_back(std::move(one));
  }
  return {};
}

void readShares(const JsonField& list, EvaluationReport& report) {
  for (std::size_t n = 0; n < std::min(list.size(), report.classes.size()); ++n) {
    report.classes[n].soundShare = maybe(list[n]["audio"]);
    report.classes[n].wordsShare = maybe(list[n]["lyrics"]);
  }
}

void readConfusion(const JsonField& rows, EvaluationReport& report) {
  if (rows.size() != report.classes.size()) return;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    std::vector<std::int64_t> row;
    for (std::size_t k = 0; k < rows[n].size(); ++k) row.push_back(rows[n][k].whole(0).value_or(0));
    row.resize(report.classes.size());
    report.confusion.push_back(std::move(row));
  }
}

// Of "ID@7", a second of an event's recording, the recording and the second.
std::optional<std::pair<std::string, std::int64_t>> secondIn(const std::string& name) {
  const auto at = name.rfind('@');
  if (at == std::string::npos) return std::nullopt;
  std::int64_t second = 0;
  const char* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + at + 1, end, second);
  if (read.ec != std::errc() || read.ptr != end || second < 0 || second > kLongestSeconds) return std::nullopt;
  return std::pair(name.substr(0, at), second);
}

void readLocalising(const JsonField& root, EvaluationReport& report) {
  report.foreground = maybe(root["segments"]["foreground_accuracy"]);
  report.pointing = maybe(root["pointing"]["accuracy"]);
  report.pointingByChance = maybe(root["pointing"]["chance"]);
  for (std::size_t n = 0; n < root["event_f1"].size(); ++n)
    if (maybe(root["event_f1"][n]["tolerance_s"]) == 0.5) report.eventF1 = maybe(root["event_f1"][n]["f1"]);
}

void readItems(const JsonField& list, const std::filesystem::path& manifest, EvaluationReport& report) {
  std::map<std::string, analysis::ManifestExample> byName;
  std::map<std::string, std::filesystem::path> byStem;
  if (auto examples = analysis::readManifestExamples(manifest)) {
    for (auto& example : *examples) {
      byStem.emplace(example.media.stem().string(), example.media);
      byName.emplace(example.name, std::move(example));
    }
  }
  for (std::size_t n = 0; n < list.size(); ++n) {
    ReportItem item;
    item.name = list[n]["item"].string().value_or(std::string());
    item.truth = indices(list[n]["truth"], report.classes.size());
    item.predicted = indices(list[n]["predicted"], report.classes.size());
    if (const auto top = list[n]["top1"].whole(0, static_cast<std::int64_t>(report.classes.size()) - 1)) item.strongest = *top;
    if (const auto found = byName.find(item.name); found != byName.end()) {
      item.media = found->second.media;
      item.range = found->second.range;
    } else if (const auto second = secondIn(item.name)) {
      if (const auto recording = byStem.find(second->first); recording != byStem.end()) item.media = recording->second;
      const auto start = static_cast<double>(second->second);
      item.range = TimeRange{MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + 1.0)};
    }
    report.clips.push_back(std::move(item));
  }
}

}  // namespace

bool ReportItem::saidToBe(std::int64_t label) const {
  return strongest ? *strongest == label : std::find(predicted.begin(), predicted.end(), label) != predicted.end();
}

std::vector<const ReportItem*> EvaluationReport::clipsOf(std::int64_t truth, std::int64_t predicted) const {
  std::vector<const ReportItem*> found;
  for (const auto& clip : clips)
    if (std::find(clip.truth.begin(), clip.truth.end(), truth) != clip.truth.end() && clip.saidToBe(predicted)) found.push_back(&clip);
  return found;
}

Result<EvaluationReport> parseReport(const std::string& json, const std::filesystem::path& manifest) {
  auto document = serial::parseJson(json, "report");
  if (!document) return fail(document.error());
  const JsonField root(*document);
  EvaluationReport report;
  auto accuracy = root["accuracy"].number();
  if (!accuracy) return fail(accuracy.error(), "no evaluation report");
  report.accuracy = *accuracy;
  report.model = root["model"].string().value_or(std::string());
  report.data = root["data"].string().value_or(std::string());
  report.split = root["split"].string().value_or(std::string());
  report.task = root["task"].string().value_or(std::string());
  report.items = root["n"].whole(0).value_or(0);
  report.macroF1 = root["macro"]["f1"].number().value_or(0.0);
  report.weightedF1 = root["weighted"]["f1"].number().value_or(0.0);
  report.meanAveragePrecision = maybe(root["map"]);
  report.calibrationError = maybe(root["calibration"]["ece"]);
  report.topOne = maybe(root["top1_accuracy"]);
  report.topThree = maybe(root["top3_accuracy"]);
  report.topFive = maybe(root["top5_accuracy"]);
  readLocalising(root, report);
  if (auto read = readClasses(root["per_class"], report); !read) return fail(read.error());
  readShares(root["modality_importance"], report);
  report.temperature = maybe(root["calibration"]["temperature"]);
  readBins(root["calibration"]["bins"], report);
  // Of many labels the rows of "confusion" are four counts each, which is another table.
  readConfusion(root[report.task == "multi-label" ? "top1_confusion" : "confusion"], report);
  readItems(root["items"], manifest.empty() ? std::filesystem::path(report.data) : manifest, report);
  report.leftOut = static_cast<std::int64_t>(root["left_out"].size());
  if (report.leftOut > 0)
    report.firstLeftOut = root["left_out"][0]["item"].string().value_or(std::string()) + ": " + root["left_out"][0]["reason"].string().value_or(std::string());
  return report;
}

}  // namespace chladni::ui
