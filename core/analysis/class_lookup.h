// From the labels of examples to the classes of a model: by name, or by ontology id where the package has them. Borrows
// the spec. Fails with notFound naming each label that the model does not know, with names of the model that are like it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/analysis/manifest_examples.h"
#include "core/inference/model_spec.h"

namespace chladni::analysis {

class ClassLookup {
 public:
  explicit ClassLookup(const inference::ModelSpec& spec);
  [[nodiscard]] std::optional<std::size_t> find(const std::string& label) const;
  // One 0 or 1 a class.
  [[nodiscard]] Result<std::vector<std::uint8_t>> truthOf(const ManifestExample& example) const;
  // Names of the model that resemble a label, best first, three at most.
  [[nodiscard]] std::vector<std::string> namesLike(const std::string& label) const;
  // Every label of the examples is known, or one message about all that are not.
  [[nodiscard]] Result<void> knowsAll(std::span<const ManifestExample> examples) const;

 private:
  const inference::ModelSpec* spec_;
  std::unordered_map<std::string, std::size_t> index_;
};

// What is wrong with one file, rather than with the model, the options or the machine.
inline bool concernsTheFile(ErrorCode code) {
  return code == ErrorCode::notFound || code == ErrorCode::corruptData || code == ErrorCode::io;
}

}  // namespace chladni::analysis
