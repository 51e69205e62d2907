#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/media/audio_reader.h"
#include "core/media/media_info.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/media/media_maker.h"

using namespace chladni;
using namespace chladni::media;
using namespace chladni::test;

namespace {

AudioBuffer whole(const std::filesystem::path& path, const AudioReaderOptions& options = {}) {
  auto sound = readAudio(path, options);
  if (!sound) FAIL(sound.error().describe());
  return std::move(*sound);
}

// Largest difference from the test sound over [from, to), the sound delayed by `delay` seconds.
double error(const AudioBuffer& sound, int channel, std::int64_t from, std::int64_t to, double delay = 0.0) {
  if (to > sound.samples()) return 9.0;
  double worst = 0.0;
  for (std::int64_t n = from; n < to; ++n) {
    const double time = static_cast<double>(n) / sound.rate.hz() - delay;
    const float got = sound.channels[static_cast<std::size_t>(channel)][static_cast<std::size_t>(n)];
    worst = std::max(worst, std::abs(soundAt(time, channel) - static_cast<double>(got)));
  }
  return worst;
}

// The same, where the container's stamps only say the place to a millisecond.
double errorNearby(const AudioBuffer& sound, std::int64_t from, std::int64_t to, double delay) {
  double best = 9.0;
  for (int shift = -60; shift <= 60; ++shift)
    best = std::min(best, error(sound, 0, from, to, delay + static_cast<double>(shift) / sound.rate.hz()));
  return best;
}

double largest(const AudioBuffer& sound, std::int64_t from, std::int64_t to) {
  double worst = 0.0;
  for (std::int64_t n = from; n < to; ++n)
    worst = std::max(worst, std::abs(static_cast<double>(sound.channels[0][static_cast<std::size_t>(n)])));
  return worst;
}

// Reads after seeks to several places and compares with the same stretch of the whole.
void checkSeeks(const std::filesystem::path& path, const AudioReaderOptions& options, const AudioBuffer& all,
                double tolerance) {
  auto reader = AudioReader::open(path, options);
  REQUIRE(reader);
  for (const double share : {0.7, 0.31, 0.93, 0.02, 0.5, 0.501, 0.0, 0.999}) {
    const auto at = static_cast<std::int64_t>(share * static_cast<double>(all.samples()));
    INFO("seek to sample " << at);
    REQUIRE(reader->seek(all.rate.time(at)));
    CHECK(reader->position() == at);
    auto block = reader->next({}, 3000);
    REQUIRE(block);
    REQUIRE(*block);
    CHECK((**block).samples() == std::min<std::int64_t>(3000, all.samples() - at));
    double worst = 0.0;
    for (std::int64_t n = 0; n < (**block).samples(); ++n)
      worst = std::max(worst, std::abs(static_cast<double>((**block).channels[0][static_cast<std::size_t>(n)]) -
                                       static_cast<double>(all.channels[0][static_cast<std::size_t>(at + n)])));
    CHECK(worst <= tolerance);
  }
  REQUIRE(reader->seek(all.rate.time(all.samples() + 1000)));
  auto end = reader->next();
  REQUIRE(end);
  CHECK_FALSE(*end);
}

}  // namespace

TEST_CASE("wav files of every width, rate and channel count are read exactly", "[media]") {
  const Scratch scratch;
  struct Case {
    int rate, channels, bits;
    std::int64_t samples;
    double tolerance;
  };
  for (const Case& c : {Case{8000, 1, 8, 8000, 0.01}, Case{44100, 2, 16, 66151, 5e-5}, Case{192000, 2, 24, 200001, 1e-6},
                        Case{48000, 8, 16, 48000, 5e-5}, Case{44100, 1, 32, 882, 1e-6}, Case{11025, 5, 24, 3, 1e-6}}) {
    INFO(c.rate << " Hz, " << c.channels << " channels, " << c.bits << " bits");
    const auto path = scratch / "sound.wav";
    writeRawWav(path, {c.rate, c.channels, c.bits, c.samples, {}});
    const AudioBuffer sound = whole(path);
    CHECK(sound.rate.hz() == c.rate);
    REQUIRE(sound.channels.size() == static_cast<std::size_t>(c.channels));
    REQUIRE(sound.samples() == c.samples);
    for (int channel = 0; channel < c.channels; ++channel) CHECK(error(sound, channel, 0, c.samples) < c.tolerance);
    const auto info = probe(path);
    REQUIRE(info);
    CHECK(std::abs(info->durationSeconds - static_cast<double>(c.samples) / c.rate) < 1e-6);
    if (c.samples > 3000) checkSeeks(path, {}, sound, 0.0);
  }
}

