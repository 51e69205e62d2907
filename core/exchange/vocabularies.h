// Vocabularies that ship with the program (the class names of AVE and VGGSound), and vocabularies of
// files, as the classes of a project: colours that stay apart and keys 1 to 9 for the first that have none.
// Pure but for readVocabulary, which fails as core/datasets/class_table.h says. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/label.h"

namespace chladni::exchange {

struct Vocabulary {
  std::string id;    // for command lines: "ave"
  std::string name;  // for people: "AVE"
  std::vector<std::string> classes;
};

const std::vector<Vocabulary>& shippedVocabularies();
// By id, in any case; null when there is none.
const Vocabulary* shippedVocabulary(std::string_view id);
// A published table of classes (index, mid, display_name), a CSV with a column class or name, a JSON array, or a name a line.
Result<std::vector<std::string>> readVocabulary(const std::filesystem::path& path);

// `classes` and, after them, those of `names` that they lack. What is there keeps its colour and key.
std::vector<LabelClass> withClasses(std::vector<LabelClass> classes, const std::vector<std::string>& names);

}  // namespace chladni::exchange
