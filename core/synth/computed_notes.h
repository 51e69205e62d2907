// What the computed instruments share: drawing them one after the other, and a bank of the notes they play. Plain values;
// any thread.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "core/synth/note_bank.h"
#include "core/synth/random.h"

namespace chladni::synth {

// Bounds within which a property of an instrument is drawn.
struct Span {
  double low = 0.0, high = 0.0;
  [[nodiscard]] double draw(Random& random) const { return random.uniform(low, high); }
  [[nodiscard]] double drawLog(Random& random) const { return random.logUniform(low, high); }
};

using PlayNote = std::function<std::vector<float>(double hertz, Random&)>;
using DrawInstrument = std::function<PlayNote(Random&)>;  // one that nobody has built

struct ComputedNotes {
  std::string origin;   // "modal"
  double weight = 1.0;  // of each group
  int instruments = 1;  // of each class
  int notes = 1;        // of each, over the usual range
  std::uint64_t seed = 0;
};

// Of each class of `makers` that is in `labels` (empty: all) and in the map; none of the groups counts as recorded.
NoteBank computeNotes(const std::map<std::string, DrawInstrument>& makers, const InstrumentMap& map, const std::set<std::string>& labels,
                      SampleRate rate, const ComputedNotes& wanted);

}  // namespace chladni::synth
