// EventSounds: a sound for each class of AVE that can be made without a recording: instruments play phrases on the
// soundfonts that are installed, everything else is synthesised here from its physics in a few lines: a likeness by
// which people know what is meant, not a recording. Sounds fill their whole length (pauses are below half a second).
// Mono at the rate given; level about -20 dB. Open once per thread: soundfonts stay loaded. Not thread-safe.
// Fails with notFound or corruptData (maps, a broken soundfont), invalidArgument (a class without a sound).
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/synth/instrument_map.h"
#include "core/synth/sound_bricks.h"
#include "core/synth/soundfont_renderer.h"

namespace chladni::synth {

class EventSounds {
 public:
  // An empty folder: the maps that came with the program.
  static Result<EventSounds> open(SampleRate rate, const std::filesystem::path& maps = {});

  // The classes that have a sound here, in the order of AVE; instruments only where a soundfont plays them.
  [[nodiscard]] const std::vector<std::string>& classes() const { return classes_; }
  [[nodiscard]] bool has(const std::string& label) const;
  Result<Sound> make(const std::string& label, double seconds, Random& random);

 private:
  explicit EventSounds(SampleRate rate) : rate_(rate) {}
  Result<Sound> play(const std::string& instrument, double seconds, Random& random);

  SampleRate rate_;
  InstrumentMap map_;
  std::map<std::string, std::vector<SoundfontPreset>> presets_;  // by the instrument's label in the map
  std::vector<std::string> classes_;
  std::map<std::string, SoundfontRenderer> renderers_;  // by file name
};

// The synthesised ones. A recipe makes `seconds` of sound.
using SoundRecipe = Sound (*)(double seconds, SampleRate rate, Random& random);
struct NamedRecipe {
  const char* label;
  SoundRecipe recipe;
};
const std::vector<NamedRecipe>& engineSounds();  // event_engines.cpp
const std::vector<NamedRecipe>& voiceSounds();   // event_voices.cpp
const std::vector<NamedRecipe>& objectSounds();  // event_objects.cpp

}  // namespace chladni::synth
