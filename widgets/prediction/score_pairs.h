// What two models say about the same moment, class by class. Classes are the same when their short names are, in any case. Pure.
#pragma once

#include <QString>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace chladni::widgets {

struct ScorePair {
  QString name;
  int index = 0;                   // among the classes of the first model; of the second where the first does not know it
  std::optional<float> one, other;  // empty: the model has no such class, or says nothing of the moment
};

struct ScoredClasses {
  const std::vector<std::string>& names;
  std::span<const float> scores;  // empty: nothing is said
};

// The strongest `rows` classes of either, by the higher of both figures.
std::vector<ScorePair> scorePairs(const ScoredClasses& one, const ScoredClasses& other, int rows);

}  // namespace chladni::widgets
