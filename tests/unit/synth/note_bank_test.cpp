#include <cmath>
#include <fstream>
#include <numbers>

#include "core/media/wav_writer.h"
#include "core/synth/note_bank.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::synth;
using test::Scratch;

namespace {

void writeTone(const std::filesystem::path& path, double hertz) {
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels.resize(1);
  for (int n = 0; n < 8000; ++n) sound.channels[0].push_back(0.3F * static_cast<float>(std::sin(2.0 * std::numbers::pi * hertz * n / 16000.0)));
  REQUIRE(media::writeWav(path, sound, media::WavFormat::float32));
}

}  // namespace

TEST_CASE("Notes are grouped by class and source, by rising key, and say whether they were recorded") {
  const Scratch scratch;
  writeTone(scratch / "high.wav", 440.0);
  writeTone(scratch / "low.wav", 220.0);
  writeTone(scratch / "made.wav", 220.0);
  std::ofstream(scratch / "notes.csv") << "file,class,source,kind,midi_note,origin\nhigh.wav,playing oboe,a studio,note,69,recorded\n"
                                          "low.wav,playing oboe,a studio,note,57,\nmade.wav,playing oboe,a patch,note,57,rendered\n"
                                          "low.wav,,a street,passage,,recorded\n";
  const auto bank = loadRecordedNotes(scratch / "notes.csv", SampleRate(16000));
  if (!bank) FAIL(bank.error().describe());
  REQUIRE(bank->groups.size() == 3);
  CHECK(bank->groups[0].recorded);
  REQUIRE(bank->groups[0].sounds.size() == 2);
  CHECK(bank->groups[0].sounds[0].key == 57.0);
  CHECK(bank->groups[1].source == "a patch");
  CHECK_FALSE(bank->groups[1].recorded);
  CHECK(bank->groups[2].label == kNoInstrument);
  CHECK(loadRecordedNotes(scratch / "none.csv", SampleRate(16000)).error().code == ErrorCode::notFound);
}
