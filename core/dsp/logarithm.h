// Logarithms of whole tables from the bits of the float: natural logarithm within about 1e-7 relative, several times
// faster than logf in a portable build. Arguments below the smallest normal float (zero, negative, NaN) count as it,
// so results are always finite for finite input. In place is allowed. Pure functions, any thread.
#pragma once

#include <span>

namespace chladni::dsp {

void naturalLog(std::span<const float> values, std::span<float> out);

// ln(max(value, floor)).
void flooredNaturalLog(std::span<const float> values, float floor, std::span<float> out);

// 10 log10(power / reference), not below floorDb.
void powerToDecibels(std::span<const float> power, double reference, float floorDb, std::span<float> out);

}  // namespace chladni::dsp
