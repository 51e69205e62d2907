// SoundfontRenderer: notes played by one preset of a soundfont (SF2 or SF3) through libfluidsynth, without its reverb
// and chorus: rooms are added later. Times in seconds from the start of the rendering, keys are MIDI note numbers,
// velocities 1..127, bends in semitones (at most 12). Output is stereo float at the renderer's rate, 8000 to 96000 Hz.
// Loading a soundfont costs memory and time: keep one renderer per soundfont and thread. Not thread-safe.
// Fails with notFound (no such file), corruptData (not a soundfont), invalidArgument (no such preset), internal.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/data/audio_buffer.h"

namespace chladni::synth {

struct NoteEvent {
  double start = 0.0;
  double duration = 0.5;
  int key = 60;
  int velocity = 100;
  bool operator==(const NoteEvent&) const = default;
};

struct BendEvent {
  double time = 0.0;
  double semitones = 0.0;
  bool operator==(const BendEvent&) const = default;
};

struct Part {
  int bank = 0;  // 128: percussion
  int program = 0;
  double gain = 1.0;
  double pan = 0.5;         // 0 left, 1 right
  double detuneCents = 0.0;
  std::vector<NoteEvent> notes;
  std::vector<BendEvent> bends;  // in order of time
};

class SoundfontRenderer {
 public:
  static Result<SoundfontRenderer> open(const std::filesystem::path& soundfont, SampleRate rate);
  SoundfontRenderer(SoundfontRenderer&&) noexcept;
  SoundfontRenderer& operator=(SoundfontRenderer&&) noexcept;
  ~SoundfontRenderer();

  [[nodiscard]] SampleRate rate() const;
  [[nodiscard]] bool has(int bank, int program) const;
  // At most 14 melodic parts and any number of percussion parts.
  Result<AudioBuffer> render(std::span<const Part> parts, double seconds);

 private:
  struct State;
  explicit SoundfontRenderer(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chladni::synth
