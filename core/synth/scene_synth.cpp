#include "core/synth/scene_synth.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <system_error>

#include "core/base/atomic_file.h"
#include "core/datasets/ave_writer.h"
#include "core/media/movie_writer.h"
#include "core/synth/csv_table.h"
#include "core/synth/event_sounds.h"
#include "core/synth/production.h"
#include "core/synth/sound_colour.h"

namespace chladni::synth {
namespace {

namespace fs = std::filesystem;

constexpr double kEventFade = 0.02;
const std::string kFolder = "AVE";
const std::string kBackground{datasets::kAveBackground};

enum class Split { train, validation, test };
constexpr std::array<const char*, 3> kSplitNames{"train", "validation", "test"};

struct SceneRow {
  std::string id;
  ScenePlan plan;
  Split split = Split::train;
};

// Eleven characters, as the ids of AVE.
std::string sceneId(std::uint64_t seed, std::int64_t index) {
  char text[32];
  std::snprintf(text, sizeof text, "s%03llu_%06lld", static_cast<unsigned long long>(seed % 1000), static_cast<long long>(index));
  return text;
}

class SceneMaker {
 public:
  SceneMaker(const SceneOptions& options, const std::vector<std::string>& classes, EventSounds sounds)
      : options_(options), classes_(classes), sounds_(std::move(sounds)) {}

  Result<SceneRow> make(std::int64_t index) {
    auto random = Random::forItem(options_.seed, static_cast<std::uint64_t>(index));
    const PlanOptions planning{options_.seconds, classes_, options_.styles, options_.silentShare, options_.offScreenShare};
    const auto& label = classes_[static_cast<std::size_t>(index) % classes_.size()];
    SceneRow row{sceneId(options_.seed, index), planScene(label, planning, random), Split::train};
    const double draw = random.uniform();
    row.split = draw < options_.validationShare ? Split::validation : draw < options_.validationShare + options_.testShare ? Split::test : Split::train;
    auto sound = hear(row.plan, random);
    if (!sound) return fail(sound.error());
    if (auto written = write(row, *sound, random); !written) return fail(written.error());
    return row;
  }

 private:
  Result<AudioBuffer> hear(const ScenePlan& plan, Random& random) {
    AudioBuffer heard{options_.rate, {}, {Sound(sampleCount(options_.seconds, options_.rate))}};
    auto& whole = heard.channels.front();
    for (const auto& planned : plan.sounds) {
      auto sound = sounds_.make(planned.label, planned.span.end - planned.span.start, random);
      if (!sound) return fail(sound.error());
      if (random.chance(0.5)) equalise(*sound, options_.rate, random.uniform(0.1, 0.6), random);
      if (random.chance(0.5)) addRoom(*sound, options_.rate, random.logUniform(0.15, 0.8), random.uniform(0.05, 0.3), random);
      setLevel(*sound, -20.0 + planned.decibels);
      fadeEnds(*sound, kEventFade, options_.rate);
      mixIn(whole, *sound, planned.span.start, options_.rate);
    }
    Sound noise(whole.size());
    Softener dark(random.logUniform(300.0, 6000.0), options_.rate);
    for (float& s : noise) s = static_cast<float>(dark(random.uniform(-1.0, 1.0)));
    setLevel(noise, plan.noiseDecibels);
    mixIn(whole, noise, 0.0, options_.rate);
    setPeak(whole, random.uniform(0.4, 0.9));
    return heard;
  }

  Result<void> write(const SceneRow& row, const AudioBuffer& sound, Random& random) const {
    const media::MovieForm form{options_.size, options_.size, options_.fps, options_.rate, 1, 23};
    auto movie = media::MovieWriter::create(options_.out / kFolder / (row.id + ".mp4"), form);
    if (!movie) return fail(movie.error());
    const Canvas ground = paintGround(row.plan, options_.size, options_.size, random);
    Canvas canvas = ground;
    for (int n = 0; n < options_.seconds * options_.fps; ++n) {
      canvas.rgb = ground.rgb;
      const double time = (static_cast<double>(n) + 0.5) / options_.fps;
      for (const auto& thing : row.plan.things) drawGlyph(canvas, glyphOf(thing.label), thing.poseAt(time), thing.colours, row.plan.style);
      if (auto done = movie->write(canvas.frame()); !done) return done;
    }
    if (auto done = movie->write(sound); !done) return done;
    return movie->commit();
  }

