#include "core/synth/sound_colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace chladni::synth {
namespace {

float peakOf(const std::vector<float>& samples) {
  float peak = 0.0F;
  for (const float s : samples) peak = std::max(peak, std::abs(s));
  return peak;
}

double levelOf(const std::vector<float>& samples) {
  double energy = 0.0;
  for (const float s : samples) energy += static_cast<double>(s) * s;
  return samples.empty() ? 0.0 : std::sqrt(energy / static_cast<double>(samples.size()));
}

// Second-order section; coefficients as in the usual audio equaliser formulas.
struct Section {
  float b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
  void run(std::vector<float>& samples) const {
    float s1 = 0.0F, s2 = 0.0F;
    for (float& sample : samples) {
      const float in = sample;
      const float out = b0 * in + s1;
      s1 = b1 * in - a1 * out + s2 + 1e-20F;  // the offset keeps the state out of the slow denormal range
      s2 = b2 * in - a2 * out;
      sample = out;
    }
  }
};

Section section(double b0, double b1, double b2, double a0, double a1, double a2) {
  return {static_cast<float>(b0 / a0), static_cast<float>(b1 / a0), static_cast<float>(b2 / a0), static_cast<float>(a1 / a0),
          static_cast<float>(a2 / a0)};
}

struct Angle {
  double cosine, alpha;
  Angle(double hertz, double quality, SampleRate rate) {
    const double w = 2.0 * std::numbers::pi * std::min(hertz, 0.48 * rate.hz()) / rate.hz();
    cosine = std::cos(w);
    alpha = std::sin(w) / (2.0 * quality);
  }
};

Section peaking(double hertz, double quality, double decibels, SampleRate rate) {
  const Angle w(hertz, quality, rate);
  const double a = std::pow(10.0, decibels / 40.0);
  return section(1 + w.alpha * a, -2 * w.cosine, 1 - w.alpha * a, 1 + w.alpha / a, -2 * w.cosine, 1 - w.alpha / a);
}

Section lowPass(double hertz, SampleRate rate) {
  const Angle w(hertz, std::numbers::sqrt2 / 2.0, rate);
  return section((1 - w.cosine) / 2, 1 - w.cosine, (1 - w.cosine) / 2, 1 + w.alpha, -2 * w.cosine, 1 - w.alpha);
}

Section highPass(double hertz, SampleRate rate) {
  const Angle w(hertz, std::numbers::sqrt2 / 2.0, rate);
  return section((1 + w.cosine) / 2, -(1 + w.cosine), (1 + w.cosine) / 2, 1 + w.alpha, -2 * w.cosine, 1 - w.alpha);
}

// A shelf made of the difference between the sound and its low-passed self: a tilt of the whole spectrum.
void tilt(std::vector<float>& samples, double hertz, double decibels, SampleRate rate) {
  const auto gain = static_cast<float>(std::pow(10.0, decibels / 20.0));
  const auto pole = static_cast<float>(std::exp(-2.0 * std::numbers::pi * hertz / rate.hz()));
  float low = 0.0F;
  for (float& s : samples) {
    low = (1.0F - pole) * s + pole * low + 1e-20F;
    s = low + gain * (s - low);
  }
}

// One recirculating delay whose loop loses treble, as air and walls do.
void addComb(const std::vector<float>& in, std::vector<float>& out, std::size_t delay, float feedback, float damping) {
  std::vector<float> line(std::max<std::size_t>(delay, 1));
  std::size_t at = 0;
  float dark = 0.0F;
  for (std::size_t n = 0; n < in.size(); ++n) {
    const float echo = line[at];
    dark = echo * (1.0F - damping) + dark * damping + 1e-20F;
    line[at] = in[n] + feedback * dark;
    out[n] += echo;
    if (++at == line.size()) at = 0;
  }
}

void allPass(std::vector<float>& samples, std::size_t delay, float feedback) {
  std::vector<float> line(std::max<std::size_t>(delay, 1));
  std::size_t at = 0;
  for (float& s : samples) {
    const float old = line[at];
    const float in = s + feedback * old + 1e-20F;
    s = old - feedback * in;
    line[at] = in;
    if (++at == line.size()) at = 0;
  }
}

}  // namespace

