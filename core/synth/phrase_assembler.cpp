#include "core/synth/phrase_assembler.h"

#include <algorithm>
#include <cmath>

#include "core/synth/blown_instruments.h"

namespace chladni::synth {
namespace {

// A phrase is made a little longer than wanted and starts anywhere in its first beats, so that clips do not all begin
// with a clean attack.
constexpr double kLeadSeconds = 1.2;
constexpr double kSofter = 0.3;  // of the phrases

struct Canvas {
  SampleRate rate;
  std::vector<float> samples;

  Canvas(SampleRate r, double seconds) : rate(r), samples(static_cast<std::size_t>(seconds * r.hz())) {}
  [[nodiscard]] std::size_t sampleAt(double seconds) const {
    return static_cast<std::size_t>(std::max(0.0, seconds) * rate.hz());
  }
  // `hold` seconds, then a release of `release` seconds; a hold below zero lets the sound ring to its end.
  void add(const BankSound& sound, double start, double ratio, double gain, double hold, double release) {
    const auto first = sampleAt(start);
    if (first >= samples.size()) return;
    auto note = shifted(sound.samples, ratio, 0, samples.size() - first);
    if (hold >= 0.0) {
      const auto held = sampleAt(hold);
      const auto fade = std::max<std::size_t>(sampleAt(release), 16);
      if (note.size() > held + fade) note.resize(held + fade);
      for (auto n = held; n < note.size(); ++n)
        note[n] *= 1.0F - static_cast<float>(n - held) / static_cast<float>(fade);
    }
    for (std::size_t n = 0; n < note.size(); ++n) samples[first + n] += static_cast<float>(gain) * note[n];
  }
  // The last `seconds` of it, which may begin in the middle of a note.
  [[nodiscard]] std::vector<float> tail(double seconds) const {
    const auto wanted = std::min(samples.size(), static_cast<std::size_t>(seconds * rate.hz()));
    return {samples.end() - static_cast<std::ptrdiff_t>(wanted), samples.end()};
  }
};

double gainOf(double decibels) { return std::pow(10.0, decibels / 20.0); }
double ratioOf(double semitones) { return std::exp2(semitones / 12.0); }

// Mostly what the source plays; wide shifts move the formants with the pitch, as another body of the same kind would.
double shiftFor(Random& random) {
  if (random.chance(0.4)) return random.uniform(-0.15, 0.15);
  return random.chance(0.7) ? random.uniform(-2.0, 2.0) : random.uniform(-4.0, 4.0);
}

double weightOf(const std::vector<const SoundGroup*>& groups) {
  double sum = 0.0;
  for (const auto* group : groups) sum += group->weight;
  return sum;
}

// A random walk over the sounds of a group within a register of its own.
class Walk {
 public:
  Walk(std::int64_t count, Random& random) : random_(random) {
    const auto width = std::min<std::int64_t>(count, random.between(3, 14));
    first_ = random.below(count - width + 1);
    last_ = first_ + width - 1;
    now_ = random.between(first_, last_);
    leaps_ = random.chance(0.4);
  }
  std::int64_t next() {
    if (random_.chance(0.12)) return now_;
    now_ = leaps_ ? random_.between(first_, last_) : std::clamp(now_ + random_.between(-3, 3), first_, last_);
    return now_;
  }
  std::int64_t near(std::int64_t reach) { return std::clamp(now_ + random_.between(-reach, reach), first_, last_); }

