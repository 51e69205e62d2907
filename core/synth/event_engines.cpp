#include "core/synth/event_sounds.h"

namespace chladni::synth {
namespace {

Course constant(double value) {
  return [value](double) { return value; };
}

// Through the gears: the revolutions climb, fall back and climb again.
Course gears(double low, double high, double gearSeconds) {
  return [=](double time) {
    const double within = time / gearSeconds - std::floor(time / gearSeconds);
    return low + (high - low) * (1.0 - std::exp(-2.5 * within));
  };
}

Sound plane(double seconds, SampleRate rate, Random& random) {
  const double base = random.uniform(180.0, 420.0);
  const auto drift = wander(0.25, 0.3, seconds, random);
  Sound sound = rushing([=](double t) { return base * drift(t); }, wander(0.3, 0.5, seconds, random), 1.6, seconds, rate, random);
  const double propeller = random.uniform(75.0, 120.0);
  for (std::size_t n = 0; n < sound.size(); ++n) {
    const double t = static_cast<double>(n) / rate.hz();
    double hum = 0.0;
    for (int k = 1; k <= 7; ++k) hum += sine(k * propeller * t + 0.13 * k) / k;
    sound[n] += static_cast<float>(0.06 * hum * drift(t));
  }
  return sound;
}

Sound raceCar(double seconds, SampleRate rate, Random& random) {
  const double low = random.uniform(140.0, 210.0);
  return engine({gears(low, low * random.uniform(2.0, 2.8), random.uniform(0.9, 2.2)), wander(0.2, 1.0, seconds, random),
                 {random.uniform(500, 800), random.uniform(1200, 1900), random.uniform(2400, 3200)}, 0.03, 0.0, 0.12},
                seconds, rate, random);
}

Sound truck(double seconds, SampleRate rate, Random& random) {
  const double idle = random.uniform(24.0, 36.0);
  const auto drift = wander(0.12, 0.6, seconds, random);
  Sound sound = engine({[=](double t) { return idle * drift(t); }, constant(0.8), {random.uniform(60, 95), random.uniform(150, 230), random.uniform(380, 520)}, 0.12, 0.0, 0.5},
                       seconds, rate, random);
  // The knock of a diesel.
  Resonator knock(random.uniform(1100, 1700), 500, rate);
  double phase = 0.0;
  for (std::size_t n = 0; n < sound.size(); ++n) {
    phase += idle * drift(static_cast<double>(n) / rate.hz()) / rate.hz();
    double hit = 0.0;
    if (phase >= 1.0) phase -= 1.0, hit = random.uniform(6.0, 14.0);
    sound[n] += static_cast<float>(knock(hit));
  }
  return sound;
}

Sound motorcycle(double seconds, SampleRate rate, Random& random) {
  const double idle = random.uniform(30.0, 48.0);
  const auto rev = wander(0.75, random.uniform(0.6, 1.4), seconds, random);
  return engine({[=](double t) { return idle * (0.6 + 1.2 * rev(t)); }, [=](double t) { return std::min(1.0, rev(t)); },
                 {random.uniform(110, 170), random.uniform(260, 380), random.uniform(700, 1000)}, 0.06, random.uniform(0.15, 0.3), 0.15},
                seconds, rate, random);
}

Sound bus(double seconds, SampleRate rate, Random& random) {
  const double low = random.uniform(40.0, 52.0);
  Sound sound = engine({gears(low, 1.7 * low, random.uniform(2.5, 4.0)), constant(0.7), {random.uniform(100, 140), random.uniform(200, 280), random.uniform(550, 700)}, 0.05, 0.0, 0.12},
                       seconds, rate, random);
  setLevel(sound, -22.0);
  // Doors and brakes let air off.
  for (double at = random.uniform(0.2, 1.2); at < seconds; at += random.uniform(1.2, 2.4)) {
    const double length = random.uniform(0.3, 0.7);
    const Sound hiss = rushing(through({5500, 3800}, length), [=](double t) { return std::exp(-3.0 * t / length); }, 0.7, length, rate, random);
    mixIn(sound, hiss, at, rate, 0.8);
  }
  return sound;
}

Sound chainsaw(double seconds, SampleRate rate, Random& random) {
  const double full = random.uniform(120.0, 165.0);
  const auto load = wander(0.22, random.uniform(0.8, 1.8), seconds, random);
  Sound sound = engine({[=](double t) { return full * load(t); }, constant(1.0), {random.uniform(900, 1200), random.uniform(2000, 2600), random.uniform(3600, 4600)}, 0.1, 0.0, 0.35},
                       seconds, rate, random);
  for (float& s : sound) s = std::tanh(4.0F * s);
  return sound;
}

Sound helicopter(double seconds, SampleRate rate, Random& random) {
  const double blades = random.uniform(9.0, 14.0), whine = random.uniform(700.0, 1400.0), length = 0.7 / blades;
  Sound sound(sampleCount(seconds, rate));
  for (double at = 0.0; at < seconds; at += 1.0 / blades) {
    const Sound slap = rushing(through({190, 90}, length), [=](double t) { return std::exp(-5.0 * t / length); }, 0.9, length, rate, random);
    mixIn(sound, slap, at, rate, 2.0 * random.uniform(0.85, 1.15));
  }
  for (std::size_t n = 0; n < sound.size(); ++n) sound[n] += static_cast<float>(0.02 * sine(whine * static_cast<double>(n) / rate.hz()) + 0.02 * random.uniform(-1.0, 1.0));
  return sound;
}

}  // namespace

const std::vector<NamedRecipe>& engineSounds() {
  static const std::vector<NamedRecipe> recipes{
      {"Fixed-wing aircraft, airplane", plane}, {"Race car, auto racing", raceCar}, {"Truck", truck}, {"Motorcycle", motorcycle},
      {"Bus", bus}, {"Chainsaw", chainsaw}, {"Helicopter", helicopter}};
  return recipes;
}

}  // namespace chladni::synth
