#include "core/synth/instrument_synth.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <set>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/media/wav_writer.h"
#include "core/synth/csv_table.h"
#include "core/synth/instrument_map.h"
#include "core/synth/phrase_writer.h"
#include "core/synth/production.h"
#include "core/synth/sound_colour.h"
#include "core/synth/soundfont_renderer.h"

namespace chladni::synth {
namespace {

namespace fs = std::filesystem;

constexpr double kTailSeconds = 0.2;
constexpr double kFadeSeconds = 0.05;
const std::string kDrums = "playing drum kit";

struct Playable {
  std::map<std::string, std::vector<SoundfontPreset>> presets;  // by class
  std::vector<std::string> labels;                              // that clips are asked of, in order
  std::set<std::string> soundfonts;
};

struct ClipRow {
  std::string path;
  std::string labels;
  bool validation = false;
};

std::string folderName(std::string label) {
  for (char& c : label)
    if (c == '/' || c == '\\') c = '_';
  return label;
}

// What the installed soundfonts can play: melodic presets by their class, kits for every class that one of their keys has.
Playable playableOf(const InstrumentMap& map) {
  Playable playable;
  for (const auto& preset : map.presets) {
    if (!map.instruments.contains(preset.label) || findSoundfont(preset.soundfont).empty()) continue;
    playable.soundfonts.insert(preset.soundfont);
    playable.presets[preset.label].push_back(preset);
    if (preset.bank != 128) continue;
    for (const auto& [key, label] : map.drumLabels)
      if (map.instruments.contains(label) && label != preset.label) {
        auto& known = playable.presets[label];
        if (known.empty() || known.back().name != preset.name || known.back().soundfont != preset.soundfont) known.push_back(preset);
      }
  }
  return playable;
}

Result<void> chooseLabels(Playable& playable, const std::vector<std::string>& wanted) {
  if (playable.presets.empty())
    return fail(ErrorCode::notFound, "no soundfont is installed; install fluid-soundfont-gm or timgm6mb-soundfont");
  for (const auto& label : wanted) {
    if (!playable.presets.contains(label))
      return fail(ErrorCode::invalidArgument, "no installed soundfont plays \"" + label + "\"; leave out --classes to see what there is");
    playable.labels.push_back(label);
  }
  if (wanted.empty())
    for (const auto& [label, presets] : playable.presets) playable.labels.push_back(label);
  return {};
}

class ClipMaker {
 public:
  ClipMaker(const SynthOptions& options, const InstrumentMap& map, const Playable& playable)
      : options_(options), map_(map), playable_(playable) {}

  Result<ClipRow> make(std::int64_t index) {
    auto random = Random::forItem(options_.seed, static_cast<std::uint64_t>(index));
    const auto count = static_cast<std::int64_t>(playable_.labels.size());
    std::vector<std::string> labels{playable_.labels[static_cast<std::size_t>(index % count)]};
    if (random.chance(options_.mixtures)) addCompanion(labels, random);
    AudioBuffer clip{options_.rate, {}, {std::vector<float>(static_cast<std::size_t>(options_.seconds * options_.rate.hz()))}};
    auto& samples = clip.channels.front();
    for (std::size_t n = 0; n < labels.size(); ++n) {
      auto played = play(labels[n], random);
      if (!played) return fail(played.error());
      const auto gain = static_cast<float>(n == 0 ? 1.0 : std::pow(10.0, random.uniform(-12.0, 0.0) / 20.0));
      for (std::size_t k = 0; k < samples.size(); ++k) samples[k] += gain * (*played)[k];
    }
    colour(samples, options_.rate, options_.colour * random.uniform(0.2, 1.0), random);
    return write(index, labels, clip, random);
  }

 private:
  void addCompanion(std::vector<std::string>& labels, Random& random) const {
    const bool drums = random.chance(0.5) && playable_.presets.contains(kDrums);
    const auto other = drums ? kDrums : playable_.labels[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(playable_.labels.size())))];
    if (other != labels.front()) labels.push_back(other);
  }

