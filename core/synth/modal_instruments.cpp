#include "core/synth/modal_instruments.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

#include "core/synth/computed_notes.h"
#include "core/synth/sound_bricks.h"

namespace chladni::synth {
namespace {

constexpr double kSeconds = 2.6;
constexpr double kWeight = 0.15;  // seven of them against one preset of a soundfont, whose notes were recorded

constexpr double kUsualGain = 1.6;  // of a body, between its resonances and upon them

struct Partial {
  double hertz = 0.0;
  double level = 0.0;
  double decay = 1.0;  // seconds to 1/e
  double bloom = 0.0;  // seconds until it has grown to its level
};

// What all notes of one instrument share.
struct Body {
  std::array<double, 4> resonances{};  // Hz
  std::array<double, 4> gains{};       // as factors
  double width = 0.5;                  // octaves
  [[nodiscard]] double at(double hertz) const {
    double gain = 1.0;
    for (std::size_t n = 0; n < resonances.size(); ++n) {
      const double octaves = std::log2(hertz / resonances[n]) / width;
      gain += gains[n] * std::exp(-0.5 * octaves * octaves);
    }
    return gain;
  }
};

Body drawBody(Span hertz, double strength, Random& random) {
  Body body;
  for (std::size_t n = 0; n < body.resonances.size(); ++n) {
    body.resonances[n] = hertz.drawLog(random);
    body.gains[n] = strength * random.uniform(0.0, 1.5);
  }
  body.width = random.uniform(0.15, 0.6);
  return body;
}

// A whole instrument: the partials of a note of `hertz` struck with `force` (0 to 1), and what happens around them.
struct Voice {
  std::function<std::vector<Partial>(double hertz, double force, Random&)> partials;
  Body body;
  double click = 0.0;          // level of the noise of plectrum or mallet against the tone
  Span clickHertz{500, 4000};  // centre of that noise
  double knock = 0.0;          // level of the body's own short answer to a stroke against the tone
  double knockDecay = 0.03;    // seconds to 1/e
  double tremolo = 0.0;        // depth of a rotor's or motor's change of level
  double tremoloHertz = 5.0;
  double attack = 0.001;       // seconds
  bool sustained = false;
};

void addPartial(Sound& sound, const Partial& partial, double attack, SampleRate rate, Random& random) {
  const double turn = 2.0 * std::numbers::pi * partial.hertz / rate.hz();
  if (turn > 0.94 * std::numbers::pi || partial.level <= 0.0) return;
  const double fall = std::exp(-1.0 / (partial.decay * rate.hz()));
  const double rise = std::exp(-1.0 / (std::max(partial.bloom, attack) * rate.hz()));
  double phase = random.uniform(0.0, 2.0 * std::numbers::pi);
  double re = std::cos(phase), im = std::sin(phase), growing = 1.0, level = partial.level;
  const double c = std::cos(turn), s = std::sin(turn);
  for (float& sample : sound) {
    sample += static_cast<float>(level * (1.0 - growing) * im);
    const double next = re * c - im * s;
    im = re * s + im * c;
    re = next;
    growing *= rise;
    level *= fall;
    if (level < 1e-6 * partial.level) break;
  }
}

// The noise of finger, plectrum or mallet.
void addClick(Sound& sound, const Voice& voice, double level, SampleRate rate, Random& random) {
  if (!(level > 0.0)) return;
  Resonator thump(voice.clickHertz.drawLog(random), random.uniform(200.0, 2000.0), rate);
  const double fall = std::exp(-1.0 / (random.uniform(0.002, 0.02) * rate.hz())), end = 1e-5 * level;
  for (float& sample : sound) {
    sample += static_cast<float>(thump(level * random.normal()));
    level *= fall;
    if (level < end) break;
  }
}

// A stroke sets the body swinging at its own resonances, whatever the key.
void addKnock(Sound& sound, const Voice& voice, double level, SampleRate rate, Random& random) {
  if (!(level > 0.0)) return;
  for (const double hertz : voice.body.resonances)
    addPartial(sound, {hertz, level * random.uniform(0.1, 1.0), voice.knockDecay * random.uniform(0.6, 1.6), 0.0}, voice.attack, rate, random);
}

Sound note(const Voice& voice, double hertz, SampleRate rate, Random& random) {
  const double force = random.uniform(0.2, 1.0);
  Sound sound(sampleCount(kSeconds, rate));
  double sum = 0.0;
  for (auto partial : voice.partials(hertz, force, random)) {
    partial.level *= voice.body.at(partial.hertz);
    sum += partial.level;
    addPartial(sound, partial, voice.attack, rate, random);
  }
  addClick(sound, voice, sum * voice.click * force, rate, random);
  addKnock(sound, voice, sum * voice.knock, rate, random);
  if (voice.tremolo > 0.0)
    for (std::size_t n = 0; n < sound.size(); ++n)
      sound[n] *= static_cast<float>(1.0 - voice.tremolo * (0.5 + 0.5 * sine(voice.tremoloHertz * static_cast<double>(n) / rate.hz())));
  if (voice.sustained) fadeEnds(sound, 0.02, rate);
  return sound;
}

// Strings: f_n = n f0 sqrt(1 + B n^2); a pluck at the share p of the length gives sin(pi n p) / n^tilt; losses grow with
// frequency, and a partial dies sooner where the body takes its swing away; a course of several strings beats and decays
// in two stages; strings that nobody damps answer those that are plucked where a partial of theirs lies.
struct StringKind {
  Span ring;                  // seconds to 1/e of the fundamental at 220 Hz
  Span tilt;                  // 2: a soft finger, 1: a plectrum
  Span pluck;                 // share of the length
  Span stiffness{1e-5, 3e-4};
  int mostStrings = 1;        // of a course
  Span bodyHertz{90, 1200};
  double bodyStrength = 1.5;
  double click = 0.03;
  double highLoss = 1.0;      // how much faster high partials die
  Span slope{0.2, 0.8};       // the ring falls with this power of the key's frequency: 1 for gut and nylon, whose Q is constant
  double bloom = 0.0;         // seconds; the buzz of a flat bridge grows
  double sympathy = 0.0;      // most that open strings answer with, against the partial they answer
  Span attack{0.0005, 0.002};  // seconds; flesh lets go of a string more slowly than a plectrum
};

Voice stringVoice(const StringKind& kind, Random& random) {
  Voice voice;
  voice.body = drawBody(kind.bodyHertz, kind.bodyStrength, random);
  voice.click = kind.click * random.uniform(0.0, 2.0);
  voice.knock = random.uniform(0.0, 0.1);
  voice.knockDecay = random.logUniform(0.01, 0.08);
  voice.attack = kind.attack.drawLog(random);
  const double ring = kind.ring.drawLog(random), tilt = kind.tilt.draw(random), pluck = kind.pluck.draw(random);
  const double stiffness = kind.stiffness.drawLog(random), loss = kind.highLoss * random.logUniform(0.3, 3.0), slope = kind.slope.draw(random);
  const double drain = random.uniform(0.0, 1.5), scatter = random.uniform(0.0, 0.6);
  const auto strings = random.between(1, kind.mostStrings);
  const double spread = random.uniform(0.3, 6.0), bloom = kind.bloom, sympathy = kind.sympathy * random.uniform(0.0, 1.0);
  voice.partials = [=, body = voice.body](double hertz, double force, Random& draw) {
    std::vector<Partial> partials;
    const double place = std::clamp(pluck * draw.uniform(0.8, 1.25), 0.03, 0.5);
    const double fundamental = ring * std::pow(220.0 / hertz, slope);
    for (std::int64_t string = 0; string < strings; ++string) {
      const double tuned = hertz * std::exp2(draw.uniform(-spread, spread) * (strings > 1 ? 1.0 : 0.0) / 1200.0);
      for (int n = 1; n <= 48; ++n) {
        const double f = n * tuned * std::sqrt(1.0 + stiffness * n * n);
        if (f > 8000.0) break;
        const double soft = std::pow(n, -(tilt + 0.6 * (1.0 - force)));
        const double level = (std::abs(std::sin(std::numbers::pi * n * place)) + 0.03) * soft * draw.logUniform(0.6, 1.6);
        const double losses = fundamental / (1.0 + loss * 0.15 * (n - 1) + loss * (f / 5000.0) * (f / 5000.0));
        const double decay = losses * std::exp(scatter * draw.normal()) * (1.0 + drain * kUsualGain) / (1.0 + drain * body.at(f));
        partials.push_back({f, level, std::max(decay, 0.01), bloom * n / 12.0 * draw.uniform(0.5, 1.5)});
        if (string > 0) continue;
        partials.push_back({f * (1.0 + 2e-4 * draw.normal()), 0.15 * level, 2.5 * decay, 0.0});  // the other polarisation
        if (sympathy > 0.0 && n <= 8) partials.push_back({f * (1.0 + 1e-3 * draw.normal()), sympathy * level, 4.0 * decay, 0.05});
      }
    }
    return partials;
  };
  return voice;
}

// Bars, pans, membranes: a few partials at ratios that the maker sets, struck by a head of some hardness.
struct BarKind {
  std::vector<std::vector<double>> ratios;  // one of these series is drawn
  double mistuning = 0.01;
  Span ring;              // seconds at 440 Hz
  double ringSlope = 0.7;  // shorter towards high notes
  Span hardness{800, 6000};  // Hz up to which the mallet excites
  double overtoneLoss = 1.0;  // decay of the k-th partial: ring / (1 + loss k)
  double click = 0.05;
  Span clickHertz{300, 3000};
  Span tremolo{0.0, 0.0};
  double bloom = 0.0;
};

Voice barVoice(const BarKind& kind, Random& random) {
  Voice voice;
  voice.body = drawBody({150, 3000}, 0.5, random);
  voice.click = kind.click * random.uniform(0.0, 2.5);
  voice.clickHertz = kind.clickHertz;
  voice.knock = random.chance(0.5) ? random.uniform(0.0, 0.15) : 0.0;
  voice.knockDecay = random.logUniform(0.01, 0.06);
  voice.tremolo = random.chance(0.5) ? kind.tremolo.draw(random) : 0.0;
  voice.tremoloHertz = random.uniform(2.0, 8.0);
  auto ratios = kind.ratios[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(kind.ratios.size())))];
  std::vector<double> levels;
  for (std::size_t k = 0; k < ratios.size(); ++k) {
    if (k > 0) ratios[k] *= 1.0 + kind.mistuning * random.normal();
    levels.push_back(k == 0 ? 1.0 : random.logUniform(0.05, 0.8));
  }
  const double ring = kind.ring.drawLog(random), hardness = kind.hardness.drawLog(random), loss = kind.overtoneLoss * random.logUniform(0.4, 2.5);
  const double beat = random.chance(0.5) ? random.uniform(0.2, 2.5) : 0.0, slope = kind.ringSlope, bloom = kind.bloom;
  voice.partials = [=](double hertz, double force, Random& draw) {
    std::vector<Partial> partials;
    const double fundamental = ring * std::pow(440.0 / hertz, slope);
    for (std::size_t k = 0; k < ratios.size(); ++k) {
      const double f = hertz * ratios[k];
      const double level = levels[k] * std::exp(-(f - hertz) / (hardness * (0.5 + force))) * draw.logUniform(0.6, 1.6);
      const double decay = fundamental / (1.0 + loss * static_cast<double>(k));
      partials.push_back({f, level, decay, bloom * static_cast<double>(k) * draw.uniform(0.3, 1.0)});
      if (beat > 0.0) partials.push_back({f + beat * draw.uniform(0.5, 1.5), 0.4 * level, decay, 0.0});
    }
    return partials;
  };
  return voice;
}

