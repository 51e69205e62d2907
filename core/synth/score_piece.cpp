#include "core/synth/score_piece.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/assert.h"
#include "core/synth/phrase_assembler.h"
#include "core/synth/phrase_writer.h"

namespace chladni::synth {
namespace {

constexpr double kRelease = 0.08;       // seconds in which a note that ends fades
constexpr double kPitchedShare = 0.85;  // of voices
constexpr double kStrokeSeconds = 0.3;

const BankSound& nearestSound(const SoundGroup& group, double key) {
  return *std::min_element(group.sounds.begin(), group.sounds.end(), [&](const BankSound& a, const BankSound& b) {
    return std::abs(a.key - key) < std::abs(b.key - key);
  });
}

void addNote(std::vector<float>& mix, const SoundGroup& group, const PieceNote& note, SampleRate rate) {
  const bool pitched = group.kind == SoundKind::note;
  // Strokes have no pitch: their key is the number of the sound.
  const auto& sound = pitched ? nearestSound(group, note.key) : group.sounds[static_cast<std::size_t>(note.key) % group.sounds.size()];
  const double ratio = pitched ? std::exp2((note.key - sound.key) / 12.0) : 1.0;
  const auto first = static_cast<std::size_t>(std::max(note.start, 0.0) * rate.hz());
  if (first >= mix.size()) return;
  const auto held = static_cast<std::size_t>(note.duration * rate.hz());
  const auto release = static_cast<std::size_t>(kRelease * rate.hz());
  const auto wanted = std::min(mix.size() - first, pitched ? held + release : sound.samples.size());
  const auto samples = ratio == 1.0 ? sound.samples : shifted(sound.samples, ratio, 0, wanted);
  const auto gain = static_cast<float>(note.loudness * note.loudness);
  for (std::size_t n = 0; n < std::min(wanted, samples.size()); ++n) {
    const float fade = !pitched || n < held ? 1.0F : 1.0F - static_cast<float>(n - held) / static_cast<float>(release);
    mix[first + n] += gain * fade * samples[n];
  }
}

void setKeys(PieceVoice& voice) {
  if (voice.notes.empty()) return;
  const auto [low, high] = std::minmax_element(voice.notes.begin(), voice.notes.end(), [](const PieceNote& a, const PieceNote& b) { return a.key < b.key; });
  voice.lowestKey = low->key;
  voice.highestKey = high->key;
}

}  // namespace

PieceWriter::PieceWriter(const NoteBank& bank, const InstrumentMap& map) : map_(map), rate_(bank.rate) {
  for (const auto& group : bank.groups) {
    const auto instrument = map.instruments.find(group.label);
    if (group.sounds.empty() || instrument == map.instruments.end()) continue;
    const bool keys = std::all_of(group.sounds.begin(), group.sounds.end(), [](const BankSound& sound) { return sound.key >= 0.0; });
    const bool melodic = instrument->second.manner != Manner::hits && instrument->second.manner != Manner::kit;
    if (group.kind == SoundKind::note && keys && melodic) pitched_.push_back(&group);
    if (group.kind == SoundKind::hit) strokes_.push_back(&group);
  }
}

PieceVoice PieceWriter::melody(const SoundGroup& group, double seconds, Random& random) const {
  Part part;
  writePhrase(part, map_.instruments.at(group.label), map_.drumLabels, seconds, random);
  PieceVoice voice{&group, 0.0, 127.0, {}};
  for (const auto& note : part.notes) {
    if (note.start >= seconds) continue;
    // What the bank cannot reach is played where it can, and shown there.
    const double key = nearestSound(group, note.key).key;
    const double played = key + std::clamp(note.key - key, -kMostShift, kMostShift);
    voice.notes.push_back({note.start, note.duration, played, static_cast<double>(note.velocity) / 127.0});
  }
  setKeys(voice);
  return voice;
}

PieceVoice PieceWriter::strokes(const SoundGroup& group, double seconds, Random& random) const {
  PieceVoice voice{&group, 0.0, 127.0, {}};
  const double beat = random.logUniform(0.15, 0.8);
  const double rests = random.uniform(0.0, 0.4);
  for (double time = random.uniform(0.0, 0.3); time < seconds; time += beat * random.uniform(0.97, 1.03)) {
    if (random.chance(rests)) continue;
    const auto sound = random.below(std::min<std::int64_t>(static_cast<std::int64_t>(group.sounds.size()), 4));
    voice.notes.push_back({time, kStrokeSeconds, static_cast<double>(sound), random.uniform(0.5, 1.0)});
  }
  setKeys(voice);
  return voice;
}

Piece PieceWriter::write(double seconds, Random& random) const {
  CHLADNI_ASSERT(groups() > 0);
  constexpr std::array<std::int64_t, 8> kVoices{1, 1, 1, 2, 2, 2, 3, 4};
  Piece piece{seconds, {}};
  const auto count = kVoices[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(kVoices.size())))];
  for (std::int64_t n = 0; n < count; ++n) {
    const bool pitched = strokes_.empty() || (!pitched_.empty() && (n == 0 || random.chance(kPitchedShare)));
    const auto& from = pitched ? pitched_ : strokes_;
    const auto& group = *from[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(from.size())))];
    piece.voices.push_back(pitched ? melody(group, seconds, random) : strokes(group, seconds, random));
  }
  return piece;
}

std::vector<float> PieceWriter::play(const Piece& piece, float peak) const {
  std::vector<float> mix(static_cast<std::size_t>(piece.seconds * rate_.hz()));
  for (const auto& voice : piece.voices)
    for (const auto& note : voice.notes) addNote(mix, *voice.group, note, rate_);
  float highest = 0.0F;
  for (const float sample : mix) highest = std::max(highest, std::abs(sample));
  if (highest > peak)
    for (float& sample : mix) sample *= peak / highest;
  return mix;
}

}  // namespace chladni::synth
