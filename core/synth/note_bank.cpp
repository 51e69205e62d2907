#include "core/synth/note_bank.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "core/media/audio_reader.h"
#include "core/synth/csv_table.h"
#include "core/synth/decimate.h"
#include "core/synth/random.h"
#include "core/synth/soundfont_renderer.h"

namespace chladni::synth {
namespace {

namespace fs = std::filesystem;

constexpr double kNoteSeconds = 2.6;
constexpr double kLongestSeconds = 30.0;
constexpr float kTargetLevel = 0.1F;  // of the loudest tenth of a second

float loudestLevel(const std::vector<float>& samples, SampleRate rate) {
  const auto block = static_cast<std::size_t>(rate.hz() / 10);
  float loudest = 0.0F;
  for (std::size_t first = 0; first < samples.size(); first += block) {
    const auto last = std::min(samples.size(), first + block);
    double energy = 0.0;
    for (auto n = first; n < last; ++n) energy += static_cast<double>(samples[n]) * samples[n];
    loudest = std::max(loudest, static_cast<float>(std::sqrt(energy / static_cast<double>(block))));
  }
  return loudest;
}

// A note or a stroke stands for two seconds, whatever its length: shifted and repeated it makes as much as that.
double recordedWeight(const SoundGroup& group, SampleRate rate) {
  double seconds = 0.0;
  for (const auto& sound : group.sounds)
    seconds += group.kind == SoundKind::passage ? static_cast<double>(sound.samples.size()) / rate.hz() : 2.0;
  return std::min(1.0, seconds / 60.0);
}

void sortByKey(NoteBank& bank) {
  for (auto& group : bank.groups)
    std::stable_sort(group.sounds.begin(), group.sounds.end(),
                     [](const BankSound& a, const BankSound& b) { return a.key < b.key; });
}

SoundKind kindOf(const std::string& text) {
  if (text == "hit") return SoundKind::hit;
  if (text == "note") return SoundKind::note;
  return SoundKind::passage;
}

double keyOf(const std::string& text) {
  char* end = nullptr;
  const double key = std::strtod(text.c_str(), &end);
  return text.empty() || *end != '\0' || !std::isfinite(key) ? -1.0 : key;
}

struct ManifestColumns {
  std::size_t file = 0, label = 0;
  std::optional<std::size_t> source, kind, key, origin;
};

Result<ManifestColumns> columnsOf(const CsvTable& table) {
  ManifestColumns columns;
  auto file = table.column("file") ? table.require("file") : table.require("path");
  auto label = table.column("class") ? table.require("class") : table.require("labels");
  if (!file) return fail(file.error());
  if (!label) return fail(label.error());
  columns = {*file, *label, table.column("source"), table.column("kind"), table.column("midi_note"), table.column("origin")};
  return columns;
}

std::vector<int> keysFor(const Instrument& instrument, int count) {
  std::vector<int> keys;
  const int range = instrument.highestKey - instrument.lowestKey;
  const int notes = std::min(count, range + 1);
  for (int n = 0; n < notes; ++n)
    keys.push_back(instrument.lowestKey + (notes == 1 ? 0 : static_cast<int>(std::lround(n * range / (notes - 1.0)))));
  return keys;
}

Result<std::vector<float>> renderNote(SoundfontRenderer& renderer, const Part& part, SampleRate rate) {
  auto sound = renderer.render(std::span(&part, 1), kNoteSeconds);
  if (!sound) return fail(sound.error());
  std::vector<float> mono(sound->channels[0].size());
  for (std::size_t n = 0; n < mono.size(); ++n) mono[n] = 0.5F * (sound->channels[0][n] + sound->channels[1][n]);
  return decimate(mono, renderer.rate().hz() / rate.hz());
}

class BankRendering {
 public:
  BankRendering(const InstrumentMap& map, const std::set<std::string>& labels, SampleRate rate, int notesPerPreset)
      : map_(map), labels_(labels), notesPerPreset_(notesPerPreset) {
    bank_.rate = rate;
  }

  Result<void> addPreset(SoundfontRenderer& renderer, const SoundfontPreset& preset) {
    if (!renderer.has(preset.bank, preset.program)) return {};
    return preset.bank == 128 ? addKit(renderer, preset) : addMelodic(renderer, preset);
  }
  NoteBank take() { return std::move(bank_); }
  [[nodiscard]] bool wants(const std::string& label) const { return labels_.empty() || labels_.contains(label); }

 private:
  Result<void> addMelodic(SoundfontRenderer& renderer, const SoundfontPreset& preset) {
    if (!wants(preset.label)) return {};
    const auto& instrument = map_.instruments.at(preset.label);
    SoundGroup group{preset.label, preset.soundfont + " " + preset.name, false, SoundKind::note, {}};
    Random random(static_cast<std::uint64_t>(preset.bank * 128 + preset.program));
    for (const int key : keysFor(instrument, notesPerPreset_))
      if (auto done = addNote(renderer, preset, key, random, group); !done) return done;
    if (!group.sounds.empty()) bank_.groups.push_back(std::move(group));
    return {};
  }

  Result<void> addKit(SoundfontRenderer& renderer, const SoundfontPreset& preset) {
    std::map<std::string, SoundGroup> groups;
    Random random(static_cast<std::uint64_t>(preset.program));
    for (const auto& [key, label] : map_.drumLabels) {
      if (label != "tom" && !wants(label) && !wants("playing drum kit")) continue;
      auto& group = groups[label];
      group.label = label;
      group.source = preset.soundfont + " " + preset.name;
      group.kind = SoundKind::hit;
      for (int repeat = 0; repeat < 2; ++repeat)
        if (auto done = addNote(renderer, preset, key, random, group); !done) return done;
    }
    for (auto& [label, group] : groups)
      if (!group.sounds.empty()) bank_.groups.push_back(std::move(group));
    return {};
  }

