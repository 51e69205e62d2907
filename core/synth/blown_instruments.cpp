#include "core/synth/blown_instruments.h"

#include <algorithm>
#include <cmath>

#include "core/synth/computed_notes.h"
#include "core/synth/sound_bricks.h"
#include "core/synth/sound_colour.h"

namespace chladni::synth {
namespace {

constexpr double kWeight = 0.1;  // as of modal instruments
constexpr double kTop = 7600.0;  // Hz; nothing above it
constexpr std::size_t kBlock = 64;  // samples over which levels are held straight

// What a family of instruments allows.
struct BlownKind {
  Span cutoff;               // Hz
  Span loudFall, softFall;   // decibels an octave above the cutoff
  Span rise{0.0, 0.0};       // power of frequency below the cutoff: how weak the lowest harmonics are
  Span even{1.0, 1.0};       // level of even harmonics below the cutoff, against odd ones
  Span attack{0.02, 0.1};    // seconds
  Span breath{0.002, 0.02};  // noise against the tone
  Span vibrato{0.0, 20.0};   // cents
  double mute = 0.0;         // share of the instruments with something in the bell
  bool darkens = false;      // much, when played softly
};

// One instrument in the hands of one player.
struct Player {
  double cutoff = 1000, loudFall = 8, softFall = 20, rise = 0, even = 1, attack = 0.04, breath = 0.01;
  double vibrato = 0, vibratoHertz = 5, sway = 0;  // sway: change of level with the vibrato
  double scoop = 0;                                // cents below the note at its start
  double overshoot = 0;                            // of the attack
  double loudness = 0.5, dynamics = 0.3;           // of the player, and how far single notes stray
  std::vector<double> ripple;                      // decibels, by third of an octave from 60 Hz
};

Player drawPlayer(const BlownKind& kind, Random& random) {
  Player p;
  p.cutoff = kind.cutoff.drawLog(random);
  p.loudFall = kind.loudFall.draw(random);
  p.softFall = kind.softFall.draw(random);
  p.rise = kind.rise.draw(random);
  p.even = kind.even.draw(random);
  p.attack = kind.attack.drawLog(random);
  p.breath = kind.breath.drawLog(random);
  p.vibrato = random.chance(0.6) ? kind.vibrato.draw(random) : 0.0;
  p.vibratoHertz = random.uniform(4.0, 7.0);
  p.sway = p.vibrato > 0.0 ? random.uniform(0.0, 0.3) : 0.0;
  p.scoop = random.chance(0.4) ? random.uniform(0.0, 80.0) : 0.0;
  p.overshoot = random.chance(0.5) ? random.uniform(0.0, 0.8) : 0.0;
  p.loudness = random.uniform(0.0, 1.0);
  p.dynamics = random.uniform(0.05, 0.4);
  const double depth = random.uniform(1.0, 4.0);
  for (int n = 0; n < 24; ++n) p.ripple.push_back(depth * random.normal());
  if (random.chance(kind.mute)) {  // a narrow band is let through
    const double centre = random.uniform(9.0, 15.0), width = random.uniform(2.0, 5.0), depthOfMute = random.uniform(10.0, 25.0);
    for (std::size_t n = 0; n < p.ripple.size(); ++n)
      p.ripple[n] -= depthOfMute * (1.0 - std::exp(-0.5 * std::pow((static_cast<double>(n) - centre) / width, 2.0)));
  }
  return p;
}

double rippleAt(const Player& player, double hertz) {
  const double place = std::clamp(3.0 * std::log2(hertz / 60.0), 0.0, static_cast<double>(player.ripple.size()) - 1.001);
  const auto below = static_cast<std::size_t>(place);
  const double share = place - static_cast<double>(below);
  return player.ripple[below] * (1.0 - share) + player.ripple[below + 1] * share;
}

// Of the n-th harmonic when the player blows with `force`, 0 to 1.
double levelOf(const Player& player, int n, double hertz, double force) {
  const double octaves = std::log2(hertz / player.cutoff);
  double decibels = rippleAt(player, hertz);
  if (octaves > 0.0) decibels -= octaves * (player.softFall + (player.loudFall - player.softFall) * force);
  else decibels += 6.0 * player.rise * octaves;
  const double even = n % 2 == 0 && octaves < 0.5 ? player.even : 1.0;
  return even * std::pow(10.0, decibels / 20.0);
}

// The player's breath over the note, 0 to 1: a rise, an overshoot, a slow swell, an end.
Course breathOf(const Player& player, double seconds, Random& random) {
  const double attack = player.attack * random.logUniform(0.6, 1.6), release = random.uniform(0.03, 0.15);
  const double from = random.uniform(0.6, 1.0), to = random.uniform(0.5, 1.0), overshoot = player.overshoot * random.uniform(0.5, 1.0);
  return [=](double time) {
    const double body = from + (to - from) * time / seconds + overshoot * std::exp(-time / (2.0 * attack + 0.01));
    return std::max(0.0, body * (1.0 - std::exp(-time / attack)) * std::clamp((seconds - time) / release, 0.0, 1.0));
  };
}

// Sines of all multiples of one pitch, whose levels move in straight lines from block to block.
class Harmonics {
 public:
  Harmonics(int count, double turns) : level_(static_cast<std::size_t>(count)), step_(level_.size()), turns_(turns) {}
  // Of the n-th, from 1 on, at the end of the next kBlock samples.
  void aimAt(int n, double level) {
    const auto at = static_cast<std::size_t>(n - 1);
    step_[at] = (level - level_[at]) / static_cast<double>(kBlock);
  }
  // `advance`: turns of the lowest in a sample.
  double next(double advance) {
    turns_ += advance;
    turns_ -= std::floor(turns_);
    // sin(n x) = 2 cos x sin((n - 1) x) - sin((n - 2) x)
    const double twice = 2.0 * sine(turns_ + 0.25);
    double before = 0.0, now = sine(turns_), total = 0.0;
    for (std::size_t n = 0; n < level_.size(); ++n) {
      total += (level_[n] += step_[n]) * now;
      const double after = twice * now - before;
      before = now;
      now = after;
    }
    return total;
  }

