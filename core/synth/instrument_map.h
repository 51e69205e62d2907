// InstrumentMap: the facts about which sounds make which class, read from resources/maps: how an instrument is played
// (instruments.csv), which soundfont presets sound like it (soundfont_presets.csv; only firm matches) and which keys of
// a drum kit belong to which class (drum_notes.csv; "tom" is a part of kits, not a class). Keys are MIDI note numbers.
// load() with an empty folder looks where the program was installed, then in the source tree it was built from.
// Fails with notFound or corruptData. Immutable plain data.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace chladni::synth {

enum class Manner {
  solo,    // one note at a time
  chords,  // single notes and chords
  voice,   // one note at a time, long
  hits,    // strokes without a melody
  kit      // patterns of several kinds of strokes
};

struct Instrument {
  std::string label;
  Manner manner = Manner::solo;
  int lowestKey = 0;
  int highestKey = 127;
};

struct SoundfontPreset {
  std::string soundfont;  // file name, "FluidR3_GM.sf2"
  int bank = 0;           // 128: percussion, keys are instruments
  int program = 0;
  std::string name;
  std::string label;
};

struct InstrumentMap {
  std::map<std::string, Instrument> instruments;  // by label
  std::vector<SoundfontPreset> presets;
  std::map<int, std::string> drumLabels;  // by key

  static Result<InstrumentMap> load(const std::filesystem::path& folder = {});
};

// A soundfont by file name in the places where Debian has them, or in the folder CHLADNI_SOUNDFONTS instead; empty when absent.
std::filesystem::path findSoundfont(const std::string& fileName);

}  // namespace chladni::synth