  Result<void> addNote(SoundfontRenderer& renderer, const SoundfontPreset& preset, int key, Random& random,
                       SoundGroup& group) {
    Part part{preset.bank, preset.program, 1.0, 0.5, 0.0, {}, {}};
    // Strings and bars are often left to ring: a harp that is always damped is not one.
    const double held = random.chance(0.5) ? kNoteSeconds : random.uniform(0.8, 2.2);
    part.notes.push_back({0.0, held, key, static_cast<int>(random.between(55, 120))});
    auto samples = renderNote(renderer, part, bank_.rate);
    if (!samples) return fail(samples.error(), preset.name);
    if (tidySound(*samples, bank_.rate)) group.sounds.push_back({static_cast<double>(key), std::move(*samples)});
    return {};
  }

  const InstrumentMap& map_;
  const std::set<std::string>& labels_;
  int notesPerPreset_;
  NoteBank bank_;
};

}  // namespace

bool tidySound(std::vector<float>& samples, SampleRate rate) {
  float peak = 0.0F;
  for (const float s : samples) peak = std::max(peak, std::abs(s));
  if (!(peak > 1e-4F) || !std::isfinite(peak)) return false;
  const auto audible = [&](float threshold) { return [threshold](float s) { return std::abs(s) > threshold; }; };
  const auto head = std::find_if(samples.begin(), samples.end(), audible(peak * 0.01F));
  const auto lead = std::min<std::ptrdiff_t>(head - samples.begin(), rate.hz() / 200);
  const auto tail = std::find_if(samples.rbegin(), samples.rend(), audible(peak * 0.002F)).base();
  samples = std::vector<float>(head - lead, tail);
  const auto longest = static_cast<std::size_t>(kLongestSeconds * rate.hz());
  if (samples.size() > longest) samples.resize(longest);
  const float level = loudestLevel(samples, rate);
  if (!(level > 0.0F)) return false;
  for (float& s : samples) s *= kTargetLevel / level;
  return true;
}

void NoteBank::append(NoteBank other) {
  if (groups.empty()) rate = other.rate;
  std::move(other.groups.begin(), other.groups.end(), std::back_inserter(groups));
}

Result<NoteBank> loadRecordedNotes(const fs::path& manifest, SampleRate rate, const ProgressSink& progress,
                                   std::stop_token stop) {
  auto table = CsvTable::read(manifest);
  if (!table) return fail(table.error());
  auto columns = columnsOf(*table);
  if (!columns) return fail(columns.error());
  NoteBank bank;
  bank.rate = rate;
  std::map<std::pair<std::string, std::string>, std::size_t> groupOf;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
    const auto& label = table->at(row, columns->label);
    const auto kind = columns->kind ? kindOf(table->at(row, *columns->kind)) : SoundKind::passage;
    auto source = columns->source ? table->at(row, *columns->source) : std::string("recordings");
    const auto path = manifest.parent_path() / table->at(row, columns->file);
    auto sound = media::readAudio(path, {rate, ChannelMix::mean}, std::nullopt, stop);
    if (!sound) return fail(sound.error(), "reading " + path.string());
    auto samples = std::move(sound->channels.front());
    if (!tidySound(samples, rate)) continue;
    const auto groupKey = std::pair(label, source + (kind == SoundKind::passage ? " passages" : ""));
    auto [found, added] = groupOf.try_emplace(groupKey, bank.groups.size());
    const bool recorded = !columns->origin || table->at(row, *columns->origin) != "rendered";
    if (added) bank.groups.push_back({label, source, recorded, kind, {}});
    const double key = columns->key ? keyOf(table->at(row, *columns->key)) : -1.0;
    bank.groups[found->second].sounds.push_back({key, std::move(samples)});
    if (progress) progress({"reading recordings", static_cast<std::int64_t>(row + 1), static_cast<std::int64_t>(table->rows())});
  }
  sortByKey(bank);
  for (auto& group : bank.groups) group.weight = recordedWeight(group, rate);
  return bank;
}

Result<NoteBank> renderNoteBank(const InstrumentMap& map, const std::set<std::string>& labels, SampleRate rate,
                                int notesPerPreset, const ProgressSink& progress, std::stop_token stop) {
  BankRendering rendering(map, labels, rate, notesPerPreset);
  std::map<std::string, std::vector<const SoundfontPreset*>> byFont;
  for (const auto& preset : map.presets) byFont[preset.soundfont].push_back(&preset);
  std::int64_t done = 0;
  for (const auto& [font, presets] : byFont) {
    const auto path = findSoundfont(font);
    if (path.empty()) continue;
    auto renderer = SoundfontRenderer::open(path, SampleRate(2 * rate.hz()));
    if (!renderer) return fail(renderer.error());
    for (const auto* preset : presets) {
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "stopped");
      if (auto added = rendering.addPreset(*renderer, *preset); !added) return fail(added.error(), font);
      if (progress) progress({"rendering notes", ++done, static_cast<std::int64_t>(map.presets.size())});
    }
  }
  auto bank = rendering.take();
  if (bank.groups.empty())
    return fail(ErrorCode::notFound, "no soundfont is installed; install fluid-soundfont-gm or timgm6mb-soundfont");
  sortByKey(bank);
  return bank;
}

}  // namespace chladni::synth
