#include "ui/project/name_suggestions.h"

#include <algorithm>
#include <map>

#include "ui/analysis/heard_names.h"

namespace chladni::ui {
namespace {

std::vector<std::string> textsInUse(const std::vector<store::StoredTrack>& tracks) {
  std::map<std::string, int> uses;
  for (const store::StoredTrack& stored : tracks)
    for (const Label& label : stored.track.labels)
      if (!label.text.empty()) ++uses[label.text];
  std::vector<std::string> texts;
  for (const auto& [text, count] : uses) texts.push_back(text);
  std::stable_sort(texts.begin(), texts.end(), [&](const std::string& a, const std::string& b) { return uses[a] > uses[b]; });
  return texts;
}

}  // namespace

QStringList nameSuggestions(const std::vector<LabelClass>& classes, const std::vector<store::StoredTrack>& tracks, const Prediction* heard,
                            const TimeRange& span) {
  QStringList names;
  const auto add = [&](const std::vector<std::string>& more) {
    for (const std::string& one : more) names << QString::fromStdString(one);
  };
  for (const LabelClass& one : classes) names << QString::fromStdString(one.name);
  add(textsInUse(tracks));
  if (heard != nullptr) {
    add(namesHeardOver(*heard, span));
    add(heard->classes);
  }
  names.removeDuplicates();
  return names;
}

}  // namespace chladni::ui
