#include "core/synth/event_sounds.h"

namespace chladni::synth {
namespace {

// Partials of a swinging bell as ratios to its strike note: hum, prime, tierce, quint, nominal and above.
Sound churchBell(double seconds, SampleRate rate, Random& random) {
  constexpr std::array<std::array<double, 3>, 8> kPartials{{{0.5, 0.5, 6.0}, {1.0, 0.8, 4.0}, {1.2, 0.9, 3.0}, {1.5, 0.4, 2.2}, {2.0, 1.0, 2.0}, {2.5, 0.4, 1.2}, {3.0, 0.35, 0.9}, {4.2, 0.3, 0.5}}};
  const double strike = random.uniform(260.0, 620.0), every = random.uniform(0.8, 1.6);
  Sound sound(sampleCount(seconds, rate));
  for (double at = 0.0; at < seconds; at += every * random.uniform(0.95, 1.05)) {
    Sound stroke(sampleCount(std::min(4.0, seconds), rate));
    for (const auto& [ratio, share, decay] : kPartials) {
      const double hertz = strike * ratio * random.uniform(0.997, 1.003), loud = share * random.uniform(0.7, 1.0);
      for (std::size_t n = 0; n < stroke.size(); ++n) {
        const double t = static_cast<double>(n) / rate.hz();
        stroke[n] += static_cast<float>(loud * std::exp(-3.0 * t / decay) * sine(hertz * t));
      }
    }
    mixIn(sound, stroke, at, rate, random.uniform(0.8, 1.0));
  }
  return sound;
}

Sound frying(double seconds, SampleRate rate, Random& random) {
  const double centre = random.uniform(3500.0, 6500.0);
  Sound sound = rushing([=](double) { return centre; }, wander(0.25, 2.0, seconds, random), 1.2, seconds, rate, random);
  setLevel(sound, -30.0);
  const double perSecond = random.uniform(40.0, 110.0);
  for (double at = 0.0; at < seconds; at += -std::log(1.0 - random.uniform()) / perSecond) {
    Sound crackle(sampleCount(0.006, rate));
    Resonator pop(random.uniform(1500.0, 6500.0), 900, rate);
    for (std::size_t n = 0; n < crackle.size(); ++n) crackle[n] = static_cast<float>(pop(n < 8 ? random.uniform(-1.0, 1.0) : 0.0));
    mixIn(sound, crackle, at, rate, random.logUniform(0.4, 6.0));
  }
  return sound;
}

// Notes of a brass tube: a bright buzz with the harmonics of `hertz`, softened by `softness` Hz.
Sound tube(const Course& hertz, double brightness, double seconds, SampleRate rate) {
  Sound sound(sampleCount(seconds, rate));
  Softener soft(brightness, rate);
  double phase = 0.0;
  for (std::size_t n = 0; n < sound.size(); ++n) {
    phase += hertz(static_cast<double>(n) / rate.hz()) / rate.hz();
    phase -= std::floor(phase);
    sound[n] = static_cast<float>(soft(1.0 - 2.0 * phase));
  }
  return sound;
}

Sound trainHorn(double seconds, SampleRate rate, Random& random) {
  constexpr std::array<double, 5> kChord{311.0, 370.0, 415.0, 494.0, 622.0};
  const double tuning = random.uniform(0.8, 1.15);
  const auto first = static_cast<std::size_t>(random.below(3));
  Sound sound(sampleCount(seconds, rate));
  for (double at = 0.0; at < seconds;) {
    const double length = random.uniform(0.5, 2.5);
    for (std::size_t k = first; k < kChord.size(); ++k) {
      const double hertz = tuning * kChord[k] * random.uniform(0.996, 1.004);
      Sound tone = tube([=](double t) { return hertz * (1.0 - 0.04 * std::exp(-t / 0.05)); }, 1800.0, length, rate);
      fadeEnds(tone, 0.06, rate);
      mixIn(sound, tone, at, rate, 0.3);
    }
    at += length + random.uniform(0.1, 0.4);
  }
  return sound;
}

// Calls on the natural notes of a horn that has no valves: the second, third and fourth.
Sound shofar(double seconds, SampleRate rate, Random& random) {
  const double fundamental = random.uniform(120.0, 175.0);
  Sound sound(sampleCount(seconds, rate));
  for (double at = 0.0; at < seconds;) {
    const double length = random.uniform(0.35, 1.8), low = fundamental * 2.0, high = fundamental * (random.chance(0.7) ? 3.0 : 4.0), rise = random.uniform(0.1, 0.4) * length;
    const double shake = random.uniform(4.0, 7.0);
    Sound tone = tube([=](double t) { return (t < rise ? low : high) * (1.0 + 0.012 * sine(shake * t)); }, 900.0, length, rate);
    for (float& s : tone) s += static_cast<float>(0.06 * random.uniform(-1.0, 1.0));
    fadeEnds(tone, 0.05, rate);
    mixIn(sound, tone, at, rate);
    at += length + random.uniform(0.05, 0.35);
  }
  return sound;
}

Sound clock(double seconds, SampleRate rate, Random& random) {
  const double every = random.uniform(0.22, 0.48), high = random.uniform(2200.0, 4200.0), low = high * random.uniform(0.7, 0.85);
  Sound sound(sampleCount(seconds, rate));
  bool tick = true;
  for (double at = 0.0; at < seconds; at += every, tick = !tick) {
    Sound click(sampleCount(0.05, rate));
    Resonator wheel(tick ? high : low, 250, rate), box(tick ? 900 : 700, 160, rate);
    for (std::size_t n = 0; n < click.size(); ++n) {
      const double hit = n < 12 ? random.uniform(-1.0, 1.0) : 0.0;
      click[n] = static_cast<float>(wheel(hit) + 0.6 * box(hit));
    }
    mixIn(sound, click, at, rate, 8.0 * random.uniform(0.9, 1.1));
  }
  return sound;
}

Sound toiletFlush(double seconds, SampleRate rate, Random& random) {
  const double rush = std::min(seconds, random.uniform(3.5, 6.0));
  const auto gurgle = wander(0.5, 9.0, seconds, random);
  Sound sound = rushing([=](double t) { return (500.0 + 500.0 * swell(t, rush, 0.8, 2.5)) * gurgle(t); },
                        [=](double t) { return 0.25 + swell(t, rush, 0.5, 1.5); }, 0.8, seconds, rate, random);
  const Sound refill = rushing([](double) { return 3200.0; }, [](double) { return 0.3; }, 0.5, seconds, rate, random);
  mixIn(sound, refill, 0.0, rate);
  return sound;
}

}  // namespace

const std::vector<NamedRecipe>& objectSounds() {
  static const std::vector<NamedRecipe> recipes{{"Church bell", churchBell}, {"Frying (food)", frying}, {"Train horn", trainHorn},
                                                {"Shofar", shofar}, {"Clock", clock}, {"Toilet flush", toiletFlush}};
  return recipes;
}

}  // namespace chladni::synth
