// compare: evaluation reports side by side, the first against each other one with a significance test; or two lists of
// reports, one a fold, with the signed-rank test.
#include <algorithm>
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/report_comparison.h"
#include "core/analysis/study_figures.h"
#include "core/base/atomic_file.h"

namespace chladni::cli {

namespace {

using analysis::FoldComparison;
using analysis::PairComparison;
using analysis::ReportSummary;
using serial::JsonValue;

struct CompareCommandOptions {
  std::vector<std::string> reports;
  std::vector<std::string> against;
  std::int64_t draws = 2000;
};

JsonValue orNull(const std::optional<double>& value) { return value ? JsonValue(*value) : JsonValue(); }

Result<std::vector<ReportSummary>> readReports(const std::vector<std::string>& paths) {
  std::vector<ReportSummary> reports;
  for (const std::string& path : paths) {
    auto report = analysis::readReport(path);
    if (!report) return fail(report.error());
    reports.push_back(std::move(*report));
  }
  return reports;
}

JsonValue summaryJson(const ReportSummary& report) {
  JsonValue out = JsonValue::object();
  out.set("report", utf8(report.origin)).set("model", report.model).set("task", report.task).set("n", report.items);
  out.set("accuracy", report.accuracy).set("macro_f1", report.macroF1).set("weighted_f1", report.weightedF1);
  out.set("map", orNull(report.map)).set("ece", orNull(report.ece));
  return out;
}

JsonValue summariesJson(const std::vector<ReportSummary>& reports) {
  JsonValue list = JsonValue::array();
  for (const ReportSummary& report : reports) list.append(summaryJson(report));
  return list;
}

// Classes of the first report; null where another report lacks one.
JsonValue classesJson(const std::vector<ReportSummary>& reports) {
  JsonValue list = JsonValue::array();
  for (const analysis::ReportClass& own : reports.front().classes) {
    JsonValue f1 = JsonValue::array();
    JsonValue ap = JsonValue::array();
    for (const ReportSummary& report : reports) {
      const auto same = std::find_if(report.classes.begin(), report.classes.end(),
                                     [&](const analysis::ReportClass& other) { return other.name == own.name; });
      f1.append(same == report.classes.end() ? JsonValue() : JsonValue(same->f1));
      ap.append(same == report.classes.end() ? JsonValue() : orNull(same->ap));
    }
    JsonValue row = JsonValue::object();
    row.set("class", own.name).set("support", own.support).set("f1", std::move(f1));
    list.append(std::move(row.set("ap", std::move(ap))));
  }
  return list;
}

JsonValue differenceJson(const metrics::Difference& difference) {
  JsonValue out = JsonValue::object();
  out.set("first", difference.first).set("second", difference.second).set("difference", difference.difference);
  out.set("low", difference.low).set("high", difference.high).set("p", difference.p);
  out.set("stars", metrics::significanceStars(difference.p));
  return out;
}

JsonValue pairJson(const PairComparison& pair, std::size_t second) {
  JsonValue out = JsonValue::object();
  out.set("first", 0).set("second", static_cast<std::int64_t>(second)).set("items", pair.sharedItems);
  out.set("test", "paired bootstrap").set("accuracy", differenceJson(pair.accuracy));
  if (pair.macroF1) out.set("macro_f1", differenceJson(*pair.macroF1));
  if (pair.mcNemarP) out.set("mcnemar_p", *pair.mcNemarP);
  return out;
}

std::string summaryText(const std::vector<ReportSummary>& reports) {
  std::string text = "       items  accuracy  macro F1  weighted F1     mAP  report\n";
  char line[128];
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const ReportSummary& report = reports[i];
    std::snprintf(line, sizeof line, "%3zu  %7lld  %8.4f  %8.4f  %11.4f  ", i + 1, static_cast<long long>(report.items),
                  report.accuracy, report.macroF1, report.weightedF1);
    text += line;
    std::snprintf(line, sizeof line, "%6.4f  ", report.map.value_or(0.0));
    text += (report.map ? line : "     -  ") + utf8(report.origin) + (report.model.empty() ? "" : " (" + report.model + ")") + "\n";
  }
  return text;
}

std::string differenceText(const char* measure, const metrics::Difference& difference) {
  char line[160];
  std::snprintf(line, sizeof line, "  %-9s %+.4f  [%+.4f, %+.4f]  p = %.4f %s\n", measure, difference.difference,
                difference.low, difference.high, difference.p, std::string(metrics::significanceStars(difference.p)).c_str());
  return line;
}

std::string pairText(const PairComparison& pair, std::size_t second) {
  std::string text = "\n1 - " + std::to_string(second + 1) + " on " + std::to_string(pair.sharedItems) +
                     " shared items, paired bootstrap:\n" + differenceText("accuracy", pair.accuracy);
  if (pair.macroF1) text += differenceText("macro F1", *pair.macroF1);
  char line[64];
  if (pair.mcNemarP) {
    std::snprintf(line, sizeof line, "  McNemar's exact test      p = %.4f\n", *pair.mcNemarP);
    text += line;
  }
  return text;
}

Result<void> finish(const Context& context, const JsonValue& document, const std::string& text) {
  if (!context.out.empty()) {
    auto written = writeFileAtomically(context.out, document.prettyText());
    if (!written) return written;
  }
  return context.json ? printJson(document) : print(text);
}

Result<void> comparePairs(const Context& context, const CompareCommandOptions& options,
                          const std::vector<ReportSummary>& reports) {
  JsonValue comparisons = JsonValue::array();
  std::string text = summaryText(reports);
  const metrics::BootstrapOptions bootstrap{options.draws, static_cast<std::uint64_t>(context.seed.value_or(0)), 0.95};
  for (std::size_t second = 1; second < reports.size(); ++second) {
    auto pair = analysis::comparePair(reports.front(), reports[second], bootstrap, context.stop);
    if (!pair) return fail(pair.error());
    comparisons.append(pairJson(*pair, second));
    text += pairText(*pair, second);
  }
  JsonValue document = JsonValue::object();
  document.set("reports", summariesJson(reports)).set("per_class", classesJson(reports));
  document.set("comparisons", std::move(comparisons));
  return finish(context, document, text);
}

JsonValue foldJson(const FoldComparison& fold) {
  JsonValue out = JsonValue::object();
  out.set("measure", fold.measure).set("first_mean", fold.firstMean).set("first_deviation", fold.firstDeviation);
  out.set("second_mean", fold.secondMean).set("second_deviation", fold.secondDeviation);
  out.set("test", "Wilcoxon signed rank, first greater").set("w_plus", fold.test.plus).set("p", fold.test.p);
  out.set("stars", metrics::significanceStars(fold.test.p));
  return out;
}

struct FoldsText {
  JsonValue list = JsonValue::array();
  std::string text;
};

FoldsText foldsText(const std::vector<FoldComparison>& folds, std::int64_t count) {
  FoldsText out;
  out.text = std::to_string(count) + " folds, Wilcoxon's signed-rank test, one-sided:\n";
  char line[192];
  for (const FoldComparison& fold : folds) {
    out.list.append(foldJson(fold));
    std::snprintf(line, sizeof line, "  %-9s %.4f ± %.4f  against  %.4f ± %.4f  p = %.5f %s\n", fold.measure.c_str(),
                  fold.firstMean, fold.firstDeviation, fold.secondMean, fold.secondDeviation, fold.test.p,
                  std::string(metrics::significanceStars(fold.test.p)).c_str());
    out.text += line;
  }
  return out;
}

Result<void> compareFolds(const Context& context, const CompareCommandOptions& options,
                          const std::vector<ReportSummary>& reports) {
  auto others = readReports(options.against);
  if (!others) return fail(others.error());
  auto folds = analysis::compareFolds(reports, *others);
  if (!folds) return fail(folds.error());
  auto said = foldsText(*folds, static_cast<std::int64_t>(reports.size()));
  JsonValue document = JsonValue::object();
  document.set("reports", summariesJson(reports)).set("against", summariesJson(*others)).set("folds", std::move(said.list));
  return finish(context, document, said.text);
}

// Two folders of train --folds.
Result<void> compareStudies(const Context& context, const std::string& first, const std::string& second) {
  auto study = analysis::readStudy(first);
  if (!study) return fail(study.error());
  auto other = analysis::readStudy(second);
  if (!other) return fail(other.error());
  auto folds = analysis::compareStudies(*study, *other);
  if (!folds) return fail(folds.error());
  auto said = foldsText(*folds, study->folds);
  JsonValue document = JsonValue::object();
  document.set("first", utf8(first)).set("against", utf8(second)).set("folds", std::move(said.list));
  return finish(context, document, said.text);
}

Result<void> compare(const Context& context, const CompareCommandOptions& options) {
  if (options.against.empty() && options.reports.size() < 2)
    return fail(ErrorCode::invalidArgument, "there is one report only; give two or more to compare, or --against others");
  if (options.reports.size() == 1 && options.against.size() == 1 && analysis::isStudy(options.reports.front()) && analysis::isStudy(options.against.front()))
    return compareStudies(context, options.reports.front(), options.against.front());
  auto reports = readReports(options.reports);
  if (!reports) return fail(reports.error());
  return options.against.empty() ? comparePairs(context, options, *reports) : compareFolds(context, options, *reports);
}

}  // namespace

void addCompare(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("compare", "Evaluation reports side by side, with a significance test");
  command->footer("The first report is tested against each other one on the items they share. With --against, the reports\n"
                  "before and after it are folds of two models, in one order; or both are folders of train --folds.\n"
                  "Example: chladni-cli compare studies/lstm --against studies/gru\n"
                  "Example: chladni-cli compare new.json old.json --seed 1");
  const auto o = std::make_shared<CompareCommandOptions>();
  command->add_option("REPORT", o->reports, "Reports of evaluate")->required();
  command->add_option("--against", o->against, "Reports of another model, fold by fold")->type_name("REPORT");
  command->add_option("--draws", o->draws, "Draws of the bootstrap")->check(CLI::Range(100, 1000000));
  command->callback([&context, o] { context.run = [&context, o] { return compare(context, *o); }; });
}

}  // namespace chladni::cli
