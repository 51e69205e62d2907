#include "models/asit/asit_schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chladni::models::asit {

double CosineSchedule::at(std::int64_t iteration) const {
  const auto warmup = warmupEpochs * iterationsPerEpoch;
  if (iteration < warmup)
    return warmup > 1 ? base * static_cast<double>(iteration) / static_cast<double>(warmup - 1) : 0.0;
  const auto rest = std::max<std::int64_t>(1, iterations() - warmup);
  const auto angle = std::numbers::pi * static_cast<double>(iteration - warmup) / static_cast<double>(rest);
  return last + 0.5 * (base - last) * (1.0 + std::cos(angle));
}

double TemperatureSchedule::at(std::int64_t epoch) const {
  if (epoch >= warmupEpochs || warmupEpochs < 2) return last;
  return first + (last - first) * static_cast<double>(epoch) / static_cast<double>(warmupEpochs - 1);
}

}  // namespace chladni::models::asit
