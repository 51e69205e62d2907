// SoundSet: labelled sound ready to train on: classes by index, each item with its recording (the source that must not
// be on both sides of a split) and its part. Made from any form that core/datasets reads; nothing is decoded here.
// Plain values. Fails with invalidArgument or corruptData in one line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/datasets/class_table.h"
#include "core/datasets/data_set.h"
#include "core/training/recipe.h"

namespace chladni::training {

enum class Part { train, validation, test };

struct SoundItem {
  std::filesystem::path media;
  double start = 0.0;          // seconds
  std::optional<double> end;   // nothing: the end of the file
  std::vector<std::int64_t> labels;
  std::string name;    // for messages
  std::string source;  // what stays on one side of a split
  std::optional<Part> part;  // nothing: not decided yet
  bool hears = true;  // has sound
  bool sees = false;  // has pictures that the model is to be shown
  std::filesystem::path lyrics = {};  // UTF-8 text; empty: none
};

struct SoundSet {
  std::vector<SoundItem> items;
  std::vector<std::string> classes;
  bool multiLabel = false;
  bool hasParts = false;  // the data say what is held out
  std::vector<std::string> notes;

  [[nodiscard]] std::vector<SoundItem> itemsOf(Part part) const;
};

// Reads recipe.data with recipe.classes. Classes that the recipe does not order take the order of `usual`, those of the
// model that is the start, when they are the same ones, so that its head can be kept.
Result<SoundSet> openSoundSet(const Recipe& recipe, const std::vector<std::string>& usual = {});
Result<SoundSet> soundSetOf(const datasets::DataSet& data, const std::vector<std::string>& classes, const Recipe& recipe);

// Gives every item without a part one: whole sources, so that `share` of each class is held out, the same for the same
// seed whatever the order of the items. `twins` may name a group of equal content for an item, which is then one source.
void holdOut(SoundSet& set, double share, std::uint64_t seed, const std::vector<std::string>& twins = {});

// Fold `fold` of 1 .. folds is held out, whole sources at a time, whatever parts the data name; those for tests stay so.
void holdOutFold(SoundSet& set, std::int64_t folds, std::int64_t fold, std::uint64_t seed, const std::vector<std::string>& twins = {});

}  // namespace chladni::training
