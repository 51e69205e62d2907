#include "core/synth/computed_notes.h"

#include <algorithm>
#include <cmath>

namespace chladni::synth {
namespace {

// Hand drums are tuned anywhere within an octave; everything else is played over its range.
double drawKey(const Instrument& instrument, int place, int notes, Random& random) {
  if (instrument.manner == Manner::hits) return random.uniform(48.0, 64.0);
  const double step = static_cast<double>(instrument.highestKey - instrument.lowestKey) / std::max(1, notes - 1);
  return std::round(instrument.lowestKey + place * step);
}

SoundGroup playedBy(const PlayNote& play, const Instrument& instrument, int notes, SampleRate rate, Random& random) {
  SoundGroup group;
  group.kind = instrument.manner == Manner::hits ? SoundKind::hit : SoundKind::note;
  for (int place = 0; place < notes; ++place) {
    const double key = drawKey(instrument, place, notes, random);
    auto sound = play(440.0 * std::exp2((key - 69.0) / 12.0), random);
    if (tidySound(sound, rate)) group.sounds.push_back({key, std::move(sound)});
  }
  return group;
}

}  // namespace

NoteBank computeNotes(const std::map<std::string, DrawInstrument>& makers, const InstrumentMap& map, const std::set<std::string>& labels,
                      SampleRate rate, const ComputedNotes& wanted) {
  NoteBank bank;
  bank.rate = rate;
  std::uint64_t item = 0;
  for (const auto& [label, draw] : makers) {
    const auto found = map.instruments.find(label);
    if (found == map.instruments.end() || !(labels.empty() || labels.contains(label))) continue;
    for (int n = 0; n < wanted.instruments; ++n) {
      auto random = Random::forItem(wanted.seed, item++);
      auto group = playedBy(draw(random), found->second, wanted.notes, rate, random);
      if (group.sounds.empty()) continue;
      group.label = label;
      group.source = wanted.origin + " " + std::to_string(n + 1);
      group.weight = wanted.weight;
      bank.groups.push_back(std::move(group));
    }
  }
  return bank;
}

}  // namespace chladni::synth
