#include "core/exchange/vocabularies.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "core/data/class_palette.h"
#include "core/datasets/ave_annotations.h"
#include "core/datasets/class_table.h"
#include "core/exchange/vocabulary_texts.h"

namespace chladni::exchange {
namespace {

std::vector<std::string> linesOf(const char* text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string lower(std::string_view text) {
  std::string small(text);
  std::transform(small.begin(), small.end(), small.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return small;
}

std::vector<std::string> aveEvents() {
  std::vector<std::string> names;
  for (const std::string_view name : datasets::aveClasses())
    if (name != datasets::kAveBackground) names.emplace_back(name);
  return names;
}

}  // namespace

const std::vector<Vocabulary>& shippedVocabularies() {
  static const std::vector<Vocabulary> all = {{"ave", "AVE", aveEvents()},
                                              {"audioset", "AudioSet", linesOf(kAudioSetNames)},
                                              {"vggsound", "VGGSound", linesOf(kVggSoundNames)}};
  return all;
}

const Vocabulary* shippedVocabulary(std::string_view id) {
  const auto& all = shippedVocabularies();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Vocabulary& one) { return one.id == lower(id); });
  return found == all.end() ? nullptr : &*found;
}

Result<std::vector<std::string>> readVocabulary(const std::filesystem::path& path) {
  auto table = datasets::ClassTable::read(path);
  if (!table) return fail(table.error());
  return table->names();
}

std::vector<LabelClass> withClasses(std::vector<LabelClass> classes, const std::vector<std::string>& names) {
  std::set<std::string> known;
  std::set<std::string> keys;
  for (const LabelClass& one : classes) {
    known.insert(one.name);
    keys.insert(one.key);
  }
  char next = '1';
  for (const std::string& name : names) {
    if (name.empty() || !known.insert(name).second) continue;
    LabelClass added{name, freeClassColour(name, classes), {}};
    while (next <= '9' && keys.contains(std::string(1, next))) ++next;
    if (next <= '9') added.key = std::string(1, next++);
    classes.push_back(std::move(added));
  }
  return classes;
}

}  // namespace chladni::exchange
