#include <cmath>
#include <fstream>
#include <numbers>
#include <set>

#include "core/media/wav_writer.h"
#include "core/training/data_report.h"
#include "core/training/sound_examples.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::training;

namespace {

void writeTone(const std::filesystem::path& path, double hz, double level = 0.3, double seconds = 0.5) {
  std::filesystem::create_directories(path.parent_path());
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels.resize(1);
  for (int n = 0; n < static_cast<int>(seconds * 16000); ++n)
    sound.channels[0].push_back(static_cast<float>(level * std::sin(2.0 * std::numbers::pi * hz * n / 16000.0)));
  auto written = media::writeWav(path, sound);
  REQUIRE(written);
}

FrontendSpec smallFrontend() {
  FrontendSpec spec;
  spec.melBins = 32;
  spec.targetFrames = 40;
  return spec;
}

Recipe recipeOf(const std::filesystem::path& data) {
  Recipe recipe;
  recipe.data = data.string();
  return recipe;
}

// Two classes of twelve tones each.
void writeFolders(const std::filesystem::path& root) {
  for (int n = 0; n < 12; ++n) {
    writeTone(root / "high" / ("h" + std::to_string(n) + ".wav"), 2000 + 50 * n);
    writeTone(root / "low" / ("l" + std::to_string(n) + ".wav"), 200 + 10 * n);
  }
}

SoundLoader loaderOf(BlobCache& cache) {
  auto frontend = dsp::Frontend::create(smallFrontend());
  REQUIRE(frontend);
  return SoundLoader(*frontend, "small", cache);
}

}  // namespace

TEST_CASE("The report finds what is wrong with data and takes out what cannot be learned from") {
  const test::Scratch folder;
  writeFolders(folder / "d");
  writeTone(folder / "d" / "high" / "silent.wav", 100, 0.0);
  std::ofstream(folder / "d" / "low" / "broken.wav") << "no sound at all";
  std::filesystem::copy_file(folder / "d" / "low" / "l3.wav", folder / "d" / "high" / "copy.wav");
  auto set = openSoundSet(recipeOf(folder / "d"));
  REQUIRE(set);
  CHECK(set->classes == std::vector<std::string>{"high", "low"});
  CHECK_FALSE(set->multiLabel);
  BlobCache cache(folder / "cache", 100 << 20);
  const auto loader = loaderOf(cache);
  auto report = inspect(*set, loader, {0.25, 1, 2});
  REQUIRE(report);
  CHECK(report->items == 27);
  REQUIRE(report->broken.size() == 1);
  CHECK(report->broken.front().item == "broken.wav");
  CHECK(report->silent == std::vector<std::string>{"silent.wav"});
  REQUIRE(report->duplicates.size() == 1);
  CHECK(report->contradictions.size() == 1);
  CHECK(report->leaks.empty());  // equal content stays on one side
  CHECK(set->items.size() == 25);
  CHECK(report->validation >= 5);
  CHECK(report->validation <= 8);
  CHECK(report->train + report->validation == 25);
  CHECK(report->json().find("broken")->items()->size() == 1);
  CHECK(report->warnings().size() == 3);
}

TEST_CASE("Whole recordings are held out, the same for the same seed whatever their order") {
  datasets::DataSet data;
  for (int source = 0; source < 20; ++source)
    for (int stretch = 0; stretch < 3; ++stretch)
      data.items.push_back({"", "rec" + std::to_string(source) + ".wav", {}, stretch * 10.0, stretch * 10.0 + 10.0, {source % 2 ? "a" : "b"}, "", {}});
  auto first = soundSetOf(data, {}, Recipe{});
  REQUIRE(first);
  std::reverse(data.items.begin(), data.items.end());
  auto second = soundSetOf(data, {}, Recipe{});
  REQUIRE(second);
  holdOut(*first, 0.2, 5);
  holdOut(*second, 0.2, 5);
  std::set<std::string> learned, held, heldAgain;
  int ofA = 0;
  for (const auto& item : first->items) {
    (item.part == Part::train ? learned : held).insert(item.source);
    ofA += item.part == Part::validation && item.labels.front() == 0 ? 1 : 0;
  }
  for (const auto& item : second->items)
    if (item.part == Part::validation) heldAgain.insert(item.source);
  CHECK(learned.size() + held.size() == 20);
  CHECK(held.size() == 4);
  CHECK(ofA == 6);  // two recordings of three stretches
  CHECK(held == heldAgain);
  auto other = soundSetOf(data, {}, Recipe{});
  holdOut(*other, 0.2, 6);
  std::set<std::string> heldOther;
  for (const auto& item : other->items)
    if (item.part == Part::validation) heldOther.insert(item.source);
  CHECK(heldOther != held);
}

