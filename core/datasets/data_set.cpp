#include "core/datasets/data_set.h"

#include <set>

namespace chladni::datasets {

std::vector<std::string> classesOf(const std::vector<DataItem>& items) {
  std::set<std::string> names;
  for (const DataItem& item : items) names.insert(item.labels.begin(), item.labels.end());
  return {names.begin(), names.end()};
}

std::string splitName(const std::string& word) {
  std::string lower;
  for (const char c : word) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower == "train" || lower == "training") return "train";
  if (lower == "validation" || lower == "val" || lower == "valid" || lower == "validate" || lower == "dev" || lower == "development") return "validation";
  if (lower == "test" || lower == "testing" || lower == "eval" || lower == "evaluation") return "test";
  return word;
}

}  // namespace chladni::datasets