TEST_CASE("wav headers that lie about their length do not shorten or lengthen the sound", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "sound.wav";
  for (const std::uint32_t stated : {0U, 0xFFFFFFFFU, 4'000'000U}) {
    INFO("stated bytes " << stated);
    writeRawWav(path, {44100, 2, 16, 30000, stated});
    CHECK(whole(path).samples() == 30000);
    const auto info = probe(path);
    REQUIRE(info);
    CHECK(std::abs(info->durationSeconds - 30000.0 / 44100.0) < 1e-4);
  }
}

TEST_CASE("a wav file without samples is an empty sound", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "nothing.wav";
  writeRawWav(path, {44100, 2, 16, 0, {}});
  CHECK(whole(path).samples() == 0);
  AudioReaderOptions options;
  options.rate = SampleRate(16000);
  CHECK(whole(path, options).samples() == 0);
  const auto info = probe(path, ProbeDepth::exact);
  REQUIRE(info);
  CHECK(info->durationSeconds == 0.0);
  CHECK(info->audio.at(0).samples == 0);
}

TEST_CASE("codecs and containers keep every sample in its place, whole and after seeking", "[media]") {
  const Scratch scratch;
  struct Case {
    const char* format;
    const char* codec;
    const char* extension;
    int rate;
    double tolerance;      // of the sound; lossy codecs come close
    double seekTolerance;  // of seeking
  };
  const std::vector<Case> cases{{"wav", "pcm_s16le", "wav", 44100, 1e-4, 0.0},
                                {"flac", "flac", "flac", 44100, 1e-4, 0.0},
                                {"mp3", "libmp3lame", "mp3", 44100, 0.1, 1e-6},
                                {"adts", "aac", "aac", 44100, 9.0, 1e-6},
                                {"mp4", "aac", "m4a", 44100, 0.1, 1e-6},
                                {"mp4", "aac", "m4a", 48000, 0.1, 1e-6},
                                {"ogg", "libvorbis", "ogg", 44100, 0.1, 1e-6},
                                {"ogg", "libopus", "opus", 48000, 0.1, 2e-3},
                                {"webm", "libopus", "webm", 48000, 0.1, 2e-3},
                                {"webm", "libvorbis", "webm", 44100, 0.1, 1e-6},
                                {"matroska", "aac", "mkv", 44100, 9.0, 1e-6},  // keeps no encoder delay
                                {"matroska", "pcm_s16le", "mkv", 44100, 1e-4, 0.0},
                                {"matroska", "flac", "mkv", 44100, 1e-4, 0.0},
                                {"matroska", "libmp3lame", "mkv", 44100, 9.0, 1e-6},
                                {"mpegts", "aac", "ts", 44100, 9.0, 1e-6},
                                {"avi", "pcm_s16le", "avi", 44100, 1e-4, 0.0},
                                {"mov", "pcm_s16le", "mov", 44100, 1e-4, 0.0},
                                {"mov", "alac", "mov", 44100, 1e-4, 0.0},
                                {"flv", "aac", "flv", 44100, 9.0, 1e-6},
                                {"aiff", "pcm_s16be", "aiff", 44100, 1e-4, 0.0}};
  for (const Case& c : cases) {
    if (!haveEncoder(c.codec)) continue;
    INFO(c.codec << " in " << c.format << " at " << c.rate);
    const auto path = scratch / ("sound." + std::string(c.extension));
    makeMedia(path, {c.format, SoundSpec{c.codec, c.rate, 2, 9.3, 0.0, {}}, {}});
    const AudioBuffer sound = whole(path);
    const double seconds = sound.duration().seconds();
    CHECK(seconds > 9.29);
    CHECK(seconds < 9.3 + 0.12);  // the last codec frame may overhang
    if (c.tolerance < 1.0) {
      CHECK(error(sound, 0, c.rate / 2, 9 * c.rate) < c.tolerance);
      CHECK(error(sound, 1, c.rate / 2, 9 * c.rate) < c.tolerance);
    }
    checkSeeks(path, {}, sound, c.seekTolerance);
    const auto info = probe(path);
    REQUIRE(info);
    CHECK(std::abs(info->durationSeconds - seconds) < 0.05);
    const auto exact = probe(path, ProbeDepth::exact);
    REQUIRE(exact);
    CHECK(exact->audio.at(0).samples == sound.samples());
  }
}

