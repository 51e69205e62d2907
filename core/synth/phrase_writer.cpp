#include "core/synth/phrase_writer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace chladni::synth {
namespace {

constexpr std::array<std::array<int, 7>, 3> kScales{{{0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}, {0, 2, 4, 7, 9, 12, 14}}};

enum class Figure { melody, scale, repeated, arpeggio, held };

struct Style {
  Figure figure = Figure::melody;
  double beat = 0.4;
  double length = 0.9;  // of the beat; above 1 notes overlap
  bool chords = false;
  double strum = 0.0;
  int loudness = 90;
};

Style drawStyle(Manner manner, Random& random) {
  Style style;
  const auto draw = random.uniform();
  style.figure = draw < 0.45 ? Figure::melody : draw < 0.62 ? Figure::scale : draw < 0.74 ? Figure::repeated : draw < 0.88 ? Figure::arpeggio : Figure::held;
  style.beat = manner == Manner::voice ? random.logUniform(0.5, 1.6) : random.logUniform(0.14, 0.9);
  if (style.figure == Figure::held) style.beat = random.logUniform(0.9, 3.0);
  style.length = random.chance(0.3) ? random.uniform(0.3, 0.7) : random.uniform(0.85, 1.15);
  style.chords = manner == Manner::chords && random.chance(0.45);
  style.strum = random.uniform(0.0, 0.035);
  style.loudness = static_cast<int>(random.between(50, 118));
  return style;
}

// The keys of one scale inside the instrument's range, rising.
std::vector<int> scaleKeys(const Instrument& instrument, Random& random) {
  const auto& scale = kScales[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(kScales.size())))];
  const auto tonic = random.below(12);
  std::vector<int> keys;
  for (int key = instrument.lowestKey; key <= instrument.highestKey; ++key)
    if (std::any_of(scale.begin(), scale.end(), [&](int step) { return (key - tonic - step) % 12 == 0; })) keys.push_back(key);
  if (keys.empty()) keys.push_back(instrument.lowestKey);
  return keys;
}

class Voice {
 public:
  Voice(std::int64_t keys, Figure figure, Random& random)
      : figure_(figure), last_(keys - 1), at_(random.below(keys)), direction_(random.chance(0.5) ? 1 : -1) {}
  std::int64_t next(Random& random) {
    const auto now = at_;
    switch (figure_) {
      case Figure::melody:
      case Figure::held: at_ += random.chance(0.15) ? random.between(-6, 6) : random.between(-2, 2); break;
      case Figure::scale: at_ += direction_; break;
      case Figure::arpeggio: at_ += 2 * direction_; break;
      case Figure::repeated: at_ += random.chance(0.25) ? random.between(-3, 3) : 0; break;
    }
    if (at_ < 0 || at_ > last_) direction_ = -direction_;
    at_ = std::clamp<std::int64_t>(at_, 0, last_);
    return now;
  }

 private:
  Figure figure_;
  std::int64_t last_, at_;
  int direction_;
};

void addVibrato(Part& part, double seconds, Random& random) {
  const double speed = random.uniform(4.0, 6.5);
  const double depth = random.uniform(0.05, 0.45);
  for (double time = 0.0; time < seconds; time += 0.02)
    part.bends.push_back({time, depth * std::sin(2.0 * std::numbers::pi * speed * time)});
}

void addSlides(Part& part, Random& random) {
  for (const auto& note : part.notes) {
    if (!random.chance(0.2)) continue;
    const double from = random.uniform(-1.5, 0.5);
    for (int step = 0; step <= 8; ++step) part.bends.push_back({note.start + 0.012 * step, from * (1.0 - step / 8.0)});
  }
  std::stable_sort(part.bends.begin(), part.bends.end(), [](const BendEvent& a, const BendEvent& b) { return a.time < b.time; });
}

