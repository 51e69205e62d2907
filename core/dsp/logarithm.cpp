#include "core/dsp/logarithm.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/base/assert.h"
#include "core/dsp/clones.h"

namespace chladni::dsp {

namespace {

// x = 2^e m with m in [sqrt 1/2, sqrt 2); ln m from the series of 2 artanh s, s = f / (2 + f), f = m - 1, arranged so
// that the large term f is added last and exactly. ln 2 is split so that e times its upper part is exact.
__attribute__((always_inline)) inline float logOf(float x) {
  constexpr float kSmallest = std::numeric_limits<float>::min();
  constexpr std::int32_t kRootHalfBits = 0x3f3504f3;
  constexpr float kLn2High = 0.693145751953125F;
  constexpr float kLn2Low = 1.428606765330187e-06F;
  const float positive = x > kSmallest ? x : kSmallest;
  const auto bits = std::bit_cast<std::int32_t>(positive);
  const std::int32_t e = (bits - kRootHalfBits) >> 23;
  const float f = std::bit_cast<float>(bits - e * (1 << 23)) - 1.0F;
  const float s = f / (2.0F + f);
  const float z = s * s;
  const float series = z * (2.0F / 3.0F + z * (2.0F / 5.0F + z * (2.0F / 7.0F + z * (2.0F / 9.0F))));
  const float half = 0.5F * f * f;
  const auto exponent = static_cast<float>(e);
  return exponent * kLn2High - ((half - (s * (half + series) + exponent * kLn2Low)) - f);
}

CHLADNI_DSP_CLONES
void logLoop(const float* in, float* out, std::size_t count, float floor) {
  for (std::size_t i = 0; i < count; ++i) out[i] = logOf(in[i] > floor ? in[i] : floor);
}

CHLADNI_DSP_CLONES
void decibelLoop(const float* in, float* out, std::size_t count, float inverseReference, float floorDb) {
  constexpr float kDecibelsPerNeper = 4.342944819032518F;
  for (std::size_t i = 0; i < count; ++i) {
    const float db = kDecibelsPerNeper * logOf(in[i] * inverseReference);
    out[i] = db > floorDb ? db : floorDb;
  }
}

}  // namespace

void naturalLog(std::span<const float> values, std::span<float> out) {
  flooredNaturalLog(values, std::numeric_limits<float>::min(), out);
}

void flooredNaturalLog(std::span<const float> values, float floor, std::span<float> out) {
  CHLADNI_ASSERT(out.size() >= values.size());
  logLoop(values.data(), out.data(), values.size(), floor);
}

void powerToDecibels(std::span<const float> power, double reference, float floorDb, std::span<float> out) {
  CHLADNI_ASSERT(out.size() >= power.size() && reference > 0.0);
  decibelLoop(power.data(), out.data(), power.size(), static_cast<float>(1.0 / reference), floorDb);
}

}  // namespace chladni::dsp
