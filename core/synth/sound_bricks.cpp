#include "core/synth/sound_bricks.h"

namespace chladni::synth {

double swell(double time, double seconds, double rise, double fall) {
  const double up = rise > 0.0 ? time / rise : 1.0;
  const double down = fall > 0.0 ? (seconds - time) / fall : 1.0;
  return std::clamp(std::min(up, down), 0.0, 1.0);
}

Course through(std::vector<double> points, double seconds) {
  return [points = std::move(points), seconds](double time) {
    const double at = std::clamp(time / seconds, 0.0, 1.0) * static_cast<double>(points.size() - 1);
    const auto first = std::min(static_cast<std::size_t>(at), points.size() - 1);
    const auto second = std::min(first + 1, points.size() - 1);
    const double share = at - static_cast<double>(first);
    return points[first] * (1.0 - share) + points[second] * share;
  };
}

Course wander(double depth, double perSecond, double seconds, Random& random) {
  std::vector<double> points(static_cast<std::size_t>(std::max(2.0, 2.0 * perSecond * seconds)) + 1);
  for (double& point : points) point = 1.0 + depth * random.uniform(-1.0, 1.0);
  return through(std::move(points), seconds);
}

void mixIn(Sound& whole, const Sound& part, double start, SampleRate rate, double gain) {
  const auto from = sampleCount(start, rate);
  for (std::size_t n = 0; n < part.size() && from + n < whole.size(); ++n) whole[from + n] += static_cast<float>(gain) * part[n];
}

void fadeEnds(Sound& sound, double seconds, SampleRate rate) {
  const auto length = std::min(sound.size() / 2, sampleCount(seconds, rate));
  for (std::size_t n = 0; n < length; ++n) {
    const auto gain = static_cast<float>(n) / static_cast<float>(length);
    sound[n] *= gain;
    sound[sound.size() - 1 - n] *= gain;
  }
}

void setLevel(Sound& sound, double decibels) {
  double energy = 0.0;
  float peak = 0.0F;
  for (const float s : sound) {
    energy += static_cast<double>(s) * s;
    peak = std::max(peak, std::abs(s));
  }
  if (!(energy > 0.0)) return;
  const double wanted = std::pow(10.0, decibels / 20.0) / std::sqrt(energy / static_cast<double>(sound.size()));
  const auto gain = static_cast<float>(std::min(wanted, 0.98 / peak));
  for (float& s : sound) s *= gain;
}

Sound voiced(const Throat& throat, double seconds, SampleRate rate, Random& random) {
  Sound sound(sampleCount(seconds, rate));
  std::array<Resonator, 3> formants{Resonator(500, 100, rate), Resonator(1500, 140, rate), Resonator(2500, 200, rate)};
  constexpr std::array<double, 3> kShares{1.0, 0.7, 0.4};
  constexpr std::size_t kTuneEvery = 64;
  Softener soft(2500.0, rate);
  double phase = 0.0, strength = 1.0;
  for (std::size_t n = 0; n < sound.size(); ++n) {
    const double time = static_cast<double>(n) / rate.hz();
    if (n % kTuneEvery == 0) {
      const auto hertz = throat.formants(time);
      for (std::size_t f = 0; f < formants.size(); ++f) formants[f].tune(hertz[f], 60.0 + 0.06 * hertz[f]);
    }
    phase += throat.pitch(time) / rate.hz();
    if (phase >= 1.0) {
      phase -= std::floor(phase);
      strength = 1.0 + throat.roughness * random.uniform(-1.0, 1.0);
    }
    const double buzz = soft(strength * (1.0 - 2.0 * phase)) + throat.breath * random.uniform(-1.0, 1.0);
    double out = 0.0;
    for (std::size_t f = 0; f < formants.size(); ++f) out += kShares[f] * formants[f](buzz);
    sound[n] = static_cast<float>(throat.loudness(time) * out);
  }
  return sound;
}

Sound engine(const Engine& of, double seconds, SampleRate rate, Random& random) {
  Sound sound(sampleCount(seconds, rate));
  std::vector<Resonator> pipes;
  for (const double hertz : of.resonances) pipes.emplace_back(hertz, 0.25 * hertz, rate);
  Softener soft(3500.0, rate);
  double phase = 0.0, burst = 0.0, next = 1.0;
  bool late = false;
  for (std::size_t n = 0; n < sound.size(); ++n) {
    const double time = static_cast<double>(n) / rate.hz();
    const double pulses = of.pulses(time), throttle = of.throttle(time);
    phase += pulses / rate.hz();
    if (phase >= next) {
      phase -= next;
      burst = 1.0 + of.irregularity * random.uniform(-3.0, 3.0);
      late = !late;
      next = 1.0 + (late ? of.limp : -of.limp) + of.irregularity * random.uniform(-1.0, 1.0);
    }
    burst *= std::exp(-6.0 * pulses / rate.hz());
    const double source = burst * (1.0 + of.noise * 3.0 * random.uniform(-1.0, 1.0)) + of.noise * random.uniform(-1.0, 1.0);
    double out = 0.35 * soft(source);
    for (auto& pipe : pipes) out += pipe(source);
    sound[n] = static_cast<float>((0.35 + 0.65 * throttle) * out);
  }
  return sound;
}

Sound rushing(const Course& hertz, const Course& loudness, double widthShare, double seconds, SampleRate rate, Random& random) {
  Sound sound(sampleCount(seconds, rate));
  Resonator band(1000, 500, rate);
  for (std::size_t n = 0; n < sound.size(); ++n) {
    const double time = static_cast<double>(n) / rate.hz();
    if (n % 64 == 0) {
      const double centre = hertz(time);
      band.tune(centre, widthShare * centre);
    }
    sound[n] = static_cast<float>(loudness(time) * band(random.uniform(-1.0, 1.0)));
  }
  return sound;
}

}  // namespace chladni::synth
