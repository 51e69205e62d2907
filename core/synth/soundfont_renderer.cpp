#include "core/synth/soundfont_renderer.h"

#include <fluidsynth.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace chladni::synth {
namespace {

constexpr int kChannels = 64;
constexpr int kMelodicChannels = 14;
constexpr int kBendRange = 12;
constexpr int kPanController = 10;
constexpr std::int64_t kSynthBlock = 64;  // samples that fluidsynth makes at a time

struct SettingsDelete {
  void operator()(fluid_settings_t* settings) const { delete_fluid_settings(settings); }
};
struct SynthDelete {
  void operator()(fluid_synth_t* synth) const { delete_fluid_synth(synth); }
};

enum class Kind { noteOff, bend, noteOn };  // in this order when at the same time

struct TimedEvent {
  std::int64_t sample = 0;
  Kind kind = Kind::noteOn;
  int channel = 0;
  int key = 0;
  int value = 0;  // velocity or bend
};

int bendValue(double semitones) {
  return static_cast<int>(std::clamp(std::lround(8192.0 + 8192.0 * semitones / kBendRange), 0L, 16383L));
}

std::vector<TimedEvent> eventsOf(std::span<const Part> parts, const std::vector<int>& channels, SampleRate rate) {
  std::vector<TimedEvent> events;
  const auto sampleAt = [&](double seconds) { return static_cast<std::int64_t>(std::llround(seconds * rate.hz())); };
  for (std::size_t p = 0; p < parts.size(); ++p) {
    const auto& part = parts[p];
    const double detune = part.detuneCents / 100.0;
    events.push_back({0, Kind::bend, channels[p], 0, bendValue(detune)});
    for (const auto& bend : part.bends)
      events.push_back({sampleAt(bend.time), Kind::bend, channels[p], 0, bendValue(bend.semitones + detune)});
    for (const auto& note : part.notes) {
      const int velocity = std::clamp(static_cast<int>(std::lround(note.velocity * std::sqrt(part.gain))), 1, 127);
      events.push_back({sampleAt(note.start), Kind::noteOn, channels[p], note.key, velocity});
      events.push_back({sampleAt(note.start + note.duration), Kind::noteOff, channels[p], note.key, 0});
    }
  }
  std::stable_sort(events.begin(), events.end(), [](const TimedEvent& a, const TimedEvent& b) {
    return a.sample != b.sample ? a.sample < b.sample : a.kind < b.kind;
  });
  return events;
}

void play(fluid_synth_t* synth, const TimedEvent& event) {
  switch (event.kind) {
    case Kind::noteOff: fluid_synth_noteoff(synth, event.channel, event.key); break;
    case Kind::bend: fluid_synth_pitch_bend(synth, event.channel, event.value); break;
    case Kind::noteOn: fluid_synth_noteon(synth, event.channel, event.key, event.value); break;
  }
}

}  // namespace

struct SoundfontRenderer::State {
  std::unique_ptr<fluid_settings_t, SettingsDelete> settings;  // outlives the synth
  std::unique_ptr<fluid_synth_t, SynthDelete> synth;
  int soundfont = -1;
  SampleRate rate;
};

SoundfontRenderer::SoundfontRenderer(std::unique_ptr<State> state) : state_(std::move(state)) {}
SoundfontRenderer::SoundfontRenderer(SoundfontRenderer&&) noexcept = default;
SoundfontRenderer& SoundfontRenderer::operator=(SoundfontRenderer&&) noexcept = default;
SoundfontRenderer::~SoundfontRenderer() = default;

SampleRate SoundfontRenderer::rate() const { return state_->rate; }

