#include "core/analysis/class_lookup.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "core/serial/json_value.h"

namespace chladni::analysis {

namespace {

constexpr std::size_t kMostNames = 3;
constexpr std::size_t kMostUnknown = 5;
constexpr double kLeastLikeness = 0.4;

std::string lower(const std::string& text) {
  std::string out = text;
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::multiset<std::string> pairsOf(const std::string& text) {
  std::multiset<std::string> pairs;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) pairs.insert(text.substr(i, 2));
  return pairs;
}

// Share of the pairs of letters that both have (Dice's coefficient); all of the shorter one when the longer contains it.
double likeness(const std::string& a, const std::string& b) {
  const std::string& shorter = a.size() < b.size() ? a : b;
  const std::string& longer = a.size() < b.size() ? b : a;
  if (shorter.size() >= 3 && longer.find(shorter) != std::string::npos) return 1.0;
  const auto left = pairsOf(a), right = pairsOf(b);
  if (left.empty() || right.empty()) return 0.0;
  std::vector<std::string> both;
  std::set_intersection(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(both));
  return 2.0 * static_cast<double>(both.size()) / static_cast<double>(left.size() + right.size());
}

std::vector<std::string> wordsOf(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text)
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  if (words.back().empty()) words.pop_back();
  return words;
}

// A label of one word may be like one word of a name: "violn" and "playing violin, fiddle".
double likenessTo(const std::string& label, const std::string& name) {
  double best = likeness(label, name);
  if (wordsOf(label).size() == 1)
    for (const std::string& word : wordsOf(name)) best = std::max(best, 0.95 * likeness(label, word));
  return best;
}

std::string inQuotes(const std::string& label) { return "\"" + serial::printable(label, 60) + "\""; }

}  // namespace

ClassLookup::ClassLookup(const inference::ModelSpec& spec) : spec_(&spec) {
  for (std::size_t k = 0; k < spec.ontologyIds.size(); ++k) index_.emplace(spec.ontologyIds[k], k);
  for (std::size_t k = 0; k < spec.classes.size(); ++k) index_[spec.classes[k]] = k;
}

std::optional<std::size_t> ClassLookup::find(const std::string& label) const {
  const auto found = index_.find(label);
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<std::uint8_t>> ClassLookup::truthOf(const ManifestExample& example) const {
  std::vector<std::uint8_t> row(spec_->classes.size(), 0);
  for (const std::string& label : example.labels) {
    const auto found = find(label);
    if (!found)
      return fail(ErrorCode::notFound, example.name + ": " + spec_->name +
                                           " has no class called " + inQuotes(label) +
                                           "; rename the label, or take a model that knows it");
    row[*found] = 1;
  }
  return row;
}

std::vector<std::string> ClassLookup::namesLike(const std::string& label) const {
  std::vector<std::pair<double, std::string>> likely;
  for (const std::string& name : spec_->classes)
    if (const double score = likenessTo(lower(label), lower(name)); score >= kLeastLikeness) likely.emplace_back(-score, name);
  std::stable_sort(likely.begin(), likely.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(likely.size(), kMostNames); ++i) names.push_back(likely[i].second);
  return names;
}

Result<void> ClassLookup::knowsAll(std::span<const ManifestExample> examples) const {
  std::vector<std::string> unknown;
  for (const ManifestExample& example : examples)
    for (const std::string& label : example.labels)
      if (!find(label) && std::find(unknown.begin(), unknown.end(), label) == unknown.end()) unknown.push_back(label);
  if (unknown.empty()) return {};
  std::string text;
  for (std::size_t i = 0; i < std::min(unknown.size(), kMostUnknown); ++i) {
    text += (text.empty() ? "" : ", ") + inQuotes(unknown[i]);
    std::string names;
    for (const std::string& name : namesLike(unknown[i])) names += (names.empty() ? "" : ", ") + inQuotes(name);
    if (!names.empty()) text += " (like: " + names + ")";
  }
  if (unknown.size() > kMostUnknown) text += " and " + std::to_string(unknown.size() - kMostUnknown) + " more";
  return fail(ErrorCode::notFound, spec_->name + " has no class called " + text +
                                       "; rename the labels as the model does (chladni-cli models show lists its classes), or leave those lines out");
}

}  // namespace chladni::analysis
