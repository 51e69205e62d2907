// Numbers of 16 bits as weights files hold them, to and from float: half (IEEE 754 binary16) and bfloat16. Rounded to
// nearest, ties to even; half beyond 65504 becomes infinite. Pure.
#pragma once

#include <bit>
#include <cstdint>

namespace chladni {

constexpr std::uint16_t floatToBrain(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7FFFFFFFU) > 0x7F800000U) return static_cast<std::uint16_t>((bits >> 16) | 0x40U);  // not a number stays one
  return static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16) & 1U)) >> 16);
}

constexpr float brainToFloat(std::uint16_t bits) { return std::bit_cast<float>(std::uint32_t{bits} << 16); }

constexpr std::uint16_t floatToHalf(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000U);
  const std::uint32_t size = bits & 0x7FFFFFFFU;
  if (size > 0x7F800000U) return static_cast<std::uint16_t>(sign | 0x7E00U);
  if (size >= 0x477FF000U) return static_cast<std::uint16_t>(sign | 0x7C00U);  // rounds beyond 65504
  if (size < 0x33000001U) return sign;                                         // at most half of the smallest
  const std::uint32_t exponent = size >> 23;
  const std::uint32_t fraction = (size & 0x7FFFFFU) | 0x800000U;
  // Below 2^-14 the result is subnormal: more of the fraction falls off.
  const std::uint32_t drop = exponent < 113U ? 126U - exponent : 13U;
  std::uint32_t kept = fraction >> drop;
  const std::uint32_t rest = fraction & ((1U << drop) - 1U);
  const std::uint32_t middle = 1U << (drop - 1U);
  if (rest > middle || (rest == middle && (kept & 1U) != 0U)) ++kept;
  // The hidden bit of a normal number adds one to the exponent, and so does a carry.
  const std::uint32_t base = exponent < 113U ? 0U : (exponent - 113U) << 10;
  return static_cast<std::uint16_t>(sign | (base + kept));
}

constexpr float halfToFloat(std::uint16_t bits) {
  const std::uint32_t sign = (std::uint32_t{bits} & 0x8000U) << 16;
  std::uint32_t exponent = (bits >> 10) & 0x1FU;
  std::uint32_t fraction = bits & 0x3FFU;
  if (exponent == 31U) return std::bit_cast<float>(sign | 0x7F800000U | (fraction << 13));
  if (exponent == 0U) {
    const float small = static_cast<float>(fraction) * 0x1p-24F;
    return sign != 0U ? -small : small;
  }
  return std::bit_cast<float>(sign | ((exponent + 112U) << 23) | (fraction << 13));
}

}  // namespace chladni