 private:
  Random& random_;
  std::int64_t first_ = 0, last_ = 0, now_ = 0;
  bool leaps_ = false;
};

}  // namespace

std::vector<float> shifted(const std::vector<float>& samples, double ratio, std::size_t from, std::size_t wanted) {
  if (samples.size() < from + 4) return {};
  const auto available = static_cast<std::size_t>(static_cast<double>(samples.size() - from - 3) / ratio);
  const auto count = std::min(wanted, available);
  if (std::abs(ratio - 1.0) < 1e-6)
    return {samples.begin() + static_cast<std::ptrdiff_t>(from), samples.begin() + static_cast<std::ptrdiff_t>(from + count)};
  std::vector<float> result(count);
  for (std::size_t n = 0; n < count; ++n) {
    const double position = static_cast<double>(n) * ratio;
    const auto whole = static_cast<std::size_t>(position);
    const auto t = static_cast<float>(position - static_cast<double>(whole));
    const float* p = samples.data() + from + whole;
    const float before = whole + from > 0 ? p[-1] : p[0];
    const float a = 0.5F * (3.0F * (p[0] - p[1]) - before + p[2]);
    const float b = 2.0F * p[1] + before - 0.5F * (5.0F * p[0] + p[2]);
    const float c = 0.5F * (p[1] - before);
    result[n] = ((a * t + b) * t + c) * t + p[0];
  }
  return result;
}

PhraseAssembler::PhraseAssembler(const NoteBank& bank, const InstrumentMap& map) : map_(map), rate_(bank.rate) {
  std::map<std::pair<std::string, bool>, Kit> kits;
  for (const auto& group : bank.groups) {
    if (group.sounds.empty()) continue;
    auto& choice = choices_[group.label];
    (group.recorded ? choice.recorded : choice.rendered).push_back(&group);
    if (group.kind != SoundKind::hit) continue;
    auto& kit = kits[{group.source, group.recorded}];
    if (group.label == "playing bass drum") kit.kicks.push_back(&group);
    if (group.label == "playing snare drum") kit.snares.push_back(&group);
    if (group.label == "playing cymbal") kit.cymbals.push_back(&group);
    if (group.label == "tom") kit.toms.push_back(&group);
  }
  for (const auto& [origin, kit] : kits)
    if (kit.usable()) (origin.second ? recordedKits_ : renderedKits_).push_back(kit);
}

bool PhraseAssembler::canPlay(const std::string& label) const {
  if (label == "playing drum kit" && !(recordedKits_.empty() && renderedKits_.empty())) return true;
  return choices_.contains(label);
}

const SoundGroup* PhraseAssembler::groupFor(const std::string& label, double recordedShare, Random& random) const {
  const auto found = choices_.find(label);
  if (found == choices_.end()) return nullptr;
  const auto& choice = found->second;
  const double enough = std::min(1.0, weightOf(choice.recorded));
  const bool recorded = choice.rendered.empty() || (!choice.recorded.empty() && random.chance(recordedShare * enough));
  const auto& groups = recorded ? choice.recorded : choice.rendered;
  double left = random.uniform(0.0, weightOf(groups));
  for (const auto* group : groups)
    if ((left -= group->weight) < 0.0) return group;
  return groups.back();
}

Phrase PhraseAssembler::phrase(const std::string& label, double seconds, double recordedShare, Random& random) const {
  const auto instrument = map_.instruments.find(label);
  const Manner manner = instrument == map_.instruments.end() ? Manner::solo : instrument->second.manner;
  const auto* group = groupFor(label, recordedShare, random);
  const bool kitsOnly = group == nullptr;
  if (manner == Manner::kit && (kitsOnly || !group->recorded || random.chance(0.6))) {
    const bool recorded = renderedKits_.empty() || (!recordedKits_.empty() && random.chance(recordedShare));
    const auto& kits = recorded ? recordedKits_ : renderedKits_;
    if (!kits.empty())
      return {pattern(kits[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(kits.size())))], seconds, random), recorded};
  }
  if (!group) return {std::vector<float>(static_cast<std::size_t>(seconds * rate_.hz())), false};
  if (group->kind == SoundKind::passage) return {excerpt(*group, seconds, random), group->recorded};
  if (group->kind == SoundKind::hit || manner == Manner::hits) return {strokes(*group, seconds, random), group->recorded};
  Phrase phrase{melody(*group, manner, seconds, random), group->recorded};
  if (random.chance(kSofter)) playSofter(phrase.samples, label, rate_, random);
  return phrase;
}

std::vector<float> PhraseAssembler::melody(const SoundGroup& group, Manner manner, double seconds, Random& random) const {
  Canvas canvas(rate_, seconds + kLeadSeconds);
  const auto count = static_cast<std::int64_t>(group.sounds.size());
  Walk walk(count, random);
  const double beat = manner == Manner::voice ? random.logUniform(0.4, 1.6) : random.logUniform(0.13, 1.3);
  const double transpose = shiftFor(random);
  const double swing = random.uniform(0.0, 0.3);
  const bool rings = random.chance(manner == Manner::chords ? 0.55 : 0.3);
  const double legato = random.uniform(0.35, 1.35);
  const bool chords = manner == Manner::chords && random.chance(0.4);
  const double strum = random.uniform(0.0, 0.04);
  double time = random.uniform(0.0, 0.4);
  while (time < seconds + kLeadSeconds) {
    const double length = beat * (random.chance(0.25) ? 2.0 : 1.0) * random.uniform(1.0 - swing, 1.0 + swing);
    const auto voices = chords && random.chance(0.6) ? random.between(2, 4) : 1;
    const auto centre = walk.next();
    for (std::int64_t v = 0; v < voices; ++v) {
      const auto index = v == 0 ? centre : walk.near(7);
      const double detune = transpose + random.normal() * 0.04;
      canvas.add(group.sounds[static_cast<std::size_t>(index)], time + strum * static_cast<double>(v), ratioOf(detune),
                 gainOf(random.uniform(-8.0, 2.0)), rings ? -1.0 : length * legato, random.uniform(0.03, 0.2));
    }
    time += random.chance(0.08) ? 2.0 * length : length;
  }
  return canvas.tail(seconds);
}