  Result<std::vector<float>> play(const std::string& label, Random& random) {
    const auto& presets = playable_.presets.at(label);
    const auto& preset = presets[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(presets.size())))];
    auto renderer = rendererOf(preset.soundfont);
    if (!renderer) return fail(renderer.error());
    Part part{preset.bank, preset.program, 1.0, 0.5, random.uniform(-20.0, 20.0), {}, {}};
    writePhrase(part, map_.instruments.at(label), map_.drumLabels, options_.seconds, random);
    auto sound = (*renderer)->render(std::span(&part, 1), options_.seconds + kTailSeconds);
    if (!sound) return fail(sound.error(), preset.soundfont);
    std::vector<float> mono(static_cast<std::size_t>(options_.seconds * options_.rate.hz()));
    for (std::size_t n = 0; n < mono.size(); ++n) mono[n] = 0.5F * (sound->channels[0][n] + sound->channels[1][n]);
    setPeak(mono, 0.7);
    return mono;
  }

  Result<SoundfontRenderer*> rendererOf(const std::string& soundfont) {
    auto found = renderers_.find(soundfont);
    if (found == renderers_.end()) {
      auto opened = SoundfontRenderer::open(findSoundfont(soundfont), options_.rate);
      if (!opened) return fail(opened.error());
      found = renderers_.emplace(soundfont, std::move(*opened)).first;
    }
    return &found->second;
  }

  Result<ClipRow> write(std::int64_t index, const std::vector<std::string>& labels, AudioBuffer& clip, Random& random) const {
    auto& samples = clip.channels.front();
    const auto fade = std::min(samples.size(), static_cast<std::size_t>(kFadeSeconds * options_.rate.hz()));
    for (std::size_t n = 0; n < fade; ++n) samples[samples.size() - 1 - n] *= static_cast<float>(n) / static_cast<float>(fade);
    char number[32];
    std::snprintf(number, sizeof number, "%06lld.wav", static_cast<long long>(index));
    const auto relative = fs::path(folderName(labels.front())) / number;
    std::error_code problem;
    fs::create_directories((options_.out / relative).parent_path(), problem);
    if (problem) return fail(ErrorCode::io, options_.out.string() + ": " + problem.message() + "; choose another folder");
    if (auto done = media::writeWav(options_.out / relative, clip); !done) return fail(done.error());
    std::string joined = labels.front();
    for (std::size_t n = 1; n < labels.size(); ++n) joined += ";" + labels[n];
    return ClipRow{relative.generic_string(), joined, random.chance(options_.validationShare)};
  }

  const SynthOptions& options_;
  const InstrumentMap& map_;
  const Playable& playable_;
  std::map<std::string, SoundfontRenderer> renderers_;
};

Produced<ClipRow> makeClips(const SynthOptions& options, const InstrumentMap& map, const Playable& playable, const ProgressSink& progress, std::stop_token stop) {
  using Clips = Production<ClipRow>;
  const auto open = [&]() -> Result<Clips::Maker> {
    auto maker = std::make_shared<ClipMaker>(options, map, playable);
    return Clips::Maker([maker](std::int64_t index) { return maker->make(index); });
  };
  return Clips({options.clips, options.threads, "rendering clips"}, open, progress, std::move(stop)).run();
}

std::string manifestText(const std::vector<ClipRow>& rows, double seconds) {
  char length[32];
  std::snprintf(length, sizeof length, "%.3f", seconds);
  std::string text = "path,start,end,labels,split\n";
  for (const auto& row : rows)
    text += csvField(row.path) + ",0," + length + "," + csvField(row.labels) + (row.validation ? ",validation\n" : ",train\n");
  return text;
}

Result<void> checkOptions(const SynthOptions& options) {
  if (options.clips < 1 || options.clips > 10'000'000) return fail(ErrorCode::invalidArgument, "clips must be 1 to 10000000");
  if (!(options.seconds >= 0.5 && options.seconds <= 600.0)) return fail(ErrorCode::invalidArgument, "seconds must be 0.5 to 600");
  if (options.rate.hz() < 8000 || options.rate.hz() > 96000) return fail(ErrorCode::invalidArgument, "the rate must be 8000 to 96000 Hz");
  if (options.out.empty()) return fail(ErrorCode::invalidArgument, "no folder to write to; say --out DIR");
  return {};
}

}  // namespace

Result<SynthReport> synthesiseInstruments(const SynthOptions& options, const ProgressSink& progress, std::stop_token stop) {
  if (auto ok = checkOptions(options); !ok) return fail(ok.error());
  auto map = InstrumentMap::load(options.maps);
  if (!map) return fail(map.error());
  auto playable = playableOf(*map);
  if (auto chosen = chooseLabels(playable, options.classes); !chosen) return fail(chosen.error());
  std::error_code problem;
  fs::create_directories(options.out, problem);
  if (problem) return fail(ErrorCode::io, options.out.string() + ": " + problem.message() + "; choose another folder");

  const auto [rows, failure] = makeClips(options, *map, playable, progress, stop);
  if (auto written = writeFileAtomically(options.out / "manifest.csv", manifestText(rows, options.seconds)); !written)
    return fail(written.error());
  if (failure) return fail(*failure);

  SynthReport report;
  report.soundfonts.assign(playable.soundfonts.begin(), playable.soundfonts.end());
  for (const auto& row : rows) {
    ++report.clips;
    ++report.clipsOfClass[row.labels.substr(0, row.labels.find(';'))];
  }
  report.secondsOfSound = static_cast<double>(report.clips) * options.seconds;
  return report;
}

}  // namespace chladni::synth
