// Clips with sound and pictures from files: the demo has both, a WAV file only sound, a text file neither.
#include <cmath>
#include <fstream>
#include <numbers>

#include "core/media/wav_writer.h"
#include "core/training/clip_examples.h"
#include "core/training/data_report.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::training;

namespace {

FrontendSpec smallFrontend() {
  FrontendSpec spec;
  spec.melBins = 32;
  spec.targetFrames = 40;
  spec.picture = PictureSpec{};
  spec.picture->size = 32;
  return spec;
}

SoundLoader loaderOf(BlobCache& cache) {
  auto frontend = dsp::Frontend::create(smallFrontend());
  REQUIRE(frontend);
  return {*frontend, "small", cache};
}

void writeTone(const std::filesystem::path& path) {
  AudioBuffer sound{SampleRate(16000), {}, {{}}};
  for (int n = 0; n < 16000; ++n) sound.channels[0].push_back(0.3F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 440.0 * n / 16000.0)));
  REQUIRE(media::writeWav(path, sound));
}

// Items: two stretches of the demo, a tone, a file that is no medium.
SoundSet clips(const test::Scratch& folder) {
  writeTone(folder / "tone.wav");
  std::ofstream(folder / "text.mp4") << "not a film";
  SoundSet set;
  set.classes = {"a", "b"};
  set.items.push_back({CHLADNI_DEMO, 0.0, 8.0, {0}, "first", "1", Part::train});
  set.items.push_back({CHLADNI_DEMO, 8.0, 16.0, {1}, "second", "2", Part::train});
  set.items.push_back({folder / "tone.wav", 0.0, {}, {0}, "tone", "3", Part::train});
  set.items.push_back({folder / "text.mp4", 0.0, {}, {1}, "text", "4", Part::train});
  return set;
}

struct Made {
  std::vector<float> sound, picture, has, target;
};

Made make(const Examples& examples, std::int64_t item, std::uint64_t seed, bool augment) {
  Made made;
  std::vector<std::vector<float>*> tables{&made.sound, &made.picture, &made.has, &made.target};
  std::vector<std::span<float>> spans;
  for (std::size_t n = 0; n < examples.fields().size(); ++n) {
    tables[n]->resize(static_cast<std::size_t>(examples.fields()[n].values()));
    spans.emplace_back(*tables[n]);
  }
  auto done = examples.make({item, seed, augment}, spans);
  if (!done) FAIL(done.error().describe());
  return made;
}

DataReport look(SoundSet& set, const SoundLoader& loader, const PictureLoader& pictures, bool needsPicture = false) {
  InspectOptions options;
  options.validationShare = 0.0;
  options.pictures = &pictures;
  options.needsSound = false;
  options.needsPicture = needsPicture;
  auto report = inspect(set, loader, options);
  if (!report) FAIL(report.error().describe());
  return *report;
}

bool says(const DataReport& report, const std::string& words) {
  for (const auto& line : report.warnings())
    if (line.find(words) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("The report says which items lack sound or pictures, and leaves out what cannot be used") {
  const test::Scratch folder;
  BlobCache cache(folder / "cache", 1 << 26);
  const auto loader = loaderOf(cache);
  const PictureLoader pictures(*smallFrontend().picture, loader);
  auto set = clips(folder);
  const auto report = look(set, loader, pictures);
  REQUIRE(set.items.size() == 3);
  CHECK(set.items[0].sees);
  CHECK(set.items[0].hears);
  CHECK_FALSE(set.items[2].sees);
  CHECK(report.soundOnly == std::vector<std::string>{"tone"});
  CHECK(report.broken.size() == 1);
  CHECK(says(report, "1 item has no pictures and is used for its sound alone: tone"));

  auto strict = clips(folder);
  const auto refused = look(strict, loader, pictures, true);
  CHECK(strict.items.size() == 2);
  CHECK(refused.broken.size() == 2);
}

TEST_CASE("Clips hold sound and a picture of one moment; what is missing is zero and marked") {
  const test::Scratch folder;
  BlobCache cache(folder / "cache", 1 << 26);
  const auto loader = loaderOf(cache);
  const PictureLoader pictures(*smallFrontend().picture, loader);
  auto set = clips(folder);
  look(set, loader, pictures);
  ClipOptions options;
  options.classes = 2;
  options.augmentation.randomCrop = true;
  const ClipExamples examples(set.items, loader, options);
  REQUIRE(examples.fields().size() == 4);
  const auto film = make(examples, 1, 1, false), tone = make(examples, 2, 1, false);
  CHECK(film.has == std::vector<float>{1.0F, 1.0F});
  CHECK(film.target == std::vector<float>{0.0F, 1.0F});
  CHECK(tone.has == std::vector<float>{1.0F, 0.0F});
  CHECK(std::all_of(tone.picture.begin(), tone.picture.end(), [](float value) { return value == 0.0F; }));
  CHECK(std::any_of(tone.sound.begin(), tone.sound.end(), [](float value) { return value != 0.0F; }));
  // In use: the first clip of the stretch and the picture of its middle, whatever the seed.
  CHECK(make(examples, 1, 7, false).picture == film.picture);
  auto frame = pictures.picture(set.items[1], 8.0 + loader.clipSeconds() / 2.0);
  REQUIRE(frame);
  CHECK(film.picture == *frame);
  // While learning: the same draw is the same, others are of other moments.
  CHECK(make(examples, 1, 7, true).sound == make(examples, 1, 7, true).sound);
  bool moves = false;
  for (std::uint64_t seed = 0; seed < 12; ++seed) moves |= make(examples, 1, seed, true).picture != film.picture;
  CHECK(moves);
}

TEST_CASE("Modality dropout leaves one of two, never none; mix-up blends both") {
  const test::Scratch folder;
  BlobCache cache(folder / "cache", 1 << 26);
  const auto loader = loaderOf(cache);
  const PictureLoader pictures(*smallFrontend().picture, loader);
  auto set = clips(folder);
  look(set, loader, pictures);
  ClipOptions options;
  options.classes = 2;
  options.modalityDropout = 1.0;
  const ClipExamples one(set.items, loader, options);
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const auto has = make(one, 0, seed, true).has;
    CHECK(has[0] + has[1] == 1.0F);
  }
  options.modalityDropout = 0.0;
  options.augmentation.mixup = 1.0;
  set.items.pop_back();
  const ClipExamples mixed(set.items, loader, options);
  bool blended = false;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const auto target = make(mixed, 0, seed, true).target;
    CHECK(target[0] + target[1] == Approx(1.0F));
    blended |= target[1] > 0.05F;
  }
  CHECK(blended);
}
