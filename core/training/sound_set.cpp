#include "core/training/sound_set.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/datasets/open_data_set.h"
#include "core/serial/utf8.h"
#include "core/training/source_groups.h"

namespace chladni::training {
namespace {

std::string nameOf(const datasets::DataItem& item) {
  std::string name = item.media.filename().string();
  if (item.start > 0.0 || item.end) {
    char times[64];
    std::snprintf(times, sizeof times, item.end ? " %.2f-%.2f s" : " from %.2f s", item.start, item.end.value_or(0.0));
    name += times;
  }
  return name;
}

std::string sourceOf(const datasets::DataItem& item, const std::string& groupBy, std::size_t index) {
  if (groupBy == "folder") return item.media.parent_path().string();
  if (groupBy == "item") return std::to_string(index);
  return item.id.empty() ? item.media.lexically_normal().string() : item.id;
}

std::optional<Part> partOf(const std::string& split) {
  const auto name = datasets::splitName(split);
  if (name == "train") return Part::train;
  if (name == "validation") return Part::validation;
  if (name == "test") return Part::test;
  return std::nullopt;
}

// What a split knows of an item; those of the test part, which no split touches, are left out.
struct Sourced {
  std::vector<SourcedItem> items;
  std::vector<std::size_t> places;  // in the set
};

Sourced sourcedOf(const SoundSet& set, const std::vector<std::string>& twins) {
  Sourced sourced;
  for (std::size_t n = 0; n < set.items.size(); ++n) {
    if (set.items[n].part == Part::test) continue;
    sourced.items.push_back({set.items[n].source, n < twins.size() ? twins[n] : std::string(), set.items[n].labels});
    sourced.places.push_back(n);
  }
  return sourced;
}

}  // namespace

std::vector<SoundItem> SoundSet::itemsOf(Part part) const {
  std::vector<SoundItem> chosen;
  std::copy_if(items.begin(), items.end(), std::back_inserter(chosen), [&](const SoundItem& item) { return item.part == part; });
  return chosen;
}

Result<SoundSet> soundSetOf(const datasets::DataSet& data, const std::vector<std::string>& classes, const Recipe& recipe) {
  SoundSet set;
  set.classes = classes.empty() ? data.classes : classes;
  if (set.classes.empty()) set.classes = datasets::classesOf(data.items);
  set.notes = data.notes;
  std::map<std::string, std::int64_t> indexOf;
  for (std::size_t n = 0; n < set.classes.size(); ++n) indexOf.emplace(set.classes[n], static_cast<std::int64_t>(n));
  bool severalLabels = false;
  std::size_t unlabelled = 0;
  std::set<std::string> unknownParts;
  for (std::size_t n = 0; n < data.items.size(); ++n) {
    const auto& from = data.items[n];
    SoundItem item;
    item.media = from.media;
    item.start = from.start;
    item.end = from.end;
    item.name = nameOf(from);
    item.source = sourceOf(from, recipe.groupBy, n);
    item.part = partOf(from.split);
    if (!from.split.empty() && !item.part) unknownParts.insert(serial::printable(from.split, 30));
    item.lyrics = from.lyrics;
    for (const auto& label : from.labels) {
      const auto found = indexOf.find(label);
      if (found == indexOf.end())
        return fail(ErrorCode::invalidArgument, item.name + ": \"" + serial::printable(label) + "\" is not among the classes; add it to the table of classes, or correct the label");
      if (std::find(item.labels.begin(), item.labels.end(), found->second) == item.labels.end()) item.labels.push_back(found->second);
    }
    severalLabels |= item.labels.size() > 1;
    unlabelled += item.labels.empty() ? 1 : 0;
    set.hasParts |= item.part.has_value();
    set.items.push_back(std::move(item));
  }
  if (set.items.empty()) return fail(ErrorCode::invalidArgument, recipe.data + ": no items");
  for (const auto& name : set.classes)
    if (!serial::isUtf8(name)) return fail(ErrorCode::invalidArgument, recipe.data + ": the class \"" + serial::printable(name) + "\" is not UTF-8, as names in a model must be; rename it");
  if (!unknownParts.empty())
    return fail(ErrorCode::invalidArgument, recipe.data + ": \"" + *unknownParts.begin() + "\" is no part of a data set that learning knows, so what is set apart there would be learned from; call the parts train, validation and test, or leave them empty");
  set.multiLabel = recipe.labels == "multi-label" || (recipe.labels == "auto" && (severalLabels || unlabelled > 0) && recipe.task == "classify");
  if (recipe.task == "classify" && set.classes.size() < 2)
    return fail(ErrorCode::invalidArgument, recipe.data + ": fewer than two classes; there is nothing to tell apart");
  if (recipe.task == "classify" && !set.multiLabel && (severalLabels || unlabelled > 0))
    return fail(ErrorCode::invalidArgument, recipe.data + ": items with no or several labels, but labels is multi-class; set labels=multi-label");
  // What names no part belongs to training where others name one.
  if (set.hasParts)
    for (auto& item : set.items) item.part = item.part.value_or(Part::train);
  return set;
}

Result<SoundSet> openSoundSet(const Recipe& recipe, const std::vector<std::string>& usual) {
  std::optional<datasets::ClassTable> table;
  if (!recipe.classes.empty()) {
    auto read = datasets::ClassTable::read(recipe.classes);
    if (!read) return fail(read.error());
    table = std::move(*read);
  }
  datasets::OpenOptions options;
  options.media = recipe.media;
  options.classes = table ? &*table : nullptr;
  auto data = datasets::openDataSet(recipe.data, options);
  if (!data) return fail(data.error());
  if (table) return soundSetOf(*data, table->names(), recipe);
  const bool same = std::is_permutation(usual.begin(), usual.end(), data->classes.begin(), data->classes.end());
  return soundSetOf(*data, same ? usual : std::vector<std::string>{}, recipe);
}

void holdOut(SoundSet& set, double share, std::uint64_t seed, const std::vector<std::string>& twins) {
  const bool hasValidation = std::any_of(set.items.begin(), set.items.end(), [](const SoundItem& item) { return item.part == Part::validation; });
  if (hasValidation || share <= 0.0) {
    for (auto& item : set.items) item.part = item.part.value_or(Part::train);
    return;
  }
  const auto sourced = sourcedOf(set, twins);
  auto ordered = sourceGroups(sourced.items, seed);
  std::vector<double> left(set.classes.size() + 1);  // still to hold out, per class; the last for items without one
  const auto classesOf = [&](const SoundItem& item) {
    return item.labels.empty() ? std::vector<std::int64_t>{static_cast<std::int64_t>(set.classes.size())} : item.labels;
  };
  for (auto& group : ordered)
    for (auto& n : group.items) {
      n = sourced.places[n];
      set.items[n].part = Part::train;
      for (const auto label : classesOf(set.items[n])) left[static_cast<std::size_t>(label)] += share;
    }
  std::size_t groupsLeft = ordered.size();
  bool any = false;
  for (const auto& group : ordered) {
    // A group is taken when that brings most of its classes nearer to their share.
    double gain = 0.0;
    std::map<std::int64_t, double> counts;
    for (const auto n : group.items)
      for (const auto label : classesOf(set.items[n])) counts[label] += 1.0;
    for (const auto& [label, count] : counts) {
      const double before = left[static_cast<std::size_t>(label)];
      gain += std::abs(before) - std::abs(before - count);
    }
    const bool lastChance = !any && groupsLeft == 2;
    --groupsLeft;
    if (gain <= 0.0 && !lastChance) continue;
    if (groupsLeft == 0 && std::none_of(set.items.begin(), set.items.end(), [&](const SoundItem& item) {
          return item.part == Part::train && &item != &set.items[group.items.front()];
        }))
      continue;
    any = true;
    for (const auto n : group.items) {
      set.items[n].part = Part::validation;
      for (const auto label : classesOf(set.items[n])) left[static_cast<std::size_t>(label)] -= 1.0;
    }
  }
}

void holdOutFold(SoundSet& set, std::int64_t folds, std::int64_t fold, std::uint64_t seed, const std::vector<std::string>& twins) {
  const auto sourced = sourcedOf(set, twins);
  const auto foldOf = foldOfEach(sourced.items, static_cast<std::int64_t>(set.classes.size()), folds, seed);
  for (std::size_t n = 0; n < sourced.places.size(); ++n) set.items[sourced.places[n]].part = foldOf[n] == fold ? Part::validation : Part::train;
}

}  // namespace chladni::training
