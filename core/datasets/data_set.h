// DataSet: what every published or own form of a data set comes down to: items with labels, and the classes in the order
// of a classifier's outputs. Plain values; nothing is opened or decoded. Times are seconds within the file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace chladni::datasets {

inline constexpr double kMostSeconds = 1e8;  // three years: times beyond it are mistakes

struct DataItem {
  std::string id;                   // the data set's own name of it, "" when it has none
  std::filesystem::path media;      // sound, or sound and pictures; as far as known, never checked
  std::filesystem::path frames;     // folder of decoded pictures: frames/frame_<i>/<id>.jpg; empty: none
  double start = 0.0;
  std::optional<double> end;        // nothing: to the end of the file
  std::vector<std::string> labels;  // names of classes; empty: none of them
  std::string split;                // "train", "validation", "test" or what the file says; "" when it says nothing
  std::filesystem::path lyrics;     // UTF-8 text; empty: none
  bool operator==(const DataItem&) const = default;
};

struct DataSet {
  std::vector<DataItem> items;
  std::vector<std::string> classes;
  std::vector<std::string> notes;  // what a person should know: rows passed over, names that occur twice
};

// Every label that occurs, sorted by its bytes.
std::vector<std::string> classesOf(const std::vector<DataItem>& items);

// The usual words for the parts of a data set brought to "train", "validation" and "test"; others stay.
std::string splitName(const std::string& word);

}  // namespace chladni::datasets
