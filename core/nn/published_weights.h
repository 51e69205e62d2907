// From a published file of weights to a family's own names and sizes: names without the wrappers of training programs,
// a line for each change, and sizes read from shapes. Plain values; any thread.
// Fails with incompatibleModel naming the tensor that is missing, of an impossible shape, or there twice.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/nn/weights.h"

namespace chladni::nn {

struct CanonicalWeights {
  NamedTensors tensors;
  std::vector<std::string> lines;  // what was renamed, dropped or made, and why

  // A line first when serial::readCheckpoint chose one of several sets of weights.
  void tellChoice(const std::map<std::string, std::string>& metadata);
  // Takes the tensor called `original` in the file under `name`.
  Result<void> take(const std::string& original, const std::string& name, const at::Tensor& tensor);
};

// "module.model.norm.weight" to "norm.weight".
std::string withoutWrappers(std::string_view name);

// Every tensor under the name that `rename` gives it.
Result<CanonicalWeights> renamedWeights(const NamedTensors& published, const std::function<std::string(const std::string&)>& rename);

// How many blocks a stack ("blocks_a") has, by their first norms.
std::int64_t countBlocks(const NamedTensors& tensors, const std::string& stack);

// Reads sizes, keeping the first failure: a reader of many sizes looks once, at the end. `otherwise` says what a file
// without the tensor is ("these are not the weights of an AST").
class ShapeReader {
 public:
  ShapeReader(const NamedTensors& tensors, std::string otherwise) : tensors_(tensors), otherwise_(std::move(otherwise)) {}

  // The size along `axis` of a tensor of so many dimensions; 1 once something failed, so that sums stay harmless.
  std::int64_t size(const std::string& name, std::int64_t dimensions, std::int64_t axis);
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  const NamedTensors& tensors_;  // borrowed
  std::string otherwise_;
  std::optional<Error> failure_;
};

}  // namespace chladni::nn
