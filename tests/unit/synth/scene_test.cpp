// Scenes: what the tables say is what is seen and heard. Instruments are left out, so that no soundfont is needed.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include "core/base/atomic_file.h"
#include "core/datasets/ave_folder.h"
#include "core/datasets/open_data_set.h"
#include "core/media/audio_reader.h"
#include "core/media/video_reader.h"
#include "core/synth/csv_table.h"
#include "core/synth/event_sounds.h"
#include "core/synth/scene_synth.h"
#include "core/synth/sound_colour.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::synth;
using chladni::test::bytesOf;
using chladni::test::Scratch;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kClasses{"Church bell", "Bark", "Train horn", "Clock", "Chainsaw"};

SceneOptions small(const fs::path& out, std::uint64_t seed, std::int64_t scenes) {
  SceneOptions options;
  options.out = out;
  options.seed = seed;
  options.scenes = scenes;
  options.classes = kClasses;
  options.size = 96;
  options.fps = 8;
  options.rate = SampleRate(16000);
  return options;
}

double levelOf(const std::vector<float>& samples, std::size_t from, std::size_t to) {
  double energy = 0.0;
  for (std::size_t n = from; n < std::min(to, samples.size()); ++n) energy += static_cast<double>(samples[n]) * samples[n];
  return 10.0 * std::log10(energy / static_cast<double>(to - from) + 1e-12);
}

// Strength of the change between neighbouring frames within the thing's circle.
double changeAt(const std::vector<VideoFrame>& frames, std::size_t from, std::size_t to, double x, double y, double radius) {
  double sum = 0.0;
  std::int64_t count = 0;
  for (std::size_t n = from + 1; n < std::min(to, frames.size()); ++n)
    for (int row = 0; row < frames[n].height; ++row)
      for (int column = 0; column < frames[n].width; ++column) {
        const double dx = (column + 0.5) / frames[n].width - x, dy = (row + 0.5) / frames[n].height - y;
        if (dx * dx + dy * dy > radius * radius) continue;
        const auto at = static_cast<std::size_t>(3 * (row * frames[n].width + column));
        sum += std::abs(frames[n].rgb[at] - frames[n - 1].rgb[at]);
        ++count;
      }
  return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

}  // namespace

TEST_CASE("Every class of AVE but instruments has a synthesised sound that fills its time", "[scenes]") {
  const SampleRate rate(16000);
  std::set<std::string> labels;
  for (const auto* recipes : {&engineSounds(), &voiceSounds(), &objectSounds()})
    for (const auto& [label, recipe] : *recipes) {
      INFO(label);
      labels.insert(label);
      Random random(7), again(7);
      auto sound = recipe(4.0, rate, random);
      CHECK(sound == recipe(4.0, rate, again));
      REQUIRE(sound.size() == 64000);
      setLevel(sound, -20.0);
      for (const float s : sound) REQUIRE((std::isfinite(s) && std::abs(s) <= 0.99F));
      // No second is silent.
      for (std::size_t second = 0; second < 4; ++second) CHECK(levelOf(sound, second * 16000, (second + 1) * 16000) > -45.0);
    }
  CHECK(labels.size() == 21);
  for (const auto& label : labels)
    CHECK(std::count(datasets::aveClasses().begin(), datasets::aveClasses().end(), label) == 1);
}

TEST_CASE("Every class has a picture of its own within its circle", "[scenes]") {
  std::set<std::string> pictures;
  for (const auto label : datasets::aveClasses()) {
    if (label == datasets::kAveBackground) continue;
    Canvas canvas{64, 64, std::vector<float>(64 * 64 * 3)};
    drawGlyph(canvas, glyphOf(std::string(label)), {0.5, 0.5, 0.3, 0.0}, {Rgb{1, 0, 0}, Rgb{0, 1, 0}, Rgb{0, 0, 1}}, Style::flat);
    double inside = 0.0, outside = 0.0;
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x)
        for (int c = 0; c < 3; ++c)
          (std::hypot(x - 31.5, y - 31.5) < 1.36 * 0.3 * 64 ? inside : outside) += canvas.rgb[static_cast<std::size_t>(3 * (64 * y + x) + c)];
    INFO(label);
    CHECK(inside > 60.0);
    CHECK(outside < 0.02 * inside);
    const auto frame = canvas.frame();
    pictures.emplace(frame.rgb.begin(), frame.rgb.end());
  }
  CHECK(pictures.size() == 28);
}

TEST_CASE("A plan never has one class both in the picture and off screen", "[scenes]") {
  const PlanOptions options{10, kClasses, {Style::flat}, 0.2, 0.6};
  int events = 0, others = 0;
  for (std::uint64_t n = 0; n < 300; ++n) {
    auto random = Random::forItem(3, n);
    const auto plan = planScene(kClasses[n % kClasses.size()], options, random);
    std::set<std::string> seen;
    for (const auto& thing : plan.things) {
      CHECK(seen.insert(thing.label).second);
      CHECK((thing.x - thing.radius > 0.0 && thing.x + thing.radius < 1.0));
    }
    for (std::size_t k = 0; k < plan.sounds.size(); ++k)
      CHECK(seen.contains(plan.sounds[k].label) == (plan.event && k == 0));
    if (!plan.event) {
      ++others;
      continue;
    }
    ++events;
    CHECK((plan.event->first >= 0 && plan.event->first < plan.event->second && plan.event->second <= 10));
    CHECK(plan.things[plan.source].label == plan.label);
    CHECK(plan.sounds[0].label == plan.label);
  }
  CHECK(events > 200);
  CHECK(others > 25);
}