TEST_CASE("A split that leaks is reported, a label that is no class refused") {
  const test::Scratch folder;
  writeFolders(folder / "d");
  std::ofstream(folder / "m.csv") << "path,start,end,labels,split\nd/high/h0.wav,,,high,train\nd/low/l0.wav,,,low,train\n"
                                     "d/high/h1.wav,,,high,validation\nd/low/l0.wav,0.1,0.4,low,validation\n";
  auto set = openSoundSet(recipeOf(folder / "m.csv"));
  REQUIRE(set);
  BlobCache cache(folder / "cache", 0);
  const auto loader = loaderOf(cache);
  auto report = inspect(*set, loader, {0.5, 1, 1});
  REQUIRE(report);
  REQUIRE(report->leaks.size() == 1);
  CHECK(report->leaks.front().find("l0.wav") == 0);
  CHECK(report->validation == 2);
  datasets::DataSet data;
  data.items = {{"", "x.wav", {}, 0.0, {}, {"unknown"}, "", {}}};
  CHECK_FALSE(soundSetOf(data, {"a", "b"}, Recipe{}));
  data.items = {{"", "x.wav", {}, 0.0, {}, {"a"}, "", {}}, {"", "y.wav", {}, 0.0, {}, {"b"}, "holdout", {}}};
  const auto apart = soundSetOf(data, {"a", "b"}, Recipe{});
  REQUIRE_FALSE(apart);
  CHECK(apart.error().message.find("\"holdout\" is no part") != std::string::npos);
  data.items.back().split = "Dev";
  CHECK(soundSetOf(data, {"a", "b"}, Recipe{}));
  CHECK_FALSE(soundSetOf(data, {"a", "b", "fl\xf6te"}, Recipe{}));
}

TEST_CASE("Examples depend on their draw alone, and the cache changes nothing but the time") {
  const test::Scratch folder;
  writeFolders(folder / "d");
  auto set = openSoundSet(recipeOf(folder / "d"));
  REQUIRE(set);
  BlobCache none(folder / "none", 0), cache(folder / "cache", 100 << 20);
  const auto plain = loaderOf(none), cached = loaderOf(cache);
  Augmentation augmentation;
  augmentation.mixup = 0.5;
  augmentation.maskBins = 8;
  augmentation.maskFrames = 10;
  augmentation.noise = true;
  augmentation.roll = 5;
  augmentation.labelSmoothing = 0.1;
  const SoundExamples a(set->items, plain, 2, false, augmentation, false), b(set->items, cached, 2, false, augmentation, false);
  const auto draw = [](const SoundExamples& examples, std::int64_t item, std::uint64_t seed, bool augment) {
    std::vector<float> input(40 * 32), target(2);
    const std::vector<std::span<float>> spans{input, target};
    auto made = examples.make({item, seed, augment}, spans);
    if (!made) FAIL(made.error().describe());
    input.insert(input.end(), target.begin(), target.end());
    return input;
  };
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const auto first = draw(a, 3, seed, true);
    CHECK(first == draw(b, 3, seed, true));
    CHECK(first == draw(b, 3, seed, true));
    CHECK(first != draw(a, 3, seed + 100, true));
    CHECK(std::abs(first[40 * 32] + first[40 * 32 + 1] - 1.0F) < 1e-5F);
  }
  CHECK(draw(a, 3, 1, false) == draw(b, 3, 2, false));
  CHECK(cache.hits() > 0);
}

TEST_CASE("The cache keeps within its limit and makes damaged entries again") {
  const test::Scratch folder;
  BlobCache cache(folder / "c", 20'000);
  Matrix table(10, 100, 1.5F);
  for (int n = 0; n < 20; ++n) cache.keep("k" + std::to_string(n), table);
  std::uintmax_t bytes = 0;
  std::filesystem::path any;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "c"))
    if (entry.is_regular_file()) {
      bytes += entry.file_size();
      any = entry.path();
    }
  CHECK(bytes <= 20'000);
  REQUIRE(cache.find("k19"));
  CHECK(cache.find("k19")->values == table.values);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "c"))
    if (entry.is_regular_file()) std::filesystem::resize_file(entry.path(), 100);
  CHECK_FALSE(cache.find("k19"));
}