  const SceneOptions& options_;
  const std::vector<std::string>& classes_;
  EventSounds sounds_;
};

Produced<SceneRow> makeScenes(const SceneOptions& options, const std::vector<std::string>& classes, const ProgressSink& progress, std::stop_token stop) {
  using Scenes = Production<SceneRow>;
  const auto open = [&]() -> Result<Scenes::Maker> {
    auto sounds = EventSounds::open(options.rate, options.maps);
    if (!sounds) return fail(sounds.error());
    auto maker = std::make_shared<SceneMaker>(options, classes, std::move(*sounds));
    return Scenes::Maker([maker](std::int64_t index) { return maker->make(index); });
  };
  return Scenes({options.scenes, options.threads, "making scenes"}, open, progress, std::move(stop)).run();
}

std::string pathOf(const SceneRow& row) { return kFolder + "/" + row.id + ".mp4"; }

std::string manifestText(const std::vector<SceneRow>& rows, int seconds) {
  std::string text = "path,start,end,labels,split\n";
  for (const auto& row : rows)
    text += pathOf(row) + ",0," + std::to_string(seconds) + "," + csvField(row.plan.event ? row.plan.label : kBackground) + "," +
            kSplitNames[static_cast<std::size_t>(row.split)] + "\n";
  return text;
}

std::string positionsText(const std::vector<SceneRow>& rows, int seconds) {
  std::string text = "path,second,class,x,y,radius\n";
  for (const auto& row : rows)
    for (int second = 0; second < seconds; ++second) {
      const auto& event = row.plan.event;
      const bool within = event && second >= event->first && second < event->second;
      char place[64] = ",,";
      if (within) {
        const auto& source = row.plan.things[row.plan.source];
        std::snprintf(place, sizeof place, "%.4f,%.4f,%.4f", source.x, source.y, source.radius);
      }
      text += pathOf(row) + "," + std::to_string(second) + "," + csvField(within ? row.plan.label : kBackground) + "," + place + "\n";
    }
  return text;
}

Result<void> writeTables(const SceneOptions& options, const std::vector<SceneRow>& rows) {
  if (rows.empty()) return {};
  std::vector<datasets::AveRow> annotations;
  datasets::AveSplits splits;
  for (const auto& row : rows) {
    const auto event = row.plan.event.value_or(std::pair{0, 0});
    const auto number = static_cast<std::int64_t>(annotations.size());
    (row.split == Split::train ? splits.train : row.split == Split::validation ? splits.validation : splits.test).push_back(number);
    annotations.push_back({row.plan.label, row.id, "good", event.first, event.second});
  }
  if (auto done = datasets::writeAveTables(options.out, annotations, splits); !done) return done;
  if (auto done = writeFileAtomically(options.out / "positions.csv", positionsText(rows, options.seconds)); !done) return done;
  return writeFileAtomically(options.out / "manifest.csv", manifestText(rows, options.seconds));
}

Result<void> checkOptions(const SceneOptions& options) {
  const auto refuse = [](const char* why) { return fail(ErrorCode::invalidArgument, why); };
  if (options.out.empty()) return refuse("no folder to write to; say --out DIR");
  if (options.scenes < 1 || options.scenes > 1'000'000) return refuse("scenes must be 1 to 1000000");
  if (options.seconds < 3 || options.seconds > datasets::kAveSegments) return refuse("seconds must be 3 to 10");
  if (options.size < 64 || options.size > 1080 || options.size % 2 != 0) return refuse("the size must be even, 64 to 1080");
  if (options.fps < 1 || options.fps > 60) return refuse("pictures per second must be 1 to 60");
  if (options.rate.hz() < 8000 || options.rate.hz() > 96000) return refuse("the rate must be 8000 to 96000 Hz");
  if (options.styles.empty()) return refuse("at least one style is needed");
  for (const double share : {options.silentShare, options.offScreenShare, options.validationShare, options.testShare, options.validationShare + options.testShare})
    if (!(share >= 0.0 && share <= 1.0)) return refuse("shares must be 0 to 1, those of validation and test together too");
  return {};
}

Result<std::vector<std::string>> chooseClasses(const SceneOptions& options) {
  auto sounds = EventSounds::open(options.rate, options.maps);
  if (!sounds) return fail(sounds.error());
  for (const auto& label : options.classes)
    if (!sounds->has(label))
      return fail(ErrorCode::invalidArgument, "there is no sound for \"" + label + "\" here; leave out --classes to see what there is");
  return options.classes.empty() ? sounds->classes() : options.classes;
}

}  // namespace

Result<SceneReport> synthesiseScenes(const SceneOptions& options, const ProgressSink& progress, std::stop_token stop) {
  if (auto ok = checkOptions(options); !ok) return fail(ok.error());
  auto classes = chooseClasses(options);
  if (!classes) return fail(classes.error());
  std::error_code problem;
  fs::create_directories(options.out / kFolder, problem);
  if (problem) return fail(ErrorCode::io, options.out.string() + ": " + problem.message() + "; choose another folder");

  const auto [rows, failure] = makeScenes(options, *classes, progress, stop);
  if (auto written = writeTables(options, rows); !written) return fail(written.error());
  if (failure) return fail(*failure);

  SceneReport report;
  report.scenes = static_cast<std::int64_t>(rows.size());
  for (const auto& row : rows) ++report.eventsOfClass[row.plan.event ? row.plan.label : kBackground];
  report.secondsOfMedia = static_cast<double>(report.scenes) * options.seconds;
  return report;
}

Result<Style> styleOf(const std::string& word) {
  if (word == "flat") return Style::flat;
  if (word == "outlined") return Style::outlined;
  if (word == "shaded") return Style::shaded;
  return fail(ErrorCode::invalidArgument, "style " + word + " is unknown; choose flat, outlined or shaded");
}

}  // namespace chladni::synth