TEST_CASE("resampling gives the right samples in the right number, whatever the blocks", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "sound.wav";
  struct Case {
    int from, to;
  };
  for (const Case& c : {Case{44100, 16000}, Case{48000, 16000}, Case{8000, 44100}, Case{192000, 16000}, Case{22050, 48000},
                        Case{44100, 44099}}) {
    INFO(c.from << " to " << c.to);
    const std::int64_t samples = c.from * 3 + 17;
    writeRawWav(path, {c.from, 2, 32, samples, {}});
    AudioReaderOptions options;
    options.rate = SampleRate(c.to);
    const AudioBuffer sound = whole(path, options);
    CHECK(sound.samples() == (samples * c.to + c.from - 1) / c.from);
    CHECK(error(sound, 0, c.to / 4, c.to * 11 / 4) < 2e-4);
    CHECK(error(sound, 1, c.to / 4, c.to * 11 / 4) < 2e-4);

    auto reader = AudioReader::open(path, options);
    REQUIRE(reader);
    std::vector<float> pieces;
    for (std::int64_t size = 1;; size = size * 7 % 5003 + 1) {
      auto block = reader->next({}, size);
      REQUIRE(block);
      if (!*block) break;
      CHECK((**block).startTime == sound.rate.time(static_cast<std::int64_t>(pieces.size())));
      pieces.insert(pieces.end(), (**block).channels[0].begin(), (**block).channels[0].end());
    }
    CHECK(pieces == sound.channels[0]);
    checkSeeks(path, options, sound, c.to == 44099 ? 1e-4 : 1e-6);
  }
}

TEST_CASE("twenty milliseconds are resampled to the exact length", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "short.wav";
  writeRawWav(path, {44100, 1, 16, 882, {}});
  AudioReaderOptions options;
  options.rate = SampleRate(16000);
  CHECK(whole(path, options).samples() == 320);
}

TEST_CASE("mixing takes the first channel or the mean of all", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "sound.wav";
  writeRawWav(path, {44100, 3, 32, 5000, {}});
  const AudioBuffer all = whole(path);
  AudioReaderOptions options;
  options.mix = ChannelMix::first;
  CHECK(whole(path, options).channels == std::vector<std::vector<float>>{all.channels[0]});
  options.mix = ChannelMix::mean;
  const AudioBuffer mean = whole(path, options);
  REQUIRE(mean.channels.size() == 1);
  for (std::size_t n = 0; n < 5000; ++n)
    REQUIRE(std::abs(mean.channels[0][n] - (all.channels[0][n] + all.channels[1][n] + all.channels[2][n]) / 3.0F) < 1e-6F);
}

TEST_CASE("sound that begins after the pictures is preceded by silence", "[media]") {
  const Scratch scratch;
  for (const char* format : {"mp4", "matroska", "mpegts"}) {
    INFO(format);
    const auto path = scratch / "late";
    MediaSpec spec{format, SoundSpec{"aac", 44100, 1, 2.0, 1.5, {}}, MadePicture{}};
    spec.pictures->codec = "mpeg4";
    spec.pictures->stamps = evenStamps(75, 40);
    makeMedia(path, spec);
    const AudioBuffer sound = whole(path);
    CHECK(largest(sound, 0, 44100 * 145 / 100) == 0.0);
    if (std::string(format) == "mp4") CHECK(errorNearby(sound, 44100 * 18 / 10, 44100 * 34 / 10, 1.5) < 0.1);
    auto reader = AudioReader::open(path);
    REQUIRE(reader);
    CHECK(std::abs(reader->info().start.seconds() - 1.5) < 0.03);
    AudioReaderOptions options;
    options.fillStart = false;
    const AudioBuffer real = whole(path, options);
    CHECK(std::abs(real.startTime.seconds() - 1.5) < 0.03);
    CHECK(real.samples() + reader->info().rate.samples(real.startTime) == sound.samples());
    checkSeeks(path, {}, sound, 1e-6);
    const auto info = probe(path);
    REQUIRE(info);
    CHECK(std::abs(info->audio.at(0).startSeconds - 1.5) < 0.05);
  }
}

