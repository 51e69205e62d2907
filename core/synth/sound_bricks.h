// What the sounds of scenes are built from: resonators, pulse trains, glides, voices made of a buzzing source and
// formants. Mono float at any rate from 8 kHz; levels are loose, callers bring sounds to a level. All randomness comes
// from the generator handed in. Plain values; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "core/base/units.h"
#include "core/synth/random.h"

namespace chladni::synth {

using Sound = std::vector<float>;
// A quantity over time, both as told by the caller; seconds from the start of the sound.
using Course = std::function<double(double)>;

// A two-pole resonance of about unit gain at its centre.
class Resonator {
 public:
  Resonator(double hertz, double bandwidth, SampleRate rate) : rate_(rate.hz()) { tune(hertz, bandwidth); }
  void tune(double hertz, double bandwidth) {
    const double radius = std::exp(-std::numbers::pi * bandwidth / rate_);
    const double angle = 2.0 * std::numbers::pi * std::min(hertz, 0.47 * rate_) / rate_;
    a1_ = 2.0 * radius * std::cos(angle);
    a2_ = -radius * radius;
    gain_ = (1.0 - radius) * std::sqrt(1.0 - 2.0 * radius * std::cos(2.0 * angle) + radius * radius);
  }
  double operator()(double in) {
    const double out = gain_ * in + a1_ * y1_ + a2_ * y2_ + 1e-20;  // the offset keeps the state out of denormals
    y2_ = y1_;
    y1_ = out;
    return out;
  }

 private:
  double rate_, a1_ = 0, a2_ = 0, gain_ = 1, y1_ = 0, y2_ = 0;
};

// One-pole low-pass.
class Softener {
 public:
  Softener(double hertz, SampleRate rate) : pole_(std::exp(-2.0 * std::numbers::pi * hertz / rate.hz())) {}
  double operator()(double in) { return state_ = (1.0 - pole_) * in + pole_ * state_ + 1e-20; }

 private:
  double pole_, state_ = 0;
};

inline std::size_t sampleCount(double seconds, SampleRate rate) { return static_cast<std::size_t>(std::max(0.0, seconds) * rate.hz() + 0.5); }
inline double sine(double turns) { return std::sin(2.0 * std::numbers::pi * turns); }
// 0 at both ends, 1 within, over `rise` and `fall` seconds.
double swell(double time, double seconds, double rise, double fall);
// A curve through points spread evenly over `seconds`, straight between them.
Course through(std::vector<double> points, double seconds);
// Smoothly wandering around 1 by about +-depth, `perSecond` turns a second.
Course wander(double depth, double perSecond, double seconds, Random& random);

// Adds `part` to `whole` from `start` seconds on; what would lie beyond the end is cut.
void mixIn(Sound& whole, const Sound& part, double start, SampleRate rate, double gain = 1.0);
// Straight fades at both ends.
void fadeEnds(Sound& sound, double seconds, SampleRate rate);
// To the wanted level of effective value, then held below 0.98 by lowering the whole.
void setLevel(Sound& sound, double decibels);

// Something with a throat: a buzz at `pitch` Hz through three formants, with breath and roughness.
struct Throat {
  Course pitch;                                          // Hz
  Course loudness;                                       // 0 to 1
  std::function<std::array<double, 3>(double)> formants;  // Hz
  double breath = 0.05;
  double roughness = 0.0;  // irregular pulses
};
Sound voiced(const Throat& throat, double seconds, SampleRate rate, Random& random);

// Bursts through the pipes of an engine: one for each turn of `pulses` (Hz).
struct Engine {
  Course pulses;
  Course throttle;                    // 0 to 1
  std::vector<double> resonances;     // Hz
  double irregularity = 0.05;         // of the pulses' strength and place
  double limp = 0.0;                  // every other pulse is late by this share, as in a motor of two cylinders
  double noise = 0.2;
};
Sound engine(const Engine& of, double seconds, SampleRate rate, Random& random);

// Noise through one band that moves.
Sound rushing(const Course& hertz, const Course& loudness, double widthShare, double seconds, SampleRate rate, Random& random);

}  // namespace chladni::synth