std::vector<float> PhraseAssembler::strokes(const SoundGroup& group, double seconds, Random& random) const {
  Canvas canvas(rate_, seconds + kLeadSeconds);
  const double beat = random.logUniform(0.09, 0.9);
  const double loose = random.uniform(0.0, 0.25);
  const double transpose = random.chance(0.5) ? random.uniform(-2.0, 2.0) : 0.0;
  const double rests = random.uniform(0.0, 0.4);
  const auto few = std::min<std::int64_t>(static_cast<std::int64_t>(group.sounds.size()), random.between(1, 6));
  std::vector<std::int64_t> used;
  for (std::int64_t n = 0; n < few; ++n) used.push_back(random.below(static_cast<std::int64_t>(group.sounds.size())));
  for (double time = random.uniform(0.0, beat); time < seconds + kLeadSeconds;
       time += beat * random.uniform(1.0 - loose, 1.0 + loose)) {
    if (random.chance(rests)) continue;
    const auto index = used[static_cast<std::size_t>(random.below(few))];
    canvas.add(group.sounds[static_cast<std::size_t>(index)], time, ratioOf(transpose + random.normal() * 0.1),
               gainOf(random.uniform(-10.0, 2.0)), -1.0, 0.0);
  }
  return canvas.tail(seconds);
}

std::vector<float> PhraseAssembler::excerpt(const SoundGroup& group, double seconds, Random& random) const {
  const auto& sound = group.sounds[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(group.sounds.size())))];
  const auto wanted = static_cast<std::size_t>(seconds * rate_.hz());
  const double ratio = ratioOf(shiftFor(random));
  const auto needed = static_cast<std::size_t>(static_cast<double>(wanted) * ratio) + 8;
  const auto spare = sound.samples.size() > needed ? sound.samples.size() - needed : 0;
  auto result = shifted(sound.samples, ratio, static_cast<std::size_t>(random.uniform() * static_cast<double>(spare)), wanted);
  result.resize(wanted);
  return result;
}

std::vector<float> PhraseAssembler::pattern(const Kit& kit, double seconds, Random& random) const {
  Canvas canvas(rate_, seconds + kLeadSeconds);
  const double step = random.logUniform(0.1, 0.26);  // an eighth or a sixteenth
  const double transpose = random.uniform(-1.5, 1.5);
  const auto pick = [&](const std::vector<const SoundGroup*>& groups) -> const BankSound& {
    const auto& group = *groups[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(groups.size())))];
    return group.sounds[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(group.sounds.size())))];
  };
  const BankSound* kick = &pick(kit.kicks);
  const BankSound* snare = &pick(kit.snares);
  const BankSound* hat = &pick(kit.cymbals);
  const double kickOften = random.uniform(0.25, 0.6), hatOften = random.uniform(0.35, 1.0), ghost = random.uniform(0.0, 0.2);
  const bool free = random.chance(0.35);  // any drum at any time, as when single hits are tried one after the other
  int index = static_cast<int>(random.below(8));
  for (double time = 0.0; time < seconds + kLeadSeconds; time += step * random.uniform(0.96, 1.04), ++index) {
    const auto strike = [&](const BankSound& sound, double decibels) {
      canvas.add(sound, time, ratioOf(transpose), gainOf(decibels + random.uniform(-5.0, 1.0)), -1.0, 0.0);
    };
    if (free) {
      if (random.chance(0.5)) continue;
      const auto which = random.below(kit.toms.empty() ? 3 : 4);
      strike(which == 0 ? pick(kit.kicks) : which == 1 ? pick(kit.snares) : which == 2 ? pick(kit.cymbals) : pick(kit.toms), 0.0);
      continue;
    }
    const int beat = index % 8;
    if (beat == 0 || (beat != 4 && random.chance(kickOften * 0.5))) strike(*kick, 2.0);
    if (beat == 4 || random.chance(ghost)) strike(*snare, 0.0);
    if (random.chance(hatOften)) strike(random.chance(0.1) ? pick(kit.cymbals) : *hat, -8.0);
    if (!kit.toms.empty() && random.chance(0.05)) strike(pick(kit.toms), 0.0);
  }
  return canvas.tail(seconds);
}

}  // namespace chladni::synth