void writeMelody(Part& part, const Instrument& instrument, double seconds, Random& random) {
  const auto style = drawStyle(instrument.manner, random);
  const auto keys = scaleKeys(instrument, random);
  Voice voice(static_cast<std::int64_t>(keys.size()), style.figure, random);
  for (double time = random.uniform(0.0, 0.3); time < seconds;) {
    const double duration = style.beat * (random.chance(0.25) ? 2.0 : random.chance(0.15) ? 0.5 : 1.0);
    const auto index = voice.next(random);
    const auto voices = style.chords && random.chance(0.7) ? random.between(2, 4) : 1;
    for (std::int64_t v = 0; v < voices; ++v) {
      const auto at = std::min<std::int64_t>(index + 2 * v, static_cast<std::int64_t>(keys.size()) - 1);
      const int velocity = std::clamp(style.loudness + static_cast<int>(random.normal() * 9.0), 20, 127);
      part.notes.push_back({time + style.strum * static_cast<double>(v), duration * style.length, keys[static_cast<std::size_t>(at)], velocity});
    }
    time += random.chance(0.06) ? 2.0 * duration : duration;
  }
  if (instrument.manner != Manner::chords && random.chance(0.35)) addVibrato(part, seconds, random);
  else if (random.chance(0.2)) addSlides(part, random);
}

void writeStrokes(Part& part, const std::vector<int>& keys, double seconds, Random& random) {
  const double beat = random.logUniform(0.1, 0.7);
  const double rests = random.uniform(0.0, 0.35);
  for (double time = random.uniform(0.0, 0.3); time < seconds; time += beat * random.uniform(0.95, 1.05)) {
    if (random.chance(rests)) continue;
    const int key = keys[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(keys.size())))];
    part.notes.push_back({time, 0.4, key, static_cast<int>(random.between(45, 125))});
  }
}

void writePattern(Part& part, double seconds, Random& random) {
  constexpr std::array<int, 2> kKicks{35, 36};
  constexpr std::array<int, 2> kSnares{38, 40};
  constexpr std::array<int, 4> kCymbals{42, 46, 51, 49};
  constexpr std::array<int, 4> kToms{41, 45, 47, 50};
  const double step = random.logUniform(0.11, 0.28);
  const int kick = kKicks[static_cast<std::size_t>(random.below(2))];
  const int snare = kSnares[static_cast<std::size_t>(random.below(2))];
  const int cymbal = kCymbals[static_cast<std::size_t>(random.below(3))];
  const double extraKicks = random.uniform(0.1, 0.4);
  const double busy = random.uniform(0.4, 1.0);
  int beat = 0;
  const auto strike = [&](double time, int key) { part.notes.push_back({time, 0.3, key, static_cast<int>(random.between(60, 122))}); };
  for (double time = random.uniform(0.0, 0.3); time < seconds; time += step, beat = (beat + 1) % 8) {
    if (beat == 0 || random.chance(extraKicks * 0.5)) strike(time, kick);
    if (beat == 4) strike(time, snare);
    if (random.chance(busy)) strike(time, random.chance(0.06) ? kCymbals[3] : cymbal);
    if (random.chance(0.06)) strike(time, kToms[static_cast<std::size_t>(random.below(4))]);
  }
}

}  // namespace

void writePhrase(Part& part, const Instrument& instrument, const std::map<int, std::string>& drumLabels, double seconds,
                 Random& random) {
  if (instrument.manner == Manner::kit) return writePattern(part, seconds, random);
  if (part.bank != 128) return writeMelody(part, instrument, seconds, random);
  std::vector<int> keys;
  for (const auto& [key, label] : drumLabels)
    if (label == instrument.label) keys.push_back(key);
  if (keys.empty()) return writeMelody(part, instrument, seconds, random);
  if (keys.size() > 2 && random.chance(0.5)) keys.resize(2);
  writeStrokes(part, keys, seconds, random);
}

}  // namespace chladni::synth
