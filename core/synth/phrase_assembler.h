// PhraseAssembler: makes phrases out of the single notes of a NoteBank: melodies with held, overlapping or short notes,
// repeated notes, chords, rolls, drum patterns, excerpts of passages; each note shifted in pitch (at most four
// semitones), in time and in level. Mono at the bank's rate. All randomness comes from the generator handed in.
// Immutable, borrows the bank; any thread with a generator of its own.
#pragma once

#include <string>
#include <vector>

#include "core/synth/note_bank.h"
#include "core/synth/random.h"

namespace chladni::synth {

struct Phrase {
  std::vector<float> samples;
  bool recorded = false;  // made of recordings
};

class PhraseAssembler {
 public:
  PhraseAssembler(const NoteBank& bank, const InstrumentMap& map);

  [[nodiscard]] bool canPlay(const std::string& label) const;
  // `recordedShare`: how often a recorded group is taken when the class has both kinds and enough recordings, fewer the
  // less often. Precondition: canPlay(label).
  [[nodiscard]] Phrase phrase(const std::string& label, double seconds, double recordedShare, Random& random) const;

 private:
  struct Kit {
    std::vector<const SoundGroup*> kicks, snares, cymbals, toms;
    [[nodiscard]] bool usable() const { return !kicks.empty() && !snares.empty() && !cymbals.empty(); }
  };
  struct Choice {
    std::vector<const SoundGroup*> recorded, rendered;
  };

  [[nodiscard]] const SoundGroup* groupFor(const std::string& label, double recordedShare, Random& random) const;
  [[nodiscard]] std::vector<float> melody(const SoundGroup& group, Manner manner, double seconds, Random& random) const;
  [[nodiscard]] std::vector<float> strokes(const SoundGroup& group, double seconds, Random& random) const;
  [[nodiscard]] std::vector<float> excerpt(const SoundGroup& group, double seconds, Random& random) const;
  [[nodiscard]] std::vector<float> pattern(const Kit& kit, double seconds, Random& random) const;

  const InstrumentMap& map_;
  SampleRate rate_;
  std::map<std::string, Choice> choices_;
  std::vector<Kit> recordedKits_, renderedKits_;
};

// Multiplies the length by 1 / ratio and the pitch by ratio (cubic interpolation), starting at sample `from`.
std::vector<float> shifted(const std::vector<float>& samples, double ratio, std::size_t from, std::size_t wanted);

}  // namespace chladni::synth
