#include "core/analysis/study_figures.h"

#include <algorithm>
#include <cmath>

#include "core/serial/json_value.h"

namespace chladni::analysis {

namespace {

struct Moments {
  double mean = 0.0, deviation = 0.0;
  explicit Moments(const std::vector<double>& values) {
    for (const double value : values) mean += value / static_cast<double>(values.size());
    for (const double value : values) deviation += (value - mean) * (value - mean) / static_cast<double>(values.size());
    deviation = std::sqrt(deviation);
  }
};

}  // namespace

bool isStudy(const std::filesystem::path& folder) { return std::filesystem::exists(folder / "table.json"); }

Result<StudyFigures> readStudy(const std::filesystem::path& folder) {
  const auto path = (folder / "table.json").string();
  auto table = serial::readJsonFile(path);
  if (!table) return fail(table.error());
  const auto* rows = table->find("rows");
  if (!rows || !rows->items() || rows->items()->empty()) return fail(ErrorCode::corruptData, path + ": has no rows; this is no table of train --folds");
  if (rows->items()->size() > 1)
    return fail(ErrorCode::invalidArgument, folder.string() + ": is a sweep of " + std::to_string(rows->items()->size()) + " combinations; compare cross-validations of one recipe each");
  StudyFigures study{folder.string(), 0, {}};
  const auto* runs = rows->items()->front().find("runs");
  const auto* figures = rows->items()->front().find("figures");
  if (!runs || !runs->integer() || !figures || !figures->members()) return fail(ErrorCode::corruptData, path + ": this is no table of train --folds");
  study.folds = *runs->integer();
  for (const auto& [name, figure] : *figures->members()) {
    const auto* values = figure.find("values");
    std::vector<double> own;
    if (values && values->items())
      for (const auto& value : *values->items()) own.push_back(value.number().value_or(0.0));
    if (static_cast<std::int64_t>(own.size()) == study.folds) study.values.emplace_back(name, std::move(own));
  }
  return study;
}

Result<std::vector<FoldComparison>> compareStudies(const StudyFigures& first, const StudyFigures& second) {
  if (first.folds != second.folds || first.folds < 2)
    return fail(ErrorCode::invalidArgument, "folds are compared in pairs: " + first.origin + " has " + std::to_string(first.folds) + ", " + second.origin + " " + std::to_string(second.folds));
  std::vector<FoldComparison> found;
  for (const auto& [name, values] : first.values) {
    const auto other = std::find_if(second.values.begin(), second.values.end(), [&name = name](const auto& figure) { return figure.first == name; });
    if (other == second.values.end()) continue;
    auto test = metrics::wilcoxon(values, other->second, metrics::Alternative::greater);
    if (!test) return fail(test.error());
    const Moments of(values), against(other->second);
    found.push_back({name, of.mean, of.deviation, against.mean, against.deviation, *test});
  }
  if (found.empty()) return fail(ErrorCode::invalidArgument, first.origin + " and " + second.origin + " have no figure in common");
  return found;
}

}  // namespace chladni::analysis
