#include "core/synth/event_sounds.h"

namespace chladni::synth {
namespace {

using Formants = std::array<double, 3>;

// Vowels of an adult man, Hz.
constexpr std::array<Formants, 8> kVowels{{{730, 1090, 2440}, {530, 1840, 2480}, {390, 1990, 2550}, {270, 2290, 3010},
                                           {570, 840, 2410}, {440, 1020, 2240}, {300, 870, 2240}, {640, 1190, 2390}}};

Formants scaled(const Formants& of, double factor) { return {of[0] * factor, of[1] * factor, of[2] * factor}; }
std::function<Formants(double)> gliding(Formants from, Formants to, double seconds) {
  return [=](double t) {
    const double share = std::clamp(t / seconds, 0.0, 1.0);
    Formants now{};
    for (std::size_t f = 0; f < now.size(); ++f) now[f] = from[f] + share * (to[f] - from[f]);
    return now;
  };
}

// Syllables without words: a hiss or a stop, then a vowel that glides; the pitch falls over each phrase.
Sound speech(double basePitch, double tract, double seconds, SampleRate rate, Random& random) {
  Sound sound(sampleCount(seconds, rate));
  Formants last = scaled(kVowels[0], tract);
  double fall = 1.15;
  for (double at = random.uniform(0.0, 0.08); at < seconds;) {
    const double length = random.uniform(0.12, 0.28);
    const Formants next = scaled(kVowels[static_cast<std::size_t>(random.below(8))], tract);
    const double pitch = basePitch * fall * random.uniform(0.93, 1.08), end = pitch * random.uniform(0.85, 1.05);
    if (random.chance(0.6)) {
      const double hiss = random.uniform(0.03, 0.09);
      const double centre = tract * random.uniform(2500.0, 6000.0);
      mixIn(sound, rushing([=](double) { return centre; }, [=](double t) { return swell(t, hiss, 0.01, 0.01); }, 0.6, hiss, rate, random), at, rate, 0.25);
      at += 0.8 * hiss;
    }
    const Throat throat{through({pitch, end}, length), [=](double t) { return swell(t, length, 0.03, 0.05); }, gliding(last, next, 0.6 * length), 0.04, 0.05};
    mixIn(sound, voiced(throat, length, rate, random), at, rate);
    last = next;
    at += length;
    fall = std::max(0.85, fall * 0.975);
    if (random.chance(0.12)) at += random.uniform(0.15, 0.4), fall = random.uniform(1.1, 1.25);
  }
  return sound;
}

Sound man(double seconds, SampleRate rate, Random& random) { return speech(random.uniform(85, 135), random.uniform(0.95, 1.03), seconds, rate, random); }
Sound woman(double seconds, SampleRate rate, Random& random) { return speech(random.uniform(185, 250), random.uniform(1.14, 1.22), seconds, rate, random); }

// One call after another; a call is made by `call(length)`.
template <class Call>
Sound calls(double shortest, double longest, double pauseLow, double pauseHigh, double seconds, SampleRate rate, Random& random, Call call) {
  Sound sound(sampleCount(seconds, rate));
  for (double at = random.uniform(0.0, 0.1); at < seconds;) {
    const double length = random.uniform(shortest, longest);
    mixIn(sound, call(length), at, rate, random.uniform(0.75, 1.0));
    at += length + random.uniform(pauseLow, pauseHigh);
  }
  return sound;
}

Sound bark(double seconds, SampleRate rate, Random& random) {
  const double size = random.uniform(0.75, 1.45);
  return calls(0.11, 0.2, 0.12, 0.42, seconds, rate, random, [&](double length) {
    const double pitch = 330.0 * size * random.uniform(0.9, 1.1);
    const Throat throat{through({0.7 * pitch, 1.5 * pitch, 0.6 * pitch}, length), [=](double t) { return swell(t, length, 0.012, 0.6 * length); },
                        gliding(scaled({650, 1200, 2500}, size), scaled({900, 1600, 2700}, size), length), 0.5, 0.8};
    return voiced(throat, length, rate, random);
  });
}

Sound goat(double seconds, SampleRate rate, Random& random) {
  const double pitch = random.uniform(240.0, 400.0), tremble = random.uniform(7.0, 10.5);
  return calls(0.6, 1.3, 0.15, 0.45, seconds, rate, random, [&](double length) {
    const Throat throat{[=](double t) { return pitch * (1.0 + 0.06 * sine(tremble * t)) * (1.05 - 0.15 * t / length); },
                        [=](double t) { return swell(t, length, 0.05, 0.15) * (0.55 + 0.45 * sine(tremble * t)); },
                        gliding({700, 1700, 2800}, {850, 1500, 2600}, length), 0.1, 0.25};
    return voiced(throat, length, rate, random);
  });
}

Sound baby(double seconds, SampleRate rate, Random& random) {
  const double pitch = random.uniform(380.0, 500.0);
  return calls(0.7, 1.3, 0.15, 0.4, seconds, rate, random, [&](double length) {
    const Throat throat{through({0.85 * pitch, 1.15 * pitch, 1.1 * pitch, 0.8 * pitch}, length), [=](double t) { return swell(t, length, 0.12, 0.25); },
                        gliding({1050, 2300, 3900}, {900, 1900, 3600}, length), 0.08, 0.12};
    return voiced(throat, length, rate, random);
  });
}

Sound cat(double seconds, SampleRate rate, Random& random) {
  const double pitch = random.uniform(480.0, 700.0);
  return calls(0.5, 1.0, 0.2, 0.45, seconds, rate, random, [&](double length) {
    const auto opens = gliding({450, 2300, 3400}, {1150, 1700, 3200}, 0.4 * length);
    const auto closes = gliding({1150, 1700, 3200}, {500, 1000, 2900}, 0.6 * length);
    const Throat throat{through({0.8 * pitch, 1.2 * pitch, 1.15 * pitch, 0.75 * pitch}, length), [=](double t) { return swell(t, length, 0.15, 0.3); },
                        [=](double t) { return t < 0.4 * length ? opens(t) : closes(t - 0.4 * length); }, 0.05, 0.03};
    return voiced(throat, length, rate, random);
  });
}

// A whinny: high, trembling and falling; hooves before and after it.
Sound horse(double seconds, SampleRate rate, Random& random) {
  Sound sound(sampleCount(seconds, rate));
  const double pace = random.uniform(0.19, 0.28), ring = random.uniform(700.0, 1100.0);
  for (double at = 0.0; at < seconds; at += pace * (random.chance(0.3) ? 1.4 : 1.0)) {
    Sound clop(sampleCount(0.06, rate));
    Resonator hoof(ring * random.uniform(0.9, 1.1), 120, rate);
    for (std::size_t n = 0; n < clop.size(); ++n) clop[n] = static_cast<float>(hoof(n < 20 ? random.uniform(0.0, 20.0) : 0.0));
    mixIn(sound, clop, at, rate, 0.35);
  }
  const double tremble = random.uniform(10.0, 14.0);
  for (double at = random.uniform(0.0, 0.5); at < seconds; at += random.uniform(2.0, 3.2)) {
    const double length = random.uniform(1.1, 1.8), top = random.uniform(800.0, 1200.0);
    const Throat throat{[=](double t) { return top * (1.0 - 0.5 * t / length) * (1.0 + 0.05 * sine(tremble * t)); },
                        [=](double t) { return swell(t, length, 0.06, 0.4) * (0.6 + 0.4 * sine(tremble * t)); },
                        gliding({1400, 2300, 3300}, {800, 1600, 2800}, length), 0.2, 0.3};
    mixIn(sound, voiced(throat, length, rate, random), at, rate);
  }
  return sound;
}

Sound rodents(double seconds, SampleRate rate, Random& random) {
  Sound sound(sampleCount(seconds, rate));
  for (double at = random.uniform(0.0, 0.1); at < seconds; at += random.chance(0.75) ? random.uniform(0.08, 0.16) : random.uniform(0.25, 0.45)) {
    const double length = random.uniform(0.04, 0.1), from = random.uniform(2600.0, 5200.0), to = from * random.uniform(0.75, 1.3);
    Sound squeak(sampleCount(length, rate));
    double phase = 0.0;
    for (std::size_t n = 0; n < squeak.size(); ++n) {
      const double t = static_cast<double>(n) / rate.hz();
      phase += (from + (to - from) * t / length) / rate.hz();
      squeak[n] = static_cast<float>(swell(t, length, 0.01, 0.03) * (sine(phase) + 0.3 * sine(2 * phase)));
    }
    mixIn(sound, squeak, at, rate, random.uniform(0.5, 1.0));
  }
  return sound;
}

}  // namespace

const std::vector<NamedRecipe>& voiceSounds() {
  static const std::vector<NamedRecipe> recipes{
      {"Male speech, man speaking", man}, {"Female speech, woman speaking", woman}, {"Bark", bark}, {"Goat", goat},
      {"Baby cry, infant cry", baby}, {"Cat", cat}, {"Horse", horse}, {"Rodents, rats, mice", rodents}};
  return recipes;
}

}  // namespace chladni::synth
