// ClassTable: the classes of a model in the order of its outputs, each with the id that lists use for it and the name
// that people read. Read from the published class_labels_indices.csv (index, mid, display_name: AudioSet and VGGSound),
// any CSV with a column class or name, a JSON array of names, or a text file with one name a line.
// Plain values. Fails with notFound, io or corruptData naming the line.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace chladni::datasets {

class ClassTable {
 public:
  ClassTable() = default;
  // Fails with corruptData when an id or a name is empty, or an id is there twice.
  static Result<ClassTable> create(std::vector<std::string> ids, std::vector<std::string> names,
                                   const std::string& origin);
  static Result<ClassTable> parseCsv(std::string_view text, const std::string& origin);
  static Result<ClassTable> read(const std::filesystem::path& path);

  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  // By id first, then by name.
  [[nodiscard]] std::optional<std::size_t> find(const std::string& idOrName) const;

 private:
  std::vector<std::string> ids_;
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> byId_;
  std::map<std::string, std::size_t> byName_;  // the first of equal names
};

}  // namespace chladni::datasets
