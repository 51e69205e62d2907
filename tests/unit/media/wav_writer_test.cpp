#include <cmath>
#include <fstream>
#include <cstring>
#include <limits>
#include <string>

#include "core/media/audio_reader.h"
#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/media/media_maker.h"

using namespace chladni;
using namespace chladni::media;
using namespace chladni::test;

namespace {

AudioBuffer testSound(int rate, int channels, int samples) {
  AudioBuffer sound;
  sound.rate = SampleRate(rate);
  for (int c = 0; c < channels; ++c) {
    sound.channels.emplace_back();
    for (int n = 0; n < samples; ++n)
      sound.channels.back().push_back(static_cast<float>(soundAt(static_cast<double>(n) / rate, c)));
  }
  return sound;
}

bool emptyFolder(const std::filesystem::path& path) { return std::filesystem::is_empty(path); }

}  // namespace

TEST_CASE("what is written as wav is read back", "[media]") {
  const Scratch scratch;
  struct Case {
    WavFormat format;
    int channels;
    double tolerance;
  };
  for (const Case& c : {Case{WavFormat::pcm16, 1, 0.51 / 32768}, Case{WavFormat::pcm16, 2, 0.51 / 32768},
                        Case{WavFormat::pcm24, 1, 0.6 / 8388608}, Case{WavFormat::pcm24, 6, 0.6 / 8388608},
                        Case{WavFormat::float32, 2, 0.0}, Case{WavFormat::float32, 8, 0.0}}) {
    INFO(c.channels << " channels");
    const auto path = scratch / "out.wav";
    const AudioBuffer sound = testSound(44100, c.channels, 4411);
    auto writer = WavWriter::create(path, sound.rate, c.channels, c.format);
    REQUIRE(writer);
    REQUIRE(writer->write(sound));
    REQUIRE(writer->write(sound));
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK(writer->samplesWritten() == 2 * 4411);
    REQUIRE(writer->commit());
    const auto back = readAudio(path);
    REQUIRE(back);
    CHECK(back->rate == sound.rate);
    REQUIRE(back->channels.size() == sound.channels.size());
    REQUIRE(back->samples() == 2 * 4411);
    double worst = 0.0;
    for (std::size_t channel = 0; channel < sound.channels.size(); ++channel)
      for (std::size_t n = 0; n < 2 * 4411; ++n)
        worst = std::max(worst, std::abs(static_cast<double>(back->channels[channel][n]) -
                                         static_cast<double>(sound.channels[channel][n % 4411])));
    CHECK(worst <= c.tolerance);
    std::filesystem::remove(path);
  }
}

TEST_CASE("samples beyond full scale are clipped and what is no number is silence", "[media]") {
  const Scratch scratch;
  AudioBuffer sound;
  sound.rate = SampleRate(8000);
  sound.channels = {{2.0F, -2.0F, 1.0F, -1.0F, std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}};
  REQUIRE(writeWav(scratch / "loud.wav", sound));
  const auto back = readAudio(scratch / "loud.wav");
  REQUIRE(back);
  const float top = 32767.0F / 32768.0F;
  CHECK(back->channels[0] == std::vector<float>{top, -1.0F, top, -1.0F, 0.0F, top});
}

TEST_CASE("sizes in the header are those of the file", "[media]") {
  const Scratch scratch;
  REQUIRE(writeWav(scratch / "odd.wav", testSound(8000, 1, 3), WavFormat::pcm24));  // nine bytes of samples, one of padding
  std::ifstream in(scratch / "odd.wav", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  std::uint32_t riff = 0;
  std::memcpy(&riff, bytes.data() + 4, 4);
  CHECK(riff == bytes.size() - 8);
  const auto data = bytes.find("data");
  REQUIRE(data != std::string::npos);
  std::uint32_t size = 0;
  std::memcpy(&size, bytes.data() + data + 4, 4);
  CHECK(size == 9);
  CHECK(bytes.size() == data + 8 + 10);
}

TEST_CASE("a wav file that is not committed leaves nothing behind", "[media]") {
  const Scratch scratch;
  {
    auto writer = WavWriter::create(scratch / "out.wav", SampleRate(8000), 1);
    REQUIRE(writer);
    REQUIRE(writer->write(testSound(8000, 1, 100)));
  }
  CHECK(emptyFolder(scratch.path()));
  CHECK_FALSE(WavWriter::create(scratch / "none" / "out.wav", SampleRate(8000), 1));
  CHECK_FALSE(WavWriter::create(scratch / "out.wav", SampleRate(8000), 0));
  CHECK_FALSE(WavWriter::create(scratch / "out.wav", SampleRate(), 1));
}