TEST_CASE("packets that are missing leave silence and later sound in its place", "[media]") {
  const Scratch scratch;
  for (const char* codec : {"pcm_s16le", "flac", "aac", "libmp3lame", "libopus"}) {
    if (!haveEncoder(codec)) continue;
    INFO(codec);
    const int rate = std::string(codec) == "libopus" ? 48000 : 44100;
    const auto path = scratch / "gap.mkv";
    makeMedia(path, {"matroska", SoundSpec{codec, rate, 1, 5.0, 0.0, std::pair(2.0, 3.0)}, {}});
    auto reader = AudioReader::open(path);
    REQUIRE(reader);
    const AudioBuffer sound = whole(path);
    CHECK(std::abs(sound.duration().seconds() - 5.0) < 0.06);
    CHECK(largest(sound, rate * 22 / 10, rate * 28 / 10) < 0.01);
    const double delay = std::string(codec) == "aac" ? 1024.0 / rate : std::string(codec) == "libmp3lame" ? 1105.0 / rate : 0.0;
    CHECK(errorNearby(sound, rate * 33 / 10, rate * 48 / 10, delay) < 0.12);
    while (true) {
      auto block = reader->next();
      REQUIRE(block);
      if (!*block) break;
    }
    CHECK(std::abs(static_cast<double>(reader->gapSamples()) / rate - 1.0) < 0.06);
    REQUIRE(reader->seek(MediaTime::fromSeconds(4.0)));
    auto block = reader->next({}, 1000);
    REQUIRE(block);
    REQUIRE(*block);
    CHECK(std::equal((**block).channels[0].begin(), (**block).channels[0].end(), sound.channels[0].begin() + 4 * rate,
                     [](float a, float b) { return std::abs(a - b) < 2e-3F; }));
  }
}

TEST_CASE("a few bytes cannot ask for hours of silence unless the header states them", "[media]") {
  const Scratch scratch;
  SoundSpec pauses{"pcm_s16le", 8000, 1, 2.0, 0.0, {}};
  pauses.pause = 50.0;
  makeMedia(scratch / "stated.mkv", {"matroska", pauses, {}});
  makeMedia(scratch / "live.mkv", {"matroska", pauses, {}, "live=1"});
  CHECK(whole(scratch / "stated.mkv").duration().seconds() > 900.0);
  const double live = whole(scratch / "live.mkv").duration().seconds();
  CHECK(live > 500.0);
  CHECK(live < 610.0);
}

TEST_CASE("a range is read where it lies", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "sound.wav";
  writeRawWav(path, {48000, 1, 32, 96000, {}});
  const TimeRange range{MediaTime::fromSeconds(0.5), MediaTime::fromSeconds(1.25)};
  const auto part = readAudio(path, {}, range);
  REQUIRE(part);
  CHECK(part->samples() == 36000);
  CHECK(part->startTime == range.start);
  CHECK(std::abs(static_cast<double>(part->channels[0][0]) - soundAt(0.5, 0)) < 1e-6);
  const auto beyond = readAudio(path, {}, TimeRange{MediaTime::fromSeconds(1.9), MediaTime::fromSeconds(9.0)});
  REQUIRE(beyond);
  CHECK(beyond->samples() == 4800);
}

TEST_CASE("decoding stops when asked and goes on from where it was", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "sound.wav";
  writeRawWav(path, {48000, 1, 16, 480000, {}});
  auto reader = AudioReader::open(path);
  REQUIRE(reader);
  std::stop_source source;
  source.request_stop();
  REQUIRE(reader->seek(MediaTime::fromSeconds(9.0)));
  auto stopped = readAudio(path, {}, std::nullopt, source.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == ErrorCode::cancelled);
  auto block = reader->next();
  REQUIRE(block);
  REQUIRE(*block);
  CHECK((**block).startTime == MediaTime::fromSeconds(9.0));
}
