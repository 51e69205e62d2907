#include "widgets/prediction/score_pairs.h"

#include <QHash>
#include <algorithm>

#include "widgets/theme/class_names.h"

namespace chladni::widgets {
namespace {

std::optional<float> scoreAt(std::span<const float> scores, std::size_t index) {
  return index < scores.size() ? std::optional(scores[index]) : std::nullopt;
}

float highest(const ScorePair& pair) { return std::max(pair.one.value_or(0.0F), pair.other.value_or(0.0F)); }

}  // namespace

std::vector<ScorePair> scorePairs(const ScoredClasses& one, const ScoredClasses& other, int rows) {
  std::vector<ScorePair> pairs;
  QHash<QString, std::size_t> places;
  for (std::size_t k = 0; k < one.names.size(); ++k) {
    const QString name = shortClassName(one.names[k]);
    if (places.contains(name.toLower())) continue;
    places.insert(name.toLower(), pairs.size());
    pairs.push_back({name, static_cast<int>(k), scoreAt(one.scores, k), std::nullopt});
  }
  for (std::size_t k = 0; k < other.names.size(); ++k) {
    const QString name = shortClassName(other.names[k]);
    const auto known = places.constFind(name.toLower());
    if (known != places.constEnd()) pairs[*known].other = scoreAt(other.scores, k);
    else pairs.push_back({name, static_cast<int>(k), std::nullopt, scoreAt(other.scores, k)});
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const ScorePair& a, const ScorePair& b) { return highest(a) > highest(b); });
  pairs.resize(std::min(pairs.size(), static_cast<std::size_t>(std::max(rows, 0))));
  return pairs;
}

}  // namespace chladni::widgets