// Tone wheels: nine drawbars, a click when the key goes down, a turning loudspeaker.
Voice tonewheelVoice(Random& random) {
  constexpr std::array kDrawbars{0.5, 1.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0};
  std::array<double, kDrawbars.size()> levels{};
  for (double& level : levels) level = random.chance(0.6) ? std::pow(10.0, -3.0 * random.between(0, 7) / 20.0) : 0.0;
  levels[static_cast<std::size_t>(random.between(0, 2))] = 1.0;
  Voice voice;
  voice.body = drawBody({200, 3000}, 0.6, random);
  voice.click = random.uniform(0.0, 0.05);
  voice.clickHertz = {1000, 5000};
  voice.attack = random.uniform(0.001, 0.006);
  voice.sustained = true;
  voice.tremolo = random.chance(0.7) ? random.uniform(0.05, 0.5) : 0.0;
  voice.tremoloHertz = random.chance(0.3) ? random.uniform(0.6, 1.0) : random.uniform(5.5, 7.5);
  const double percussion = random.chance(0.3) ? random.uniform(0.3, 1.0) : 0.0, third = random.chance(0.5) ? 3.0 : 2.0;
  const double shake = random.uniform(0.0, 2.0);  // Hz between the two sides of the rotor at 1 kHz
  voice.partials = [=](double hertz, double, Random& draw) {
    std::vector<Partial> partials;
    for (std::size_t k = 0; k < kDrawbars.size(); ++k) {
      if (levels[k] <= 0.0) continue;
      const double f = hertz * kDrawbars[k];
      partials.push_back({f, levels[k], 1e3, 0.0});
      if (shake > 0.0) partials.push_back({f + shake * f / 1000.0 * draw.uniform(0.8, 1.2), 0.3 * levels[k], 1e3, 0.0});
    }
    if (percussion > 0.0) partials.push_back({hertz * third, percussion, draw.uniform(0.1, 0.4), 0.0});
    return partials;
  };
  return voice;
}

