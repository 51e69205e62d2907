// TrainProgress: where a training run stands, as its loop reports it.
#pragma once

#include <cstdint>

namespace chladni::training {

struct TrainProgress {
  std::int64_t step = 0;   // steps done
  std::int64_t steps = 0;  // expected in all
  double loss = 0.0;       // smoothed, of the model's own logits
  double gradientNorm = 0.0;
  double rate = 0.0;
  double examplesPerSecond = 0.0;
  double secondsLeft = 0.0;
};

}  // namespace chladni::training
