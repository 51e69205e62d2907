#include "core/nn/adam_kernel.h"

#include <cmath>

namespace chladni::nn {

void adamStep(const AdamStep& step, float* value, const float* gradient, float* first, float* second, std::int64_t count) {
  const float keep = 1.0F - step.rate * step.decay;
  const float size = step.rate / step.correction1;
  for (std::int64_t n = 0; n < count; ++n) {
    const float g = gradient[n] * step.scale + step.penalty * value[n];
    const float m = step.beta1 * first[n] + (1.0F - step.beta1) * g;
    const float v = step.beta2 * second[n] + (1.0F - step.beta2) * g * g;
    first[n] = m;
    second[n] = v;
    value[n] = keep * value[n] - size * m / (std::sqrt(v) / step.correction2 + step.epsilon);
  }
}

}  // namespace chladni::nn
