// The figures of a cross-validation as train --folds leaves them in its folder (table.json): for each name one value a
// fold. compareStudies() tests those that both have, fold by fold, with Wilcoxon's signed rank. Pure but for reading;
// any thread. Fails with notFound or corruptData naming the file, invalidArgument when the folds do not pair up.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/analysis/report_comparison.h"

namespace chladni::analysis {

struct StudyFigures {
  std::string origin;
  std::int64_t folds = 0;
  std::vector<std::pair<std::string, std::vector<double>>> values;
};
bool isStudy(const std::filesystem::path& folder);
Result<StudyFigures> readStudy(const std::filesystem::path& folder);

Result<std::vector<FoldComparison>> compareStudies(const StudyFigures& first, const StudyFigures& second);

}  // namespace chladni::analysis
