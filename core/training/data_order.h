// DataOrder: which item stands where in which epoch, as a pure function of the seed: a fresh shuffle each epoch, or draws
// with replacement in proportion to weights. Position p of epoch e is the same before and after a resume, so a
// checkpoint only keeps two numbers. Epochs and positions count from 0. itemsOf() may be called from any thread.
#pragma once

#include <cstdint>
#include <vector>

namespace chladni::training {

class DataOrder {
 public:
  // Weights: none, or one an item, not all zero.
  DataOrder(std::int64_t items, std::uint64_t seed, std::vector<double> weights = {});
  [[nodiscard]] std::vector<std::int64_t> itemsOf(std::int64_t epoch) const;
  // Of the draw at a place, for Examples::make.
  [[nodiscard]] std::uint64_t seedAt(std::int64_t epoch, std::int64_t position) const;

 private:
  std::int64_t items_;
  std::uint64_t seed_;
  std::vector<double> cumulative_;
};

}  // namespace chladni::training
