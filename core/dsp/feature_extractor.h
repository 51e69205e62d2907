// What the pipelines of Frontend have in common: mono sound to features [frame, bin]. `offset` is subtracted from every
// sample first. Immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/result.h"
#include "core/data/frontend_spec.h"
#include "core/data/matrix.h"

namespace chladni::dsp {

// No feature table is larger: 1 GiB. A specification that asks for more is a mistake or an attack.
inline constexpr std::int64_t kMaxFeatureValues = std::int64_t{1} << 28;

class FeatureExtractor {
 public:
  virtual ~FeatureExtractor() = default;
  [[nodiscard]] virtual std::int64_t bins() const = 0;
  [[nodiscard]] virtual std::int64_t frames(std::int64_t samples) const = 0;  // 0: shorter than one window
  [[nodiscard]] virtual Result<Matrix> compute(std::span<const float> sound, float offset) const = 0;
};

}  // namespace chladni::dsp
