#include "core/analysis/evaluation_report.h"

namespace chladni::analysis {

namespace {

using serial::JsonValue;

JsonValue orNull(const std::optional<double>& value) { return value ? JsonValue(*value) : JsonValue(); }

JsonValue scoresJson(const metrics::ClassScores& scores) {
  JsonValue out = JsonValue::object();
  out.set("precision", scores.precision).set("recall", scores.recall).set("f1", scores.f1);
  return out;
}

// [[recall, precision, threshold], ...]
JsonValue curveJson(const std::vector<metrics::CurvePoint>& curve) {
  JsonValue list = JsonValue::array();
  for (const metrics::CurvePoint& point : curve) list.append(JsonValue::arrayOf(std::vector<double>{point.x, point.y, point.threshold}));
  return list;
}

JsonValue perClassJson(const Evaluation& evaluation) {
  JsonValue list = JsonValue::array();
  for (std::size_t k = 0; k < evaluation.classes.size(); ++k) {
    const metrics::ClassScores& own = evaluation.perClass[k];
    JsonValue row = JsonValue::object();
    row.set("class", evaluation.classes[k]).set("precision", own.precision).set("recall", own.recall).set("f1", own.f1);
    row.set("support", evaluation.support[k]).set("ap", orNull(evaluation.ranking.averagePrecision[k]));
    row.set("auc", orNull(evaluation.ranking.rocArea[k])).set("pr", curveJson(evaluation.precisionRecall[k]));
    list.append(std::move(row));
  }
  return list;
}

JsonValue calibrationJson(const Evaluation& evaluation) {
  const metrics::Calibration& calibration = evaluation.calibration;
  JsonValue bins = JsonValue::array();
  for (const metrics::ReliabilityBin& bin : calibration.bins) {
    JsonValue row = JsonValue::object();
    row.set("lower", bin.lower).set("upper", bin.upper).set("count", bin.count);
    row.set("confidence", bin.count > 0 ? JsonValue(bin.confidence) : JsonValue());
    row.set("accuracy", bin.count > 0 ? JsonValue(bin.accuracy) : JsonValue());
    bins.append(std::move(row));
  }
  JsonValue out = JsonValue::object();
  out.set("ece", calibration.expectedError).set("mce", calibration.maximumError).set("brier", calibration.brier);
  out.set("temperature", evaluation.temperature.temperature).set("bins", std::move(bins));
  return out;
}

JsonValue countsJson(const std::vector<std::vector<std::int64_t>>& rows) {
  JsonValue list = JsonValue::array();
  for (const auto& row : rows) list.append(JsonValue::arrayOf(row));
  return list;
}

JsonValue itemsJson(const Evaluation& evaluation) {
  JsonValue list = JsonValue::array();
  for (std::size_t i = 0; i < evaluation.items.size(); ++i) {
    const EvaluatedItem& item = evaluation.items[i];
    JsonValue row = JsonValue::object();
    row.set("item", item.name).set("truth", JsonValue::arrayOf(item.truth));
    row.set("predicted", JsonValue::arrayOf(item.predicted)).set("score", item.score);
    if (hasStrongestTable(evaluation)) row.set("top1", evaluation.strongest->predicted[i]);
    list.append(std::move(row));
  }
  return list;
}

JsonValue importanceJson(const Evaluation& evaluation) {
  JsonValue list = JsonValue::array();
  for (std::size_t k = 0; k < evaluation.classes.size(); ++k) {
    const metrics::Importance& own = (*evaluation.modalityImportance)[k];
    JsonValue row = JsonValue::object();
    row.set("class", evaluation.classes[k]).set("audio", orNull(own.audio)).set("lyrics", orNull(own.lyrics));
    list.append(std::move(row));
  }
  return list;
}

void addOptional(const Evaluation& evaluation, JsonValue& out) {
  if (evaluation.strongest) {
    const StrongestScores& own = *evaluation.strongest;
    out.set("top1_accuracy", own.report.accuracy);
    if (own.topThree) out.set("top3_accuracy", *own.topThree);
    if (own.topFive) out.set("top5_accuracy", *own.topFive);
    out.set("top1_calibration_error", own.calibration.expectedError);
    if (hasStrongestTable(evaluation)) out.set("top1_confusion", countsJson(own.report.confusion));
  }
  if (evaluation.micro) out.set("micro", scoresJson(*evaluation.micro));
  if (evaluation.itemwise) {
    const metrics::ItemwiseScores& own = *evaluation.itemwise;
    JsonValue row = scoresJson({own.precision, own.recall, own.f1});
    out.set("itemwise", std::move(row.set("accuracy", own.accuracy))).set("threshold", evaluation.threshold);
  }
  if (!evaluation.segments) return;
  JsonValue row = JsonValue::object();
  row.set("accuracy", evaluation.segments->accuracy).set("foreground_accuracy", orNull(evaluation.segments->foregroundAccuracy));
  row.set("detection", orNull(evaluation.segments->detection));
  out.set("segments", std::move(row.set("per_recording", JsonValue::arrayOf(evaluation.segments->perRecording))));
}

std::vector<std::string> classHeadings(const Evaluation& evaluation) {
  std::vector<std::string> headings{"true \\ predicted"};
  headings.insert(headings.end(), evaluation.classes.begin(), evaluation.classes.end());
  return headings;
}

TextTable countsTable(std::vector<std::string> headings, const Evaluation& evaluation, const std::vector<std::vector<std::int64_t>>& counts) {
  TextTable table{std::move(headings)};
  for (std::size_t k = 0; k < evaluation.classes.size(); ++k) {
    std::vector<std::string> row{evaluation.classes[k]};
    for (const std::int64_t count : counts[k]) row.push_back(std::to_string(count));
    table.push_back(std::move(row));
  }
  return table;
}

std::string text(double value) { return JsonValue(value).text(); }
std::string text(const std::optional<double>& value) { return value ? text(*value) : std::string(); }

}  // namespace

JsonValue evaluationJson(const Evaluation& evaluation) {
  const metrics::RankingReport& ranking = evaluation.ranking;
  JsonValue out = JsonValue::object();
  out.set("task", name(evaluation.task)).set("n", static_cast<std::int64_t>(evaluation.items.size()));
  out.set("accuracy", evaluation.accuracy).set("macro", scoresJson(evaluation.macro));
  out.set("weighted", scoresJson(evaluation.weighted));
  out.set("map", orNull(ranking.meanAveragePrecision)).set("map_micro", orNull(ranking.microAveragePrecision));
  out.set("mean_auc", orNull(ranking.meanRocArea)).set("d_prime", orNull(ranking.dPrime));
  out.set("classes_without_examples", ranking.classesWithoutPositives);
  addOptional(evaluation, out);
  out.set("per_class", perClassJson(evaluation));
  out.set("confusion", countsJson(evaluation.confusion)).set("calibration", calibrationJson(evaluation));
  if (evaluation.modalityImportance) out.set("modality_importance", importanceJson(evaluation));
  out.set("items", itemsJson(evaluation));
  return out;
}

std::string evaluationText(const Evaluation& evaluation) {
  metrics::ClassificationReport report;
  report.items = static_cast<std::int64_t>(evaluation.items.size());
  report.accuracy = evaluation.accuracy;
  report.macro = evaluation.macro;
  report.weighted = evaluation.weighted;
  report.perClass = evaluation.perClass;
  report.support = evaluation.support;
  return metrics::reportText(report, evaluation.classes);
}

TextTable perClassTable(const Evaluation& evaluation) {
  TextTable table{{"class", "precision", "recall", "f1", "support", "ap", "auc"}};
  for (std::size_t k = 0; k < evaluation.classes.size(); ++k) {
    const metrics::ClassScores& own = evaluation.perClass[k];
    table.push_back({evaluation.classes[k], text(own.precision), text(own.recall), text(own.f1),
                     std::to_string(evaluation.support[k]), text(evaluation.ranking.averagePrecision[k]),
                     text(evaluation.ranking.rocArea[k])});
  }
  return table;
}

TextTable confusionTable(const Evaluation& evaluation) {
  if (evaluation.task != EvaluationTask::multiLabel) return countsTable(classHeadings(evaluation), evaluation, evaluation.confusion);
  return countsTable({"class", "true_negatives", "false_positives", "false_negatives", "true_positives"}, evaluation, evaluation.confusion);
}

bool hasStrongestTable(const Evaluation& evaluation) { return evaluation.strongest && evaluation.task == EvaluationTask::multiLabel; }

TextTable strongestTable(const Evaluation& evaluation) {
  return countsTable(classHeadings(evaluation), evaluation, evaluation.strongest->report.confusion);
}

}  // namespace chladni::analysis
