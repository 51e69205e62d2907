// ExampleSource: where a classifier's training examples come from. Tensor-free, so that sound, pictures and made-up
// data can feed the same loop. example() writes the model's input (values of one clip, row-major, already normalised)
// and its target (one value per class, sums to 1 for softmax training). `index` names the example: the same index gives
// the same example, whichever thread asks. Called from several threads at once.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/result.h"

namespace chladni::training {

class ExampleSource {
 public:
  virtual ~ExampleSource() = default;
  [[nodiscard]] virtual std::int64_t rows() const = 0;
  [[nodiscard]] virtual std::int64_t columns() const = 0;
  [[nodiscard]] virtual std::int64_t classes() const = 0;
  virtual Result<void> example(std::uint64_t index, std::span<float> input, std::span<float> target) const = 0;
};

}  // namespace chladni::training
