// An Evaluation as people and programs read it: the JSON document of `chladni-cli evaluate` (CLI.md lists its fields;
// what has no value is null), the text table, and tables for spreadsheets, first row the headings. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "core/analysis/evaluation.h"
#include "core/serial/json_value.h"

namespace chladni::analysis {

serial::JsonValue evaluationJson(const Evaluation& evaluation);

// Precision, recall, F1 and support by class, then accuracy and the means.
std::string evaluationText(const Evaluation& evaluation);

using TextTable = std::vector<std::vector<std::string>>;
// class, precision, recall, f1, support, ap, auc
TextTable perClassTable(const Evaluation& evaluation);
// True classes down, predicted ones across; of many labels a row of four counts for each class.
TextTable confusionTable(const Evaluation& evaluation);
// Of many labels, where each item has one class after all: true classes down, those of the highest score across.
bool hasStrongestTable(const Evaluation& evaluation);
TextTable strongestTable(const Evaluation& evaluation);

}  // namespace chladni::analysis
