// PieceWriter: short pieces for one to four voices as a score, and their sound made of the notes of a NoteBank, so that
// what is heard and what a picture of the score shows (score_animation.h) are one. Pitched voices play phrases of
// phrase_writer.h; the others repeat strokes. Times in seconds from the start, keys are MIDI note numbers, loudness 0 to 1.
// Deterministic: all randomness comes from the generator handed in. Immutable, borrows bank and map; any thread.
#pragma once

#include <vector>

#include "core/synth/note_bank.h"
#include "core/synth/random.h"

namespace chladni::synth {

struct PieceNote {
  double start = 0.0;
  double duration = 0.5;
  double key = 60.0;
  double loudness = 1.0;
};

struct PieceVoice {
  const SoundGroup* group = nullptr;
  double lowestKey = 0.0, highestKey = 127.0;  // of its notes
  std::vector<PieceNote> notes;                // by rising start
};

struct Piece {
  double seconds = 0.0;
  std::vector<PieceVoice> voices;
};

class PieceWriter {
 public:
  static constexpr double kMostShift = 4.0;  // semitones by which a note of the bank is played higher or lower
  PieceWriter(const NoteBank& bank, const InstrumentMap& map);

  // Groups that can be played; 0: nothing can, and write() must not be called.
  [[nodiscard]] std::size_t groups() const { return pitched_.size() + strokes_.size(); }
  [[nodiscard]] Piece write(double seconds, Random& random) const;
  // Mono at the bank's rate, at most `peak` high.
  [[nodiscard]] std::vector<float> play(const Piece& piece, float peak = 0.8F) const;

 private:
  [[nodiscard]] PieceVoice melody(const SoundGroup& group, double seconds, Random& random) const;
  [[nodiscard]] PieceVoice strokes(const SoundGroup& group, double seconds, Random& random) const;

  const InstrumentMap& map_;
  SampleRate rate_;
  std::vector<const SoundGroup*> pitched_, strokes_;
};

}  // namespace chladni::synth