using DrawVoice = std::function<Voice(Random&)>;

DrawVoice strings(StringKind kind) {
  return [kind](Random& random) { return stringVoice(kind, random); };
}
DrawVoice bars(BarKind kind) {
  return [kind = std::move(kind)](Random& random) { return barVoice(kind, random); };
}

const std::map<std::string, DrawVoice>& voices() {
  static const std::map<std::string, DrawVoice> all{
      {"playing harp", strings({.ring = {0.35, 2.5}, .tilt = {0.7, 2.4}, .pluck = {0.15, 0.6}, .bodyHertz = {100, 900}, .click = 0.02, .highLoss = 2.0, .slope = {0.5, 1.2}, .sympathy = 0.25, .attack = {0.0005, 0.006}})},
      {"playing zither", strings({.ring = {0.4, 3.5}, .tilt = {0.4, 1.5}, .pluck = {0.05, 0.4}, .mostStrings = 2, .bodyHertz = {150, 1500}, .click = 0.05, .slope = {0.3, 1.1}, .sympathy = 0.25})},
      {"playing acoustic guitar", strings({.ring = {0.4, 2.5}, .tilt = {0.9, 2.0}, .pluck = {0.08, 0.35}, .bodyHertz = {90, 800}, .click = 0.03, .attack = {0.0005, 0.004}})},
      {"playing banjo", strings({.ring = {0.12, 0.5}, .tilt = {0.5, 1.3}, .pluck = {0.05, 0.25}, .bodyHertz = {250, 2500}, .bodyStrength = 3.0, .click = 0.08, .highLoss = 0.5})},
      {"playing mandolin", strings({.ring = {0.2, 0.9}, .tilt = {0.7, 1.5}, .pluck = {0.06, 0.3}, .mostStrings = 2, .bodyHertz = {200, 1500}, .click = 0.06})},
      {"playing ukulele", strings({.ring = {0.15, 0.7}, .tilt = {1.2, 2.4}, .pluck = {0.1, 0.4}, .bodyHertz = {200, 900}, .bodyStrength = 2.0, .click = 0.03, .highLoss = 1.5, .attack = {0.0005, 0.005}})},
      {"playing sitar", strings({.ring = {0.6, 2.5}, .tilt = {0.3, 1.0}, .pluck = {0.05, 0.2}, .mostStrings = 3, .bodyHertz = {150, 2000}, .click = 0.05, .highLoss = 0.4, .bloom = 0.15, .sympathy = 0.25})},
      {"playing harpsichord", strings({.ring = {0.5, 2.0}, .tilt = {0.4, 1.0}, .pluck = {0.05, 0.2}, .mostStrings = 3, .bodyHertz = {150, 2000}, .bodyStrength = 1.0, .click = 0.08, .highLoss = 0.5})},
      {"playing marimba, xylophone", bars({.ratios = {{1, 4, 9.6, 16}, {1, 3.95, 9.2}, {1, 3, 6, 10}, {1, 2.98, 6.3, 11.5}}, .mistuning = 0.02, .ring = {0.06, 0.5}, .hardness = {800, 10000}, .overtoneLoss = 2.0, .click = 0.15, .clickHertz = {300, 6000}})},
      {"playing vibraphone", bars({.ratios = {{1, 4, 10}, {1, 4, 9.5, 15.7}}, .ring = {1.0, 4.0}, .ringSlope = 0.5, .overtoneLoss = 3.0, .tremolo = {0.1, 0.8}})},
      {"playing glockenspiel", bars({.ratios = {{1, 2.756, 5.404, 8.933}, {1, 2.71, 5.15}}, .ring = {0.8, 3.5}, .ringSlope = 0.4, .hardness = {2000, 12000}, .click = 0.1, .clickHertz = {1500, 7000}})},
      {"playing steelpan", bars({.ratios = {{1, 2, 3, 4.05, 5.1}, {1, 2, 3.02, 4}, {1, 2, 2.5, 3, 4}}, .ring = {0.2, 0.9}, .ringSlope = 0.4, .overtoneLoss = 0.6, .click = 0.08, .bloom = 0.01})},
      {"playing timpani", bars({.ratios = {{1, 1.504, 1.742, 2.0, 2.245, 2.494, 2.8}, {1, 1.51, 1.98, 2.44, 2.9}}, .ring = {0.15, 0.8}, .ringSlope = 0.4, .hardness = {150, 900}, .overtoneLoss = 0.2, .click = 0.2, .clickHertz = {60, 600}})},
      {"playing congas", bars({.ratios = {{1, 1.594, 2.136, 2.296, 2.653}, {1, 1.5, 1.95, 2.5}}, .mistuning = 0.05, .ring = {0.06, 0.35}, .ringSlope = 0.4, .hardness = {300, 3000}, .overtoneLoss = 0.6, .click = 0.3})},
      {"playing hammond organ", tonewheelVoice}};
  return all;
}

}  // namespace

const std::set<std::string>& modalClasses() {
  static const std::set<std::string> labels = [] {
    std::set<std::string> names;
    for (const auto& [label, voice] : voices()) names.insert(label);
    return names;
  }();
  return labels;
}

NoteBank modalNoteBank(const InstrumentMap& map, const std::set<std::string>& labels, SampleRate rate, int instruments, int notes,
                       std::uint64_t seed) {
  std::map<std::string, DrawInstrument> makers;
  for (const auto& one : voices())
    makers[one.first] = [&draw = one.second, rate](Random& random) -> PlayNote {
      return [voice = draw(random), rate](double hertz, Random& each) { return note(voice, hertz, rate, each); };
    };
  return computeNotes(makers, map, labels, rate, {"modal", kWeight, instruments, notes, seed});
}

}  // namespace chladni::synth
