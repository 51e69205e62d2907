#include "core/analysis/report_comparison.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <unordered_map>

#include "core/serial/json_value.h"

namespace chladni::analysis {

namespace {

using serial::JsonField;

// Keeps the first failure, so that reading many fields stays readable.
class Reading {
 public:
  double number(const JsonField& field) { return take(field.number(), 0.0); }
  std::int64_t whole(const JsonField& field) { return take(field.whole(0), std::int64_t{0}); }
  std::string string(const JsonField& field) { return take(field.string(), std::string()); }
  std::optional<double> optionalNumber(const JsonField& field) {
    if (!field.present()) return std::nullopt;
    return number(field);
  }
  std::vector<std::int64_t> classList(const JsonField& field, std::size_t classes) {
    require(field.array());
    std::vector<std::int64_t> list;
    for (std::size_t i = 0; i < field.size() && !failure_; ++i)
      list.push_back(take(field[i].whole(0, static_cast<std::int64_t>(classes) - 1), std::int64_t{0}));
    return list;
  }
  void require(const Result<void>& done) {
    if (!done && !failure_) failure_ = done.error();
  }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  template <class T>
  T take(Result<T> result, T otherwise) {
    if (result) return std::move(*result);
    if (!failure_) failure_ = result.error();
    return otherwise;
  }
  std::optional<Error> failure_;
};

void readClasses(Reading& reading, const JsonField& list, ReportSummary& report) {
  reading.require(list.array());
  for (std::size_t k = 0; k < list.size() && !reading.failure(); ++k)
    report.classes.push_back({reading.string(list[k]["class"]), reading.number(list[k]["f1"]),
                              reading.whole(list[k]["support"]), reading.optionalNumber(list[k]["ap"])});
}

void readItems(Reading& reading, const JsonField& list, ReportSummary& report) {
  for (std::size_t i = 0; i < list.size() && !reading.failure(); ++i) {
    const JsonField row = list[i];
    report.evaluated.push_back({reading.string(row["item"]), reading.classList(row["truth"], report.classes.size()),
                                reading.classList(row["predicted"], report.classes.size()), reading.number(row["score"])});
  }
}

// The same item in both reports.
struct SharedItem {
  const EvaluatedItem* first;
  const EvaluatedItem* second;
};

bool sameClasses(const ReportSummary& a, const ReportSummary& b) {
  return std::equal(a.classes.begin(), a.classes.end(), b.classes.begin(), b.classes.end(),
                    [](const ReportClass& x, const ReportClass& y) { return x.name == y.name; });
}

std::vector<std::string> truthNames(const ReportSummary& report, const EvaluatedItem& item) {
  std::vector<std::string> names;
  for (const std::int64_t k : item.truth) names.push_back(report.classes[static_cast<std::size_t>(k)].name);
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::vector<SharedItem>> sharedItems(const ReportSummary& first, const ReportSummary& second) {
  std::unordered_map<std::string, const EvaluatedItem*> byName;
  for (const EvaluatedItem& item : second.evaluated) byName.emplace(item.name, &item);
  std::vector<SharedItem> shared;
  for (const EvaluatedItem& item : first.evaluated) {
    const auto found = byName.find(item.name);
    if (found == byName.end()) continue;
    if (truthNames(first, item) != truthNames(second, *found->second))
      return fail(ErrorCode::invalidArgument, first.origin + " and " + second.origin + " disagree on the true labels of " +
                                                  serial::printable(item.name) + "; evaluate both on one manifest");
    shared.push_back({&item, found->second});
  }
  if (shared.empty())
    return fail(ErrorCode::invalidArgument, first.origin + " and " + second.origin +
                                                " share no item, so no test can pair them; evaluate both on one manifest");
  return shared;
}

struct Counts {
  std::int64_t right = 0;
  std::int64_t truth = 0;
  std::int64_t predicted = 0;
  [[nodiscard]] double f1() const { return metrics::scoresOf(right, predicted - right, truth - right).f1; }
};

void count(const EvaluatedItem& item, std::vector<Counts>& counts) {
  for (const std::int64_t k : item.truth) {
    ++counts[static_cast<std::size_t>(k)].truth;
    counts[static_cast<std::size_t>(k)].right += std::find(item.predicted.begin(), item.predicted.end(), k) != item.predicted.end();
  }
  for (const std::int64_t k : item.predicted) ++counts[static_cast<std::size_t>(k)].predicted;
}

// Sums of the classes' F1 of both models, and how many classes occur at all: in the truth or in what either says.
struct SummedF1 {
  metrics::PairOfMeasures sums;
  std::size_t occurring = 0;
};
SummedF1 summedF1(const std::vector<SharedItem>& shared, std::span<const std::size_t> chosen, std::size_t classes) {
  std::vector<Counts> first(classes);
  std::vector<Counts> second(classes);
  for (const std::size_t i : chosen) {
    count(*shared[i].first, first);
    count(*shared[i].second, second);
  }
  SummedF1 found;
  for (std::size_t k = 0; k < classes; ++k) {
    found.sums.first += first[k].f1();
    found.sums.second += second[k].f1();
    found.occurring += first[k].truth > 0 || first[k].predicted > 0 || second[k].predicted > 0;
  }
  return found;
}

// The mean over all classes, as in a report. A draw lacks classes that the whole has; were they counted as 0 there, every
// difference would shrink. So a draw's mean is over the classes that occur in it, weighed as those of the whole are.
metrics::PairedMeasure macroF1(const std::vector<SharedItem>& shared, std::size_t classes) {
  std::vector<std::size_t> all(shared.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  const double weight = static_cast<double>(summedF1(shared, all, classes).occurring) / static_cast<double>(std::max<std::size_t>(classes, 1));
  return [&shared, classes, weight](std::span<const std::size_t> chosen) {
    const SummedF1 drawn = summedF1(shared, chosen, classes);
    const double factor = drawn.occurring > 0 ? weight / static_cast<double>(drawn.occurring) : 0.0;
    return metrics::PairOfMeasures{drawn.sums.first * factor, drawn.sums.second * factor};
  };
}

std::optional<double> mcNemarOf(const std::vector<double>& first, const std::vector<double>& second) {
  const auto decided = [](double score) { return score == 0.0 || score == 1.0; };
  if (!std::all_of(first.begin(), first.end(), decided) || !std::all_of(second.begin(), second.end(), decided)) return std::nullopt;
  std::int64_t onlyFirst = 0;
  std::int64_t onlySecond = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    onlyFirst += first[i] > second[i];
    onlySecond += second[i] > first[i];
  }
  return metrics::mcNemar(onlyFirst, onlySecond);
}

struct Moments {
  double mean = 0.0;
  double deviation = 0.0;
};
Moments momentsOf(const std::vector<double>& values) {
  Moments found;
  for (const double value : values) found.mean += value / static_cast<double>(values.size());
  for (const double value : values)
    found.deviation += (value - found.mean) * (value - found.mean) / static_cast<double>(values.size());
  found.deviation = std::sqrt(found.deviation);
  return found;
}

using Measure = std::function<std::optional<double>(const ReportSummary&)>;

std::optional<std::vector<double>> measured(std::span<const ReportSummary> reports, const Measure& measure) {
  std::vector<double> values;
  for (const ReportSummary& report : reports) {
    const auto value = measure(report);
    if (!value) return std::nullopt;
    values.push_back(*value);
  }
  return values;
}

}  // namespace

Result<ReportSummary> readReport(const std::filesystem::path& path) {
  auto document = serial::readJsonFile(path.string(), {.maxBytes = std::size_t{256} << 20, .maxValues = 40'000'000});
  if (!document) return fail(document.error());
  const JsonField root(*document);
  Reading reading;
  ReportSummary report;
  report.origin = path.string();
  report.task = reading.string(root["task"]);
  report.items = reading.whole(root["n"]);
  report.accuracy = reading.number(root["accuracy"]);
  report.macroF1 = reading.number(root["macro"]["f1"]);
  report.weightedF1 = reading.number(root["weighted"]["f1"]);
  report.map = reading.optionalNumber(root["map"]);
  report.ece = reading.optionalNumber(root["calibration"]["ece"]);
  if (root["model"].present()) report.model = reading.string(root["model"]);
  readClasses(reading, root["per_class"], report);
  readItems(reading, root["items"], report);
  if (reading.failure())
    return fail(ErrorCode::corruptData, path.string() + ": " + reading.failure()->message + "; this is no report of evaluate");
  return report;
}

Result<PairComparison> comparePair(const ReportSummary& first, const ReportSummary& second,
                                   const metrics::BootstrapOptions& options, std::stop_token stop) {
  auto shared = sharedItems(first, second);
  if (!shared) return fail(shared.error());
  PairComparison found;
  found.sharedItems = static_cast<std::int64_t>(shared->size());
  std::vector<double> firstScores;
  std::vector<double> secondScores;
  for (const SharedItem& item : *shared) {
    firstScores.push_back(item.first->score);
    secondScores.push_back(item.second->score);
  }
  auto accuracy = metrics::pairedBootstrap(firstScores, secondScores, options, stop);
  if (!accuracy) return fail(accuracy.error());
  found.accuracy = *accuracy;
  found.mcNemarP = mcNemarOf(firstScores, secondScores);
  if (!sameClasses(first, second)) return found;
  auto f1 = metrics::pairedBootstrap(shared->size(), macroF1(*shared, first.classes.size()), options, stop);
  if (!f1) return fail(f1.error());
  found.macroF1 = *f1;
  return found;
}

Result<std::vector<FoldComparison>> compareFolds(std::span<const ReportSummary> first, std::span<const ReportSummary> second) {
  if (first.empty() || first.size() != second.size())
    return fail(ErrorCode::invalidArgument, "folds are compared in pairs: give as many reports after --against as before it, not " +
                                                std::to_string(second.size()) + " against " + std::to_string(first.size()));
  const std::vector<std::pair<std::string, Measure>> measures{
      {"accuracy", [](const ReportSummary& report) { return std::optional(report.accuracy); }},
      {"macro_f1", [](const ReportSummary& report) { return std::optional(report.macroF1); }},
      {"map", [](const ReportSummary& report) { return report.map; }}};
  std::vector<FoldComparison> found;
  for (const auto& [title, measure] : measures) {
    const auto a = measured(first, measure);
    const auto b = measured(second, measure);
    if (!a || !b) continue;
    auto test = metrics::wilcoxon(*a, *b, metrics::Alternative::greater);
    if (!test) return fail(test.error());
    const Moments of = momentsOf(*a);
    const Moments other = momentsOf(*b);
    found.push_back({title, of.mean, of.deviation, other.mean, other.deviation, *test});
  }
  return found;
}

}  // namespace chladni::analysis
