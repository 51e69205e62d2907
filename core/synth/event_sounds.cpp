#include "core/synth/event_sounds.h"

#include "core/datasets/ave_annotations.h"
#include "core/synth/phrase_writer.h"

namespace chladni::synth {
namespace {

constexpr double kLevel = -20.0;
constexpr double kFade = 0.02;

// The classes of AVE that are instruments, by their names in the maps.
const std::map<std::string, std::string>& instrumentOfClass() {
  static const std::map<std::string, std::string> names{
      {"Violin, fiddle", "playing violin, fiddle"}, {"Flute", "playing flute"}, {"Ukulele", "playing ukulele"},
      {"Acoustic guitar", "playing acoustic guitar"}, {"Banjo", "playing banjo"}, {"Accordion", "playing accordion"},
      {"Mandolin", "playing mandolin"}};
  return names;
}

SoundRecipe recipeFor(const std::string& label) {
  for (const auto* recipes : {&engineSounds(), &voiceSounds(), &objectSounds()})
    for (const auto& named : *recipes)
      if (label == named.label) return named.recipe;
  return nullptr;
}

}  // namespace

Result<EventSounds> EventSounds::open(SampleRate rate, const std::filesystem::path& maps) {
  auto map = InstrumentMap::load(maps);
  if (!map) return fail(map.error());
  EventSounds sounds(rate);
  sounds.map_ = std::move(*map);
  for (const auto& preset : sounds.map_.presets)
    if (preset.bank != 128 && sounds.map_.instruments.contains(preset.label) && !preset.soundfont.ends_with(".sf3") && !findSoundfont(preset.soundfont).empty())
      sounds.presets_[preset.label].push_back(preset);
  for (const auto label : datasets::aveClasses())
    if (sounds.has(std::string(label))) sounds.classes_.emplace_back(label);
  return sounds;
}

bool EventSounds::has(const std::string& label) const {
  if (recipeFor(label)) return true;
  const auto instrument = instrumentOfClass().find(label);
  return instrument != instrumentOfClass().end() && presets_.contains(instrument->second);
}

Result<Sound> EventSounds::make(const std::string& label, double seconds, Random& random) {
  if (!has(label)) return fail(ErrorCode::invalidArgument, "there is no sound for \"" + label + "\"; instruments need fluid-soundfont-gm or timgm6mb-soundfont");
  const auto recipe = recipeFor(label);
  auto sound = recipe ? Result<Sound>(recipe(seconds, rate_, random)) : play(instrumentOfClass().at(label), seconds, random);
  if (!sound) return sound;
  setLevel(*sound, kLevel);
  fadeEnds(*sound, kFade, rate_);
  return sound;
}

Result<Sound> EventSounds::play(const std::string& instrument, double seconds, Random& random) {
  const auto& presets = presets_.at(instrument);
  const auto& preset = presets[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(presets.size())))];
  auto found = renderers_.find(preset.soundfont);
  if (found == renderers_.end()) {
    auto opened = SoundfontRenderer::open(findSoundfont(preset.soundfont), rate_);
    if (!opened) return fail(opened.error());
    found = renderers_.emplace(preset.soundfont, std::move(*opened)).first;
  }
  Part part{preset.bank, preset.program, 1.0, 0.5, random.uniform(-20.0, 20.0), {}, {}};
  writePhrase(part, map_.instruments.at(instrument), map_.drumLabels, seconds, random);
  auto stereo = found->second.render(std::span(&part, 1), seconds);
  if (!stereo) return fail(stereo.error(), preset.soundfont);
  Sound mono(sampleCount(seconds, rate_));
  for (std::size_t n = 0; n < std::min(mono.size(), stereo->channels[0].size()); ++n) mono[n] = 0.5F * (stereo->channels[0][n] + stereo->channels[1][n]);
  return mono;
}

}  // namespace chladni::synth
