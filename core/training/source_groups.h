// Which items belong together when data are split: those of one source (a recording, a folder) and those of equal content.
// A split takes whole groups, in an order that depends on the seed and what the items hold, so that data that were moved or
// listed in another order are split alike; where the content is not known, the sources' names stand for it.
// foldOfEach() deals the groups out to folds so that each fold has about the same share of every class.
// Plain values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace chladni::training {

struct SourcedItem {
  std::string source;
  std::string twin;                   // of equal content; empty: none is known
  std::vector<std::int64_t> classes;  // from 0; empty: one for all that have none
};

struct SourceGroup {
  std::uint64_t turn = 0;
  bool byName = true;              // no item's content is known
  std::string key;                 // the first of its contents, or else of its sources
  std::vector<std::size_t> items;  // by index
};
std::vector<SourceGroup> sourceGroups(const std::vector<SourcedItem>& items, std::uint64_t seed);

// 1 .. folds for each item; no group is in two.
std::vector<std::int64_t> foldOfEach(const std::vector<SourcedItem>& items, std::int64_t classes, std::int64_t folds, std::uint64_t seed);

}  // namespace chladni::training