Result<SoundfontRenderer> SoundfontRenderer::open(const std::filesystem::path& soundfont, SampleRate rate) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(soundfont, ignored))
    return fail(ErrorCode::notFound, soundfont.string() + ": no such soundfont; install fluid-soundfont-gm or timgm6mb-soundfont");
  if (rate.hz() < 8000 || rate.hz() > 96000)
    return fail(ErrorCode::invalidArgument, "soundfonts render at 8000 to 96000 Hz, not " + std::to_string(rate.hz()));
  // Fluidsynth reports on stderr what is returned here as an error.
  for (const int level : {FLUID_PANIC, FLUID_ERR, FLUID_WARN, FLUID_INFO, FLUID_DBG})
    fluid_set_log_function(level, nullptr, nullptr);

  auto state = std::make_unique<State>();
  state->rate = rate;
  state->settings.reset(new_fluid_settings());
  if (!state->settings) return fail(ErrorCode::outOfMemory, "no memory for the synthesiser; close other programs");
  auto* settings = state->settings.get();
  fluid_settings_setnum(settings, "synth.sample-rate", rate.hz());
  fluid_settings_setnum(settings, "synth.gain", 0.6);
  fluid_settings_setint(settings, "synth.reverb.active", 0);
  fluid_settings_setint(settings, "synth.chorus.active", 0);
  fluid_settings_setint(settings, "synth.midi-channels", kChannels);
  fluid_settings_setint(settings, "synth.threadsafe-api", 0);
  fluid_settings_setint(settings, "synth.dynamic-sample-loading", 1);  // a start without it reads 150 MB
  fluid_settings_setstr(settings, "synth.midi-bank-select", "mma");
  state->synth.reset(new_fluid_synth(settings));
  if (!state->synth) return fail(ErrorCode::internal, "the synthesiser did not start; reinstall libfluidsynth3");
  state->soundfont = fluid_synth_sfload(state->synth.get(), soundfont.c_str(), 0);
  if (state->soundfont == FLUID_FAILED)
    return fail(ErrorCode::corruptData, soundfont.string() + ": not a soundfont that can be read; install it again");
  return SoundfontRenderer(std::move(state));
}

bool SoundfontRenderer::has(int bank, int program) const {
  auto* font = fluid_synth_get_sfont_by_id(state_->synth.get(), state_->soundfont);
  return font && fluid_sfont_get_preset(font, bank, program);
}

Result<AudioBuffer> SoundfontRenderer::render(std::span<const Part> parts, double seconds) {
  auto* synth = state_->synth.get();
  fluid_synth_system_reset(synth);
  std::vector<int> channels;
  int melodic = 0;
  int percussion = kMelodicChannels;
  for (const auto& part : parts) {
    const bool drums = part.bank == 128;
    const int channel = drums ? percussion++ : melodic++;
    if (melodic > kMelodicChannels || percussion > kChannels)
      return fail(ErrorCode::invalidArgument, "too many parts for one rendering; split them");
    fluid_synth_set_channel_type(synth, channel, drums ? CHANNEL_TYPE_DRUM : CHANNEL_TYPE_MELODIC);
    if (fluid_synth_program_select(synth, channel, state_->soundfont, part.bank, part.program) != FLUID_OK)
      return fail(ErrorCode::invalidArgument, "the soundfont has no preset " + std::to_string(part.bank) + ":" + std::to_string(part.program));
    // Keeps the preset's samples in memory when the next rendering begins with a reset.
    fluid_synth_pin_preset(synth, state_->soundfont, part.bank, part.program);
    fluid_synth_pitch_wheel_sens(synth, channel, kBendRange);
    fluid_synth_cc(synth, channel, kPanController, std::clamp(static_cast<int>(std::lround(part.pan * 127.0)), 0, 127));
    channels.push_back(channel);
  }

  const auto wanted = static_cast<std::int64_t>(std::llround(seconds * state_->rate.hz()));
  // Whole blocks, so that nothing of this rendering is left over at the start of the next.
  const auto total = (wanted + kSynthBlock - 1) / kSynthBlock * kSynthBlock;
  AudioBuffer sound{state_->rate, {}, std::vector<std::vector<float>>(2, std::vector<float>(static_cast<std::size_t>(total)))};
  std::int64_t position = 0;
  const auto advance = [&](std::int64_t until) {
    const auto count = static_cast<int>(until - position);
    if (count <= 0) return;
    fluid_synth_write_float(synth, count, sound.channels[0].data(), static_cast<int>(position), 1,
                            sound.channels[1].data(), static_cast<int>(position), 1);
    position = until;
  };
  for (const auto& event : eventsOf(parts, channels, state_->rate)) {
    advance(std::min(event.sample, total));
    if (event.sample < total) play(synth, event);
  }
  advance(total);
  for (auto& channel : sound.channels) channel.resize(static_cast<std::size_t>(wanted));
  return sound;
}

}  // namespace chladni::synth