TEST_CASE("Scenes repeat byte for byte whatever the threads, and other seeds differ", "[scenes]") {
  const Scratch scratch;
  auto one = small(scratch / "one", 5, 6), two = small(scratch / "two", 5, 6), other = small(scratch / "other", 6, 2);
  one.threads = 1;
  two.threads = 3;
  REQUIRE(synthesiseScenes(one));
  REQUIRE(synthesiseScenes(two));
  REQUIRE(synthesiseScenes(other));
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(scratch / "one")) {
    if (!entry.is_regular_file()) continue;
    ++files;
    INFO(entry.path());
    CHECK((bytesOf(entry.path()) == bytesOf(scratch / "two" / fs::relative(entry.path(), scratch / "one"))));
  }
  CHECK(files == 6 + 7);
  CHECK(bytesOf(scratch / "one" / "AVE" / "s005_000000.mp4") != bytesOf(scratch / "other" / "AVE" / "s006_000000.mp4"));
}

TEST_CASE("Sound and movement begin and end where the tables say, at the place they say", "[scenes]") {
  const Scratch scratch;
  auto options = small(scratch / "scenes", 11, 10);
  options.offScreenShare = 0.0;
  options.silentShare = 0.0;
  REQUIRE(synthesiseScenes(options));
  const auto table = CsvTable::read(scratch / "scenes" / "positions.csv");
  REQUIRE(table);
  REQUIRE(table->rows() == 100);
  int checked = 0;
  for (std::size_t row = 0; row < table->rows(); row += 10) {
    const fs::path path = scratch / "scenes" / table->at(row, *table->column("path"));
    const auto sound = media::readAudio(path);
    REQUIRE(sound);
    auto video = media::VideoReader::open(path);
    REQUIRE(video);
    std::vector<VideoFrame> frames;
    for (;;) {
      auto frame = video->next();
      REQUIRE(frame);
      if (!*frame) break;
      frames.push_back(std::move(**frame));
    }
    REQUIRE(frames.size() == 80);
    REQUIRE(sound->samples() == Approx(160000).margin(2048));
    double x = 0, y = 0, radius = 0, within = 0, without = 0, moving = 0, still = 0;
    int inside = 0, outside = 0;
    for (std::size_t second = 0; second < 10; ++second)
      if (!table->at(row + second, *table->column("x")).empty()) {
        x = std::stod(table->at(row + second, *table->column("x")));
        y = std::stod(table->at(row + second, *table->column("y")));
        radius = std::stod(table->at(row + second, *table->column("radius")));
      }
    for (std::size_t second = 0; second < 10; ++second) {
      const bool event = table->at(row + second, *table->column("class")) != "Background";
      const double level = levelOf(sound->channels[0], second * 16000 + 1600, second * 16000 + 14400);
      const double change = changeAt(frames, second * 8 + 1, second * 8 + 8, x, y, radius);
      (event ? within : without) += level;
      (event ? moving : still) += change;
      ++(event ? inside : outside);
    }
    REQUIRE(inside > 0);
    if (outside == 0) continue;
    ++checked;
    CHECK(within / inside > without / outside + 3.0);
    CHECK(moving / inside > still / outside);
  }
  CHECK(checked >= 3);
}

TEST_CASE("A folder of scenes opens as AVE and as a manifest", "[scenes]") {
  const Scratch scratch;
  auto options = small(scratch / "scenes", 2, 12);
  options.silentShare = 0.3;
  options.validationShare = 0.3;
  options.testShare = 0.3;
  options.seconds = 6;
  const auto report = synthesiseScenes(options);
  REQUIRE(report);
  CHECK(report->scenes == 12);
  const auto folder = datasets::AveFolder::open(scratch / "scenes");
  REQUIRE(folder);
  CHECK(folder->annotations().rows.size() == 12);
  CHECK(folder->annotations().classes.size() == 29);
  CHECK(folder->splits().train.size() + folder->splits().validation.size() + folder->splits().test.size() == 12);
  for (const auto& row : folder->annotations().rows) CHECK(row.end <= 6);
  const auto set = datasets::openDataSet(scratch / "scenes" / "manifest.csv");
  REQUIRE(set);
  REQUIRE(set->items.size() == 12);
  for (const auto& item : set->items) CHECK(fs::exists(item.media));
}

TEST_CASE("Orders that cannot be filled are refused in one line", "[scenes]") {
  const Scratch scratch;
  auto options = small(scratch / "scenes", 1, 1);
  options.classes = {"Background"};
  auto refused = synthesiseScenes(options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("Background") != std::string::npos);
  options = small(scratch / "scenes", 1, 0);
  CHECK_FALSE(synthesiseScenes(options));
  options = small(scratch / "scenes", 1, 1);
  options.size = 97;
  CHECK_FALSE(synthesiseScenes(options));
  CHECK_FALSE(styleOf("cubist"));
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = synthesiseScenes(small(scratch / "scenes", 1, 3), {}, stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
}
