// The schedules of ASiT's pre-training, tensor-free. Values are per iteration except the teacher's temperature, which is
// per epoch. Source: the authors' code (cosine with linear warm-up; the last value falls just short of `last`).
#pragma once

#include <cstdint>
#include <vector>

namespace chladni::models::asit {

struct CosineSchedule {
  double base = 0.0;
  double last = 0.0;
  std::int64_t epochs = 1;
  std::int64_t iterationsPerEpoch = 1;
  std::int64_t warmupEpochs = 0;  // linear from 0 to base, the base itself included

  [[nodiscard]] std::int64_t iterations() const { return epochs * iterationsPerEpoch; }
  [[nodiscard]] double at(std::int64_t iteration) const;
};

struct TemperatureSchedule {
  double first = 0.04;
  double last = 0.07;
  std::int64_t warmupEpochs = 30;  // the last of them has the last value already; 0: always the last value
  [[nodiscard]] double at(std::int64_t epoch) const;
};

}  // namespace chladni::models::asit
