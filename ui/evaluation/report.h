// EvaluationReport: what `chladni-cli evaluate` found, as the window shows it, with each item's recording and stretch
// found again through the manifest. Reading is for workers. Fails with corruptData naming the field, or as reading does.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace chladni::ui {

struct ReportClass {
  std::string name;
  double precision = 0.0, recall = 0.0, f1 = 0.0;
  std::int64_t support = 0;
  std::optional<double> averagePrecision;
  // Of average precision, what is lost without the sound and without the words; where it was asked.
  std::optional<double> soundShare, wordsShare;
  std::vector<std::array<double, 3>> curve;  // recall, precision, threshold; by rising recall
};

// What was said with a confidence in this range, and how often it was right.
struct ReportBin {
  double lower = 0.0, upper = 1.0;
  std::int64_t count = 0;
  double confidence = 0.0, accuracy = 0.0;  // means; of no meaning where count is 0
};

struct ReportItem {
  std::string name;
  std::filesystem::path media;  // empty: not in the manifest any more
  std::optional<TimeRange> range;
  std::vector<std::int64_t> truth, predicted;
  std::optional<std::int64_t> strongest;  // class of the highest score, where several could have been called
  [[nodiscard]] bool saidToBe(std::int64_t label) const;
};

struct EvaluationReport {
  std::string model, data, split, task;
  std::int64_t items = 0;
  double accuracy = 0.0, macroF1 = 0.0, weightedF1 = 0.0;
  std::optional<double> meanAveragePrecision, calibrationError;
  std::optional<double> topOne, topThree, topFive;  // how often the right class is among the highest scores
  // Of localisers: seconds with an event named rightly, events found within half a second, and looks that lie on the source
  // beside those that would by chance.
  std::optional<double> foreground, eventF1, pointing, pointingByChance;
  std::vector<ReportClass> classes;
  std::vector<ReportBin> bins;
  std::optional<double> temperature;  // that would make the probabilities honest
  std::vector<std::vector<std::int64_t>> confusion;  // [true][predicted or strongest]; empty for items of several classes
  std::vector<ReportItem> clips;
  std::int64_t leftOut = 0;
  std::string firstLeftOut;  // with its reason

  // Those whose truth and prediction (the strongest, where there is one) are these classes.
  [[nodiscard]] std::vector<const ReportItem*> clipsOf(std::int64_t truth, std::int64_t predicted) const;
};

// `manifest` may be empty: the report's own word counts then.
Result<EvaluationReport> parseReport(const std::string& json, const std::filesystem::path& manifest);

}  // namespace chladni::ui
