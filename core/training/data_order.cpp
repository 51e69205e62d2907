#include "core/training/data_order.h"

#include <algorithm>
#include <numeric>

#include "core/base/assert.h"
#include "core/base/random.h"

namespace chladni::training {

DataOrder::DataOrder(std::int64_t items, std::uint64_t seed, std::vector<double> weights)
    : items_(items), seed_(seed), cumulative_(std::move(weights)) {
  CHLADNI_ASSERT(items >= 1 && (cumulative_.empty() || static_cast<std::int64_t>(cumulative_.size()) == items));
  std::partial_sum(cumulative_.begin(), cumulative_.end(), cumulative_.begin());
}

std::vector<std::int64_t> DataOrder::itemsOf(std::int64_t epoch) const {
  auto random = Random::forItem(seed_, static_cast<std::uint64_t>(epoch));
  std::vector<std::int64_t> order(static_cast<std::size_t>(items_));
  if (cumulative_.empty()) {
    std::iota(order.begin(), order.end(), std::int64_t{0});
    for (std::int64_t n = items_ - 1; n > 0; --n)
      std::swap(order[static_cast<std::size_t>(n)], order[static_cast<std::size_t>(random.below(n + 1))]);
    return order;
  }
  for (auto& item : order) {
    const auto found = std::upper_bound(cumulative_.begin(), cumulative_.end(), random.uniform() * cumulative_.back());
    item = std::min<std::int64_t>(found - cumulative_.begin(), items_ - 1);
  }
  return order;
}

std::uint64_t DataOrder::seedAt(std::int64_t epoch, std::int64_t position) const {
  auto random = Random::forItem(seed_ ^ 0x5EED5EED5EED5EEDULL, static_cast<std::uint64_t>(epoch));
  return Random::forItem(random.bits(), static_cast<std::uint64_t>(position)).bits();
}

}  // namespace chladni::training