 private:
  std::vector<double> level_, step_;
  double turns_;
};

// What the player's lips and breath do in one note; times in seconds from its beginning.
struct Blowing {
  double force = 0.5, late = 0.01, scoop = 0.0, vibratoFrom = 0.0, phase = 0.0;
  Course breath, unsteady;
  std::vector<double> ripple;  // of each harmonic

  [[nodiscard]] double wave(const Player& player, double time) const {
    return player.vibrato > 0.0 ? sine(player.vibratoHertz * time + phase) * std::clamp((time - vibratoFrom) / 0.4, 0.0, 1.0) : 0.0;
  }
  [[nodiscard]] double bend(const Player& player, double time) const {  // factor of the pitch
    return std::exp2((player.vibrato * wave(player, time) - scoop * std::exp(-time / 0.05)) / 1200.0) * unsteady(time);
  }
};

Blowing drawBlowing(const Player& player, double seconds, int harmonics, Random& random) {
  Blowing blowing;
  blowing.force = std::clamp(player.loudness + player.dynamics * random.normal(), 0.0, 1.0);
  blowing.breath = breathOf(player, seconds, random);
  blowing.unsteady = wander(0.0015, 6.0, seconds, random);
  blowing.late = random.uniform(0.2, 1.0) * player.attack;  // by how much the tenth harmonic speaks later than the first
  for (int n = 1; n <= harmonics; ++n) blowing.ripple.push_back(std::pow(10.0, 1.5 * random.normal() / 20.0));
  blowing.scoop = player.scoop * random.uniform(0.0, 1.0);
  blowing.vibratoFrom = random.uniform(0.0, 0.5);
  blowing.phase = random.uniform();
  return blowing;
}

Sound note(const Player& player, double hertz, SampleRate rate, Random& random) {
  const double seconds = random.uniform(0.8, 2.0);
  const int count = std::clamp(static_cast<int>(std::min(kTop, 0.47 * rate.hz()) / hertz), 1, 64);
  const auto blowing = drawBlowing(player, seconds, count, random);
  Harmonics harmonics(count, random.uniform());
  Resonator hiss(std::max(hertz * 1.5, player.cutoff), player.cutoff * 1.5, rate);
  Sound sound(sampleCount(seconds, rate));
  for (std::size_t first = 0; first < sound.size(); first += kBlock) {
    const double time = static_cast<double>(first) / rate.hz();
    const double blown = blowing.breath(time) * (1.0 + player.sway * blowing.wave(player, time));
    double sum = 0.0;
    for (int n = 1; n <= count; ++n) {
      const double speaks = 1.0 - std::exp(-time / (blowing.late * static_cast<double>(n - 1) / 10.0 + 1e-3));
      const double level = blown * speaks * blowing.ripple[static_cast<std::size_t>(n - 1)] *
                           levelOf(player, n, n * hertz, std::min(1.0, blowing.force * blown));
      harmonics.aimAt(n, level);
      sum += level;
    }
    const double advance = hertz * blowing.bend(player, time) / rate.hz();
    for (std::size_t k = first; k < std::min(first + kBlock, sound.size()); ++k)
      sound[k] = static_cast<float>(harmonics.next(advance) + hiss(player.breath * (sum + 0.2 * blown) * random.normal()));
  }
  return sound;
}

const std::map<std::string, BlownKind>& kinds() {
  static const std::map<std::string, BlownKind> all{
      {"playing trumpet", {.cutoff = {900, 1900}, .loudFall = {4, 10}, .softFall = {14, 30}, .rise = {0.0, 1.0}, .attack = {0.012, 0.07}, .vibrato = {0, 30}, .mute = 0.25, .darkens = true}},
      {"playing trombone", {.cutoff = {380, 900}, .loudFall = {5, 11}, .softFall = {14, 30}, .rise = {0.0, 1.0}, .attack = {0.015, 0.09}, .vibrato = {0, 25}, .mute = 0.15, .darkens = true}},
      {"playing french horn", {.cutoff = {280, 600}, .loudFall = {8, 16}, .softFall = {18, 34}, .rise = {0.0, 0.6}, .attack = {0.02, 0.1}, .vibrato = {0, 10}, .mute = 0.15, .darkens = true}},
      {"playing flute", {.cutoff = {550, 1400}, .loudFall = {10, 18}, .softFall = {18, 34}, .attack = {0.03, 0.15}, .breath = {0.01, 0.2}, .vibrato = {0, 30}}},
      {"playing oboe", {.cutoff = {1000, 1800}, .loudFall = {7, 13}, .softFall = {12, 20}, .rise = {0.4, 1.5}, .attack = {0.012, 0.06}, .vibrato = {0, 25}}},
      {"playing clarinet", {.cutoff = {1000, 1800}, .loudFall = {9, 15}, .softFall = {16, 30}, .even = {0.02, 0.35}, .attack = {0.02, 0.1}, .vibrato = {0, 8}}},
      {"playing bassoon", {.cutoff = {380, 700}, .loudFall = {9, 15}, .softFall = {14, 26}, .rise = {0.3, 1.5}, .attack = {0.015, 0.08}, .vibrato = {0, 20}}},
      {"playing saxophone", {.cutoff = {500, 1400}, .loudFall = {5, 11}, .softFall = {12, 24}, .rise = {0.0, 0.8}, .attack = {0.015, 0.09}, .breath = {0.005, 0.1}, .vibrato = {0, 40}, .darkens = true}}};
  return all;
}

}  // namespace

const std::set<std::string>& blownClasses() {
  static const std::set<std::string> labels = [] {
    std::set<std::string> names;
    for (const auto& [label, kind] : kinds()) names.insert(label);
    return names;
  }();
  return labels;
}

void playSofter(std::vector<float>& samples, const std::string& label, SampleRate rate, Random& random) {
  const auto kind = kinds().find(label);
  if (kind == kinds().end() || !kind->second.darkens) return;
  darken(samples, rate, kind->second.cutoff.drawLog(random), random.chance(0.5) ? 1 : 2);
}

NoteBank blownNoteBank(const InstrumentMap& map, const std::set<std::string>& labels, SampleRate rate, int instruments, int notes,
                       std::uint64_t seed) {
  std::map<std::string, DrawInstrument> makers;
  for (const auto& one : kinds())
    makers[one.first] = [&kind = one.second, rate](Random& random) -> PlayNote {
      return [player = drawPlayer(kind, random), rate](double hertz, Random& each) { return note(player, hertz, rate, each); };
    };
  return computeNotes(makers, map, labels, rate, {"blown", kWeight, instruments, notes, ~seed});
}

}  // namespace chladni::synth
