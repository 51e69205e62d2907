// Evaluation reports next to each other, with a significance test. Two reports about the same items: paired bootstrap of
// accuracy and macro F1, and McNemar's test where an item is right or wrong. Two lists of reports, one a fold: Wilcoxon's
// signed-rank test of accuracy, macro F1 and mean average precision. Reads what evaluationJson wrote. Fails with
// corruptData or invalidArgument naming the report and the field; blocking, stops with cancelled.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/evaluation.h"
#include "core/metrics/significance.h"
#include "core/metrics/wilcoxon.h"

namespace chladni::analysis {

struct ReportClass {
  std::string name;
  double f1 = 0.0;
  std::int64_t support = 0;
  std::optional<double> ap;
};

struct ReportSummary {
  std::string origin;  // the file
  std::string model;   // empty where the report does not say
  std::string task;
  std::int64_t items = 0;
  double accuracy = 0.0;
  double macroF1 = 0.0;
  double weightedF1 = 0.0;
  std::optional<double> map;
  std::optional<double> ece;
  std::vector<ReportClass> classes;
  std::vector<EvaluatedItem> evaluated;  // may be empty: then no test of pairs
};

Result<ReportSummary> readReport(const std::filesystem::path& path);

struct PairComparison {
  std::int64_t sharedItems = 0;
  metrics::Difference accuracy;
  std::optional<metrics::Difference> macroF1;  // when both have the same classes
  std::optional<double> mcNemarP;              // when every item is right or wrong
};
// On the items that both name. Fails with invalidArgument when they share none or disagree on the truth of one.
Result<PairComparison> comparePair(const ReportSummary& first, const ReportSummary& second,
                                   const metrics::BootstrapOptions& options, std::stop_token stop = {});

struct FoldComparison {
  std::string measure;  // "accuracy", "macro_f1", "map"
  double firstMean = 0.0;
  double firstDeviation = 0.0;  // of the population of folds
  double secondMean = 0.0;
  double secondDeviation = 0.0;
  metrics::WilcoxonResult test;  // first greater than second
};
// Report i of both lists is of the same fold. Measures that a report lacks are left out.
Result<std::vector<FoldComparison>> compareFolds(std::span<const ReportSummary> first, std::span<const ReportSummary> second);

}  // namespace chladni::analysis
