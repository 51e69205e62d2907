#include "core/training/source_groups.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "core/base/random.h"

namespace chladni::training {
namespace {

std::uint64_t hashOf(const std::string& text) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const unsigned char c : text) hash = (hash ^ c) * 1099511628211ULL;
  return hash;
}

// Union of items that share a source or a twin.
class Unions {
 public:
  explicit Unions(std::size_t items) : parent_(items) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t of(std::size_t item) {
    while (parent_[item] != item) item = parent_[item] = parent_[parent_[item]];
    return item;
  }
  void join(std::size_t a, std::size_t b) { parent_[of(b)] = of(a); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

std::vector<SourceGroup> sourceGroups(const std::vector<SourcedItem>& items, std::uint64_t seed) {
  Unions unions(items.size());
  std::map<std::string, std::size_t> firstOf;
  for (std::size_t n = 0; n < items.size(); ++n) {
    if (const auto [at, isNew] = firstOf.emplace("s" + items[n].source, n); !isNew) unions.join(at->second, n);
    if (items[n].twin.empty()) continue;
    if (const auto [at, isNew] = firstOf.emplace("t" + items[n].twin, n); !isNew) unions.join(at->second, n);
  }
  std::map<std::size_t, SourceGroup> byRoot;
  for (std::size_t n = 0; n < items.size(); ++n) {
    auto& group = byRoot[unions.of(n)];
    const auto key = std::pair(items[n].twin.empty(), items[n].twin.empty() ? items[n].source : items[n].twin);
    if (group.items.empty() || key < std::pair(group.byName, group.key)) std::tie(group.byName, group.key) = key;
    group.items.push_back(n);
  }
  std::vector<SourceGroup> ordered;
  for (auto& [root, group] : byRoot) {
    group.turn = Random::forItem(seed, hashOf(group.key)).bits();
    ordered.push_back(std::move(group));
  }
  std::sort(ordered.begin(), ordered.end(), [](const SourceGroup& a, const SourceGroup& b) { return std::tie(a.turn, a.key) < std::tie(b.turn, b.key); });
  return ordered;
}

std::vector<std::int64_t> foldOfEach(const std::vector<SourcedItem>& items, std::int64_t classes, std::int64_t folds, std::uint64_t seed) {
  auto groups = sourceGroups(items, seed);
  // The large ones first: what comes late can only even out what is small.
  std::stable_sort(groups.begin(), groups.end(), [](const SourceGroup& a, const SourceGroup& b) { return a.items.size() > b.items.size(); });
  const auto count = static_cast<std::size_t>(folds);
  std::vector<std::vector<double>> held(count, std::vector<double>(static_cast<std::size_t>(classes) + 1));  // per fold and class
  std::vector<std::size_t> sizes(count);
  std::vector<std::int64_t> foldOf(items.size(), 1);
  for (const auto& group : groups) {
    std::map<std::size_t, double> counts;
    for (const auto item : group.items) {
      if (items[item].classes.empty()) counts[static_cast<std::size_t>(classes)] += 1.0;
      for (const auto label : items[item].classes) counts[static_cast<std::size_t>(label)] += 1.0;
    }
    // To the fold that has least of its classes; of equal ones, to the smallest.
    const auto burden = [&](std::size_t fold) {
      double sum = 0.0;
      for (const auto& [label, number] : counts) sum += number * held[fold][label];
      return std::tuple(sum, sizes[fold], fold);
    };
    std::size_t chosen = 0;
    for (std::size_t fold = 1; fold < count; ++fold)
      if (burden(fold) < burden(chosen)) chosen = fold;
    for (const auto& [label, number] : counts) held[chosen][label] += number;
    sizes[chosen] += group.items.size();
    for (const auto item : group.items) foldOf[item] = static_cast<std::int64_t>(chosen) + 1;
  }
  return foldOf;
}

}  // namespace chladni::training
