// Examples: where a run's training or held-out examples come from. Tensor-free, so that sound, pictures, words and
// made-up data feed the same loop. An example is one float table for each of fields(), row-major. make() is a pure
// function of its draw: the same draw gives the same numbers on whichever thread, which is what lets a run be repeated
// and resumed. make() is called from several threads at once. Fails with what decoding fails with, naming the item.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace chladni::training {

struct ExampleField {
  std::string name;                 // "input", "target", "picture"
  std::vector<std::int64_t> shape;  // of one example
  [[nodiscard]] std::int64_t values() const {
    std::int64_t product = 1;
    for (const auto size : shape) product *= size;
    return product;
  }
};

struct ExampleDraw {
  std::int64_t item = 0;   // 0 .. size() - 1
  std::uint64_t seed = 0;  // of whatever is random about this draw
  bool augment = false;    // false: as the model will meet it in use
};

class Examples {
 public:
  virtual ~Examples() = default;
  [[nodiscard]] virtual const std::vector<ExampleField>& fields() const = 0;
  [[nodiscard]] virtual std::int64_t size() const = 0;  // items; of made-up data the length of an epoch
  [[nodiscard]] virtual std::string nameOf(std::int64_t item) const = 0;  // for messages
  // How often each item is drawn, in proportion; empty: each once an epoch.
  [[nodiscard]] virtual std::vector<double> drawWeights() const { return {}; }
  // One span for each field, in order, of its size.
  virtual Result<void> make(const ExampleDraw& draw, std::span<const std::span<float>> values) const = 0;
};

}  // namespace chladni::training
