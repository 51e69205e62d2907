// Random: a small deterministic generator (SplitMix64). The same seed gives the same draws on every machine and
// compiler, which the standard library's distributions do not promise. Not thread-safe: one per thread or per clip.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace chladni {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  // An independent generator for item `index` of a series, whatever was drawn before.
  static Random forItem(std::uint64_t seed, std::uint64_t index) {
    Random mixed(seed ^ (index * 0x9E3779B97F4A7C15ULL));
    return Random(mixed.bits());
  }

  std::uint64_t bits() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  double uniform() { return static_cast<double>(bits() >> 11) * 0x1.0p-53; }  // in [0, 1)
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  double logUniform(double low, double high) { return low * std::pow(high / low, uniform()); }  // low > 0
  std::int64_t below(std::int64_t count) {                                                      // 0 .. count - 1; count > 0
    return static_cast<std::int64_t>(uniform() * static_cast<double>(count));
  }
  std::int64_t between(std::int64_t low, std::int64_t high) { return low + below(high - low + 1); }  // both inclusive
  bool chance(double probability) { return uniform() < probability; }
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_;
};

}  // namespace chladni
