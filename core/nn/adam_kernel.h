// One step of Adam over a stretch of values in one pass through memory. Plain C++: compiled without torch's headers and
// with square roots that may be vectorised. Stretches of different threads must not overlap.
// Reference: Kingma, Ba 2015; decoupled decay: Loshchilov, Hutter 2019.
#pragma once

#include <cstdint>

namespace chladni::nn {

struct AdamStep {
  float rate = 0.0F;
  float decay = 0.0F;      // decoupled: the value shrinks by rate * decay
  float penalty = 0.0F;    // coupled: penalty * value is added to the gradient
  float beta1 = 0.9F, beta2 = 0.999F, epsilon = 1e-8F;
  float scale = 1.0F;      // of the gradient, from limiting its norm
  float correction1 = 1.0F;  // 1 - beta1^t
  float correction2 = 1.0F;  // square root of 1 - beta2^t
};

void adamStep(const AdamStep& step, float* value, const float* gradient, float* first, float* second, std::int64_t count);

}  // namespace chladni::nn