void addRoom(std::vector<float>& samples, SampleRate rate, double decaySeconds, double wet, Random& random) {
  if (samples.empty() || wet <= 0.0) return;
  const auto length = [&](double seconds) { return static_cast<std::size_t>(seconds * rate.hz()); };
  std::vector<float> early = samples;
  const double size = random.logUniform(0.4, 2.5);
  for (int n = 0; n < 4; ++n) {
    const auto delay = length(size * random.uniform(0.002, 0.025));
    const auto gain = static_cast<float>(random.uniform(-0.5, 0.5));
    for (std::size_t k = delay; k < samples.size(); ++k) early[k] += gain * samples[k - delay];
  }
  std::vector<float> tail(samples.size());
  const auto damping = static_cast<float>(random.uniform(0.1, 0.7));
  for (int n = 0; n < 4; ++n) {
    const double delay = std::clamp(size, 0.6, 1.4) * random.uniform(0.025, 0.05);
    addComb(early, tail, length(delay), static_cast<float>(std::pow(10.0, -3.0 * delay / decaySeconds)), damping);
  }
  for (int n = 0; n < 2; ++n) allPass(tail, length(random.uniform(0.003, 0.012)), 0.6F);
  const double tailLevel = levelOf(tail);
  const double ratio = tailLevel > 0.0 ? levelOf(samples) / tailLevel : 0.0;
  const auto dryGain = static_cast<float>(1.0 - wet);
  const auto wetGain = static_cast<float>(wet * ratio);
  for (std::size_t n = 0; n < samples.size(); ++n) samples[n] = dryGain * early[n] + wetGain * tail[n];
}

void equalise(std::vector<float>& samples, SampleRate rate, double strength, Random& random) {
  if (strength <= 0.0) return;
  const double nyquist = rate.hz() / 2.0;
  if (random.chance(0.8)) tilt(samples, random.logUniform(300.0, 3000.0), strength * random.uniform(-9.0, 9.0), rate);
  const auto bands = random.below(4);
  for (std::int64_t n = 0; n < bands; ++n)
    peaking(random.logUniform(80.0, 0.9 * nyquist), random.logUniform(0.5, 3.0), strength * random.uniform(-9.0, 9.0), rate).run(samples);
  if (random.chance(0.5 * strength)) highPass(random.logUniform(25.0, 250.0), rate).run(samples);
  if (random.chance(0.4 * strength)) {
    const auto limit = lowPass(random.logUniform(2500.0, 0.95 * nyquist), rate);
    limit.run(samples);
    if (random.chance(0.5)) limit.run(samples);  // steep, like a codec
  }
}

void darken(std::vector<float>& samples, SampleRate rate, double hertz, int times) {
  const auto limit = lowPass(hertz, rate);
  for (int n = 0; n < times; ++n) limit.run(samples);
}

void addNoise(std::vector<float>& samples, SampleRate rate, double signalToNoiseDecibels, Random& random) {
  const double target = levelOf(samples) * std::pow(10.0, -signalToNoiseDecibels / 20.0);
  if (!(target > 0.0)) return;
  std::vector<float> noise(samples.size());
  const bool pink = random.chance(0.6);
  const double hum = random.chance(0.15) ? random.uniform(0.2, 1.5) : 0.0;
  const double mains = random.chance(0.5) ? 50.0 : 60.0;
  std::array<float, 3> state{};
  for (std::size_t n = 0; n < noise.size(); ++n) {
    const auto white = static_cast<float>(random.uniform(-1.0, 1.0));
    // Three first-order sections in parallel fall by about 3 dB an octave.
    state[0] = 0.99765F * state[0] + white * 0.0990460F;
    state[1] = 0.96300F * state[1] + white * 0.2965164F;
    state[2] = 0.57000F * state[2] + white * 1.0526913F;
    noise[n] = pink ? state[0] + state[1] + state[2] + white * 0.1848F : white;
    if (hum > 0.0) {
      const double phase = 2.0 * std::numbers::pi * mains * static_cast<double>(n) / rate.hz();
      noise[n] += static_cast<float>(hum * (std::sin(phase) + 0.5 * std::sin(3.0 * phase)));
    }
  }
  const auto gain = static_cast<float>(target / levelOf(noise));
  for (std::size_t n = 0; n < samples.size(); ++n) samples[n] += gain * noise[n];
}

void setPeak(std::vector<float>& samples, double peak) {
  const float now = peakOf(samples);
  if (!(now > 0.0F)) return;
  for (float& s : samples) s *= static_cast<float>(peak) / now;
}

void colour(std::vector<float>& samples, SampleRate rate, double strength, Random& random) {
  if (strength > 0.0) {
    if (random.chance(0.35)) equalise(samples, rate, 0.6 * strength, random);  // the instrument's own character
    if (random.chance(0.65)) addRoom(samples, rate, random.logUniform(0.15, 2.2), strength * random.uniform(0.05, 0.6), random);
    if (random.chance(0.85)) equalise(samples, rate, strength, random);
    if (random.chance(0.6)) addNoise(samples, rate, random.uniform(12.0, 60.0), random);
  }
  setPeak(samples, strength > 0.0 ? random.logUniform(0.06, 1.0) : 0.9);
  if (strength > 0.0 && random.chance(0.06)) {
    const auto drive = static_cast<float>(random.logUniform(1.2, 4.0));
    const float limit = peakOf(samples);
    for (float& s : samples) s = std::clamp(s * drive, -limit, limit);
  }
}

}  // namespace chladni::synth
