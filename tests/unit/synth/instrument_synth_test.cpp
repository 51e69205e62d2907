// Rendering with a real soundfont; the cases that need one are skipped where TimGM6mb is not installed.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <unistd.h>

#include "core/base/atomic_file.h"
#include "core/media/audio_reader.h"
#include "core/synth/csv_table.h"
#include "core/synth/demo_piece.h"
#include "core/synth/instrument_map.h"
#include "core/synth/instrument_synth.h"
#include "core/synth/soundfont_renderer.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::synth;
namespace fs = std::filesystem;

namespace {

class Folder {
 public:
  explicit Folder(const std::string& name) : path_(fs::temp_directory_path() / ("chladni-synth-" + name + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Maps that name one small soundfont only, so that the test does not depend on what else is installed.
void writeMaps(const fs::path& folder) {
  REQUIRE(writeFileAtomically(folder / "instruments.csv", "class,manner,lowest_key,highest_key\nplaying cello,solo,36,72\nplaying piano,chords,40,80\nplaying bongo,hits,60,61\nplaying drum kit,kit,35,59\n"));
  REQUIRE(writeFileAtomically(folder / "soundfont_presets.csv", "soundfont,bank,program,preset,class\nTimGM6mb.sf2,0,42,Cello,playing cello\nTimGM6mb.sf2,0,0,Piano,playing piano\nTimGM6mb.sf2,128,0,Standard,playing drum kit\n"));
  REQUIRE(writeFileAtomically(folder / "drum_notes.csv", "key,class\n36,playing bass drum\n60,playing bongo\n61,playing bongo\n"));
}

bool haveSoundfont() {
  if (!findSoundfont("TimGM6mb.sf2").empty()) return true;
  WARN("TimGM6mb.sf2 is not installed; nothing rendered");
  return false;
}

}  // namespace

TEST_CASE("The maps that come with the program fit together") {
  const auto map = InstrumentMap::load();
  REQUIRE(map.has_value());
  CHECK(map->instruments.size() >= 30);
  for (const auto& [label, instrument] : map->instruments) REQUIRE(instrument.lowestKey <= instrument.highestKey);
  for (const auto& preset : map->presets) REQUIRE(map->instruments.contains(preset.label));
  for (const auto& [key, label] : map->drumLabels) REQUIRE((label == "tom" || map->instruments.contains(label)));
}

TEST_CASE("Unknown classes, empty orders and missing maps are refused") {
  const Folder folder("bad");
  SynthOptions options;
  options.out = folder.path() / "out";
  options.clips = 0;
  CHECK(synthesiseInstruments(options).error().code == ErrorCode::invalidArgument);
  options.clips = 1;
  options.maps = folder.path() / "nowhere";
  CHECK(synthesiseInstruments(options).error().code == ErrorCode::notFound);
  CHECK(SoundfontRenderer::open(folder.path() / "no.sf2", SampleRate(32000)).error().code == ErrorCode::notFound);
  REQUIRE(writeFileAtomically(folder.path() / "text.sf2", "this is no soundfont"));
  CHECK(SoundfontRenderer::open(folder.path() / "text.sf2", SampleRate(32000)).error().code == ErrorCode::corruptData);
}

TEST_CASE("Clips are labelled, audible and the same for the same seed, whatever the threads") {
  if (!haveSoundfont()) return;
  const Folder folder("clips");
  writeMaps(folder.path());
  SynthOptions options;
  options.maps = folder.path();
  options.clips = 8;
  options.seconds = 1.0;
  options.seed = 11;
  options.threads = 1;
  options.out = folder.path() / "one";
  const auto first = synthesiseInstruments(options);
  REQUIRE(first.has_value());
  CHECK(first->clips == 8);
  CHECK(first->clipsOfClass.size() == 4);  // the bongo is a part of the kit; the bass drum is no class of this map
  options.threads = 3;
  options.out = folder.path() / "three";
  REQUIRE(synthesiseInstruments(options).has_value());

  const auto manifest = CsvTable::read(folder.path() / "one/manifest.csv");
  REQUIRE(manifest.has_value());
  REQUIRE(manifest->rows() == 8);
  for (const char* column : {"path", "start", "end", "labels", "split"}) REQUIRE(manifest->column(column).has_value());
  for (std::size_t row = 0; row < manifest->rows(); ++row) {
    const auto& path = manifest->at(row, *manifest->column("path"));
    const auto one = media::readAudio(folder.path() / "one" / path);
    const auto three = media::readAudio(folder.path() / "three" / path);
    REQUIRE(one.has_value());
    REQUIRE(three.has_value());
    const bool same = one->channels == three->channels;
    REQUIRE(same);
    REQUIRE(one->samples() == 32000);
    REQUIRE(std::any_of(one->channels[0].begin(), one->channels[0].end(), [](float s) { return std::abs(s) > 0.01F; }));
  }
  options.classes = {"playing theremin"};
  CHECK(synthesiseInstruments(options).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("A stopped run says so and its manifest names only what is there") {
  if (!haveSoundfont()) return;
  const Folder folder("stop");
  writeMaps(folder.path());
  std::stop_source stop;
  SynthOptions options;
  options.maps = folder.path();
  options.out = folder.path() / "out";
  options.clips = 50;
  options.seconds = 0.5;
  options.threads = 1;
  const auto result = synthesiseInstruments(options, [&](const Progress& p) { if (p.done == 3) stop.request_stop(); }, stop.get_token());
  REQUIRE_FALSE(result.has_value());
  CHECK(result.error().code == ErrorCode::cancelled);
  const auto manifest = CsvTable::read(options.out / "manifest.csv");
  REQUIRE(manifest.has_value());
  CHECK(manifest->rows() == 3);
}

TEST_CASE("The instruments of the demo enter one after the other") {
  const auto parts = demoParts();
  REQUIRE(parts.size() == 5);
  double before = -1.0;
  for (std::size_t p = 0; p < 4; ++p) {
    double first = kDemoSeconds;
    for (const auto& note : parts[p].notes) {
      first = std::min(first, note.start);
      REQUIRE(note.start + note.duration <= kDemoSeconds);
    }
    CHECK(first > before);
    before = first;
  }
}
