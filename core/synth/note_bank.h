// NoteBank: single notes, strokes and passages held in memory as mono sound of one rate, grouped by instrument and
// origin: one group is one class of one source, and a phrase never leaves its group. Groups come from a manifest of
// recordings (columns file or path, class or labels, empty where it is no instrument; optional source, kind note|hit|passage, midi_note, origin
// recorded|rendered) or from
// soundfonts, whose isolated notes are rendered here. Leading silence is cut, levels are made equal; a recorded group of
// less than a minute weighs as much less, so that one clip is not learned by heart.
// Immutable after loading; any thread may read. Fails with notFound, io, corruptData, cancelled.
#pragma once

#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/base/units.h"
#include "core/synth/instrument_map.h"

namespace chladni::synth {

enum class SoundKind { note, hit, passage };

struct BankSound {
  double key = -1.0;  // MIDI note number; below zero: unknown
  std::vector<float> samples;
};

// The label of sounds that are no instrument: animals, things, speech. In a manifest: a row without a class.
inline const std::string kNoInstrument;

struct SoundGroup {
  std::string label;
  std::string source;
  bool recorded = false;
  SoundKind kind = SoundKind::note;
  std::vector<BankSound> sounds;  // by rising key
  double weight = 1.0;            // how often it is drawn against others of its class and origin; above 0, at most 1
};

struct NoteBank {
  SampleRate rate;
  std::vector<SoundGroup> groups;

  void append(NoteBank other);  // of the same rate
};

// Cuts silence at both ends and brings the loudest tenth of a second to the level of all sounds of a bank; false when
// there is nothing to hear.
bool tidySound(std::vector<float>& samples, SampleRate rate);

Result<NoteBank> loadRecordedNotes(const std::filesystem::path& manifest, SampleRate rate,
                                   const ProgressSink& progress = {}, std::stop_token stop = {});

// Notes of every preset whose class is in `labels` (empty: all) of every soundfont that is installed; `notesPerPreset`
// spread over the instrument's usual range.
Result<NoteBank> renderNoteBank(const InstrumentMap& map, const std::set<std::string>& labels, SampleRate rate,
                                int notesPerPreset, const ProgressSink& progress = {}, std::stop_token stop = {});

}  // namespace chladni::synth
