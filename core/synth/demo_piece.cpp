#include "core/synth/demo_piece.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/media/wav_writer.h"
#include "core/synth/instrument_map.h"
#include "core/synth/random.h"
#include "core/synth/sound_colour.h"

namespace chladni::synth {
namespace {

constexpr double kBeat = 0.5;         // seconds
constexpr double kPhrase = 16 * kBeat;  // four bars

struct Tone {
  int key;
  double beats;
};

// The theme, first ending and second ending.
constexpr std::array<Tone, 15> kFirst{{{66, 1}, {66, 1}, {67, 1}, {69, 1}, {69, 1}, {67, 1}, {66, 1}, {64, 1}, {62, 1}, {62, 1}, {64, 1}, {66, 1}, {66, 1.5}, {64, 0.5}, {64, 2}}};
constexpr std::array<Tone, 15> kSecond{{{66, 1}, {66, 1}, {67, 1}, {69, 1}, {69, 1}, {67, 1}, {66, 1}, {64, 1}, {62, 1}, {62, 1}, {64, 1}, {66, 1}, {64, 1.5}, {62, 0.5}, {62, 2}}};
// One root for each half bar under the theme.
constexpr std::array<int, 8> kRoots{{50, 50, 45, 45, 50, 50, 45, 45}};

void addTheme(Part& part, const std::array<Tone, 15>& theme, double start, int transpose, int velocity) {
  double time = start;
  for (const auto& tone : theme) {
    part.notes.push_back({time, tone.beats * kBeat * 0.92, tone.key + transpose, velocity});
    time += tone.beats * kBeat;
  }
}

void addBass(Part& part, double start, int velocity) {
  for (std::size_t half = 0; half < kRoots.size(); ++half)
    part.notes.push_back({start + static_cast<double>(half) * 2.0 * kBeat, 1.9 * kBeat, kRoots[half], velocity});
}

void addBrokenChords(Part& part, double start, int velocity) {
  for (std::size_t half = 0; half < kRoots.size(); ++half) {
    const bool dominant = kRoots[half] == 45;
    const std::array<int, 4> keys = dominant ? std::array<int, 4>{57, 61, 64, 61} : std::array<int, 4>{57, 62, 66, 62};
    for (std::size_t n = 0; n < keys.size(); ++n)
      part.notes.push_back({start + (2.0 * static_cast<double>(half) + 0.5 * static_cast<double>(n)) * kBeat, 0.55 * kBeat, keys[n], velocity});
  }
}

void addDrums(Part& part, double start) {
  for (int beat = 0; beat < 16; ++beat) {
    const double time = start + beat * kBeat;
    part.notes.push_back({time, 0.2, beat % 2 == 0 ? 36 : 38, 84});
    for (const double half : {0.0, 0.5}) part.notes.push_back({time + half * kBeat, 0.1, 42, half > 0.0 ? 48 : 64});
  }
}

std::filesystem::path anySoundfont() {
  for (const char* name : {"FluidR3_GM.sf2", "TimGM6mb.sf2"})
    if (auto path = findSoundfont(name); !path.empty()) return path;
  return {};
}

}  // namespace

std::vector<Part> demoParts() {
  Part cello{0, 42, 1.0, 0.45, 0.0, {}, {}}, flute{0, 73, 1.0, 0.6, 0.0, {}, {}}, piano{0, 0, 1.0, 0.35, 0.0, {}, {}};
  Part trumpet{0, 56, 1.0, 0.65, 0.0, {}, {}}, drums{128, 0, 1.0, 0.5, 0.0, {}, {}};
  addTheme(cello, kFirst, 0.0, -12, 96);
  addTheme(flute, kSecond, kPhrase, 12, 100);
  addBass(cello, kPhrase, 62);
  addTheme(piano, kFirst, 2 * kPhrase, 0, 96);
  addBass(piano, 2 * kPhrase, 72);
  addTheme(trumpet, kSecond, 3 * kPhrase, 0, 104);
  addBrokenChords(piano, 3 * kPhrase, 60);
  addBass(cello, 3 * kPhrase, 70);
  addDrums(drums, 3 * kPhrase);
  const double last = 4 * kPhrase;
  for (const int key : {62, 66, 69, 74}) piano.notes.push_back({last, 3.0, key, 84});
  cello.notes.push_back({last, 3.0, 38, 80});
  trumpet.notes.push_back({last, 2.5, 74, 96});
  drums.notes.push_back({last, 1.0, 49, 90});
  return {cello, flute, piano, trumpet, drums};
}

std::string demoScore() {
  static constexpr std::array<const char*, 5> kNames{"cello", "flute", "piano", "trumpet", "drums"};
  std::string text = "part,start,duration,key\n";
  const auto parts = demoParts();
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (const auto& note : parts[p].notes) {
      char line[80];
      std::snprintf(line, sizeof line, "%s,%.3f,%.3f,%d\n", kNames[p], note.start, note.duration, note.key);
      text += line;
    }
  return text;
}

Result<void> renderDemoPiece(const std::filesystem::path& out) {
  const auto soundfont = anySoundfont();
  if (soundfont.empty())
    return fail(ErrorCode::notFound, "no soundfont is installed; install fluid-soundfont-gm or timgm6mb-soundfont");
  auto renderer = SoundfontRenderer::open(soundfont, SampleRate(44100));
  if (!renderer) return fail(renderer.error());
  auto sound = renderer->render(demoParts(), kDemoSeconds);
  if (!sound) return fail(sound.error());
  float peak = 0.0F;
  for (auto& channel : sound->channels) {
    Random random(7);  // the same room on both sides, a little different for each
    addRoom(channel, sound->rate, 0.9, &channel == &sound->channels.front() ? 0.16 : 0.18, random);
    for (const float sample : channel) peak = std::max(peak, std::abs(sample));
  }
  if (peak > 0.0F)
    for (auto& channel : sound->channels)
      for (float& sample : channel) sample *= 0.85F / peak;
  return media::writeWav(out, *sound);
}

}  // namespace chladni::synth
