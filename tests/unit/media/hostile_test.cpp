// Files that are not what they seem: one clear line each, no crash, nothing outside the file touched.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <random>
#include <string>

#include "core/media/audio_reader.h"
#include "core/media/media_info.h"
#include "core/media/video_reader.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/media/media_maker.h"

using namespace chladni;
using namespace chladni::media;
using namespace chladni::test;

namespace {

void checkLine(const Error& error) {
  const std::string text = error.describe();
  INFO(text);
  CHECK(text.find('\n') == std::string::npos);
  CHECK(text.size() > 20);
  CHECK(text.size() < 320);
  CHECK(text.find("; ") != std::string::npos);  // what, then what to do
}

void checkRefused(const std::filesystem::path& path, ErrorCode code) {
  const auto info = probe(path);
  REQUIRE_FALSE(info);
  CHECK(info.error().code == code);
  checkLine(info.error());
  const auto sound = AudioReader::open(path);
  REQUIRE_FALSE(sound);
  CHECK(sound.error().code == code);
  const auto video = VideoReader::open(path);
  REQUIRE_FALSE(video);
  CHECK(video.error().code == code);
}

}  // namespace

TEST_CASE("paths that hold no media are refused in one line", "[media]") {
  const Scratch scratch;
  checkRefused(scratch / "missing.wav", ErrorCode::notFound);
  checkRefused(scratch / ("two\nlines.wav"), ErrorCode::notFound);
  checkRefused(scratch.path(), ErrorCode::notFound);
  checkRefused(scratch / std::string(4096, 'n'), ErrorCode::notFound);
  checkRefused(scratch / (std::string(5000, 'd') + "/x.wav"), ErrorCode::notFound);
  checkRefused("", ErrorCode::notFound);
  writeText(scratch / "empty.mp4", "");
  checkRefused(scratch / "empty.mp4", ErrorCode::corruptData);
  writeText(scratch / "text.mp4", "This is a letter, not a film.\n" + std::string(3000, 'a'));
  checkRefused(scratch / "text.mp4", ErrorCode::corruptData);
  writeText(scratch / "text.wav", "not a sound\n");
  checkRefused(scratch / "text.wav", ErrorCode::corruptData);
  REQUIRE(::mkfifo((scratch / "pipe.wav").c_str(), 0600) == 0);
  checkRefused(scratch / "pipe.wav", ErrorCode::unsupported);
  checkRefused("/dev/zero", ErrorCode::unsupported);
}

TEST_CASE("a file without read permission is refused in one line", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "locked.wav";
  writeRawWav(path, {44100, 1, 16, 100, {}});
  std::filesystem::permissions(scratch.path(), std::filesystem::perms::all);
  std::filesystem::permissions(path, std::filesystem::perms::none);
  const bool root = ::geteuid() == 0;
  if (root) REQUIRE(::seteuid(65534) == 0);
  const auto info = probe(path);
  if (root) REQUIRE(::seteuid(0) == 0);
  REQUIRE_FALSE(info);
  CHECK(info.error().code == ErrorCode::io);
  CHECK(info.error().message.find("permission") != std::string::npos);
  checkLine(info.error());
}

TEST_CASE("an mp4 without its index says so", "[media]") {
  const Scratch scratch;
  MediaSpec spec{"mp4", SoundSpec{"aac", 44100, 1, 2.0, 0.0, {}}, {}};
  makeMedia(scratch / "whole.mp4", spec);
  copyStart(scratch / "whole.mp4", scratch / "cut.mp4", 0.7);  // the index is at the end
  checkRefused(scratch / "cut.mp4", ErrorCode::corruptData);
  CHECK(probe(scratch / "cut.mp4").error().message.find("moov") != std::string::npos);
}

TEST_CASE("names that look like protocols or options are plain files", "[media]") {
  const Scratch scratch;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(scratch.path());
  for (const char* name : {"a:b.wav", "concat:x", "-", "pipe:0", "http:x.wav", "%d.wav", "file:y.wav", "Größe 音楽 🎻.wav", "a b'\"|.wav"}) {
    INFO(name);
    writeRawWav(name, {8000, 1, 16, 800, {}});
    const auto sound = readAudio(name);
    REQUIRE(sound);
    CHECK(sound->samples() == 800);
    CHECK(probe(name));
  }
  std::filesystem::current_path(before);
  const auto longest = scratch / (std::string(251, 'l') + ".wav");
  writeRawWav(longest, {8000, 1, 16, 800, {}});
  CHECK(probe(longest));
}

TEST_CASE("playlists do not open other files", "[media]") {
  const Scratch scratch;
  writeRawWav(scratch / "sound.wav", {8000, 1, 16, 8000, {}});
  writeText(scratch / "list.txt", "ffconcat version 1.0\nfile sound.wav\n");
  writeText(scratch / "list.ffconcat", "ffconcat version 1.0\nfile sound.wav\n");
  writeText(scratch / "list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsound.wav\n#EXT-X-ENDLIST\n");
  writeText(scratch / "stream.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n");
  for (const char* name : {"list.txt", "list.ffconcat", "list.m3u8", "stream.sdp"}) {
    INFO(name);
    const auto info = probe(scratch / name);
    REQUIRE_FALSE(info);
    checkLine(info.error());
  }
}

TEST_CASE("absurd headers are refused before anything is allocated", "[media]") {
  const Scratch scratch;
  const auto path = scratch / "absurd.wav";
  for (const int rate : {0, -1, 2'000'000'000}) {
    INFO(rate);
    writeRawWav(path, {rate == 0 ? 44100 : 44100, 1, 16, 100, {}});
    std::string bytes = bytesOf(path);
    bytes.replace(24, 4, reinterpret_cast<const char*>(&rate), 4);
    writeText(path, bytes);
    const auto sound = AudioReader::open(path);
    REQUIRE_FALSE(sound);
    checkLine(sound.error());
  }
  writeRawWav(path, {44100, 1, 16, 100, {}});
  std::string bytes = bytesOf(path);
  const std::uint16_t channels = 60000;
  bytes.replace(22, 2, reinterpret_cast<const char*>(&channels), 2);
  writeText(path, bytes);
  const auto sound = AudioReader::open(path);
  if (!sound) checkLine(sound.error());
  AudioReaderOptions options;
  options.rate = SampleRate(1);
  writeRawWav(path, {44100, 1, 16, 100, {}});
  CHECK(AudioReader::open(path, options).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("streams of the other kind are named in the error", "[media]") {
  const Scratch scratch;
  MediaSpec silent{"mp4", {}, MadePicture{}};
  silent.pictures->codec = "mpeg4";
  silent.pictures->stamps = evenStamps(5, 40);
  makeMedia(scratch / "silent.mp4", silent);
  const auto sound = AudioReader::open(scratch / "silent.mp4");
  REQUIRE_FALSE(sound);
  CHECK(sound.error().code == ErrorCode::notFound);
  CHECK(sound.error().message.starts_with("silent.mp4: no audio stream; "));
  writeRawWav(scratch / "blind.wav", {8000, 1, 16, 800, {}});
  const auto video = VideoReader::open(scratch / "blind.wav");
  REQUIRE_FALSE(video);
  CHECK(video.error().message.starts_with("blind.wav: no video stream; "));
  AudioReaderOptions second;
  second.stream = 1;
  CHECK(AudioReader::open(scratch / "blind.wav", second).error().code == ErrorCode::notFound);
}

TEST_CASE("cut and scrambled files end or fail, never hang or crash", "[media]") {
  const Scratch scratch;
  std::mt19937 random(7);
  struct Case {
    const char* format;
    const char* sound;
    const char* picture;
  };
  for (const Case& c : {Case{"mp4", "aac", "mpeg4"}, Case{"matroska", "aac", "mpeg4"}, Case{"mpegts", "aac", "mpeg4"},
                        Case{"ogg", "flac", nullptr}, Case{"mp3", "libmp3lame", nullptr}, Case{"avi", "pcm_s16le", "mpeg4"},
                        Case{"flac", "flac", nullptr}, Case{"wav", "pcm_s16le", nullptr}}) {
    if (!haveEncoder(c.sound)) continue;
    MediaSpec spec{c.format, SoundSpec{c.sound, 44100, 1, 2.0, 0.0, {}}, {}};
    if (c.picture) {
      spec.pictures = MadePicture{};
      spec.pictures->codec = c.picture;
      spec.pictures->stamps = evenStamps(50, 40);
    }
    makeMedia(scratch / "good", spec);
    const std::string good = bytesOf(scratch / "good");
    for (int round = 0; round < 12; ++round) {
      INFO(c.format << " round " << round);
      std::string bad = good;
      if (round % 3 == 0) bad.resize(bad.size() * static_cast<std::size_t>(round + 1) / 13);
      for (int hit = 0; hit < 20 * (round % 3); ++hit)
        bad[random() % (round % 2 == 0 ? bad.size() : std::min<std::size_t>(bad.size(), 600))] = static_cast<char>(random());
      writeText(scratch / "bad", bad);
      const auto info = probe(scratch / "bad", ProbeDepth::exact);
      if (!info) checkLine(info.error());
      const auto sound = readAudio(scratch / "bad", {}, TimeRange{{}, MediaTime::fromSeconds(20.0)});
      if (!sound) checkLine(sound.error());
      auto reader = VideoReader::open(scratch / "bad");
      if (!reader) {
        checkLine(reader.error());
        continue;
      }
      for (const double at : {1.5, 0.2, 100.0}) {
        const auto frame = reader->frameAt(MediaTime::fromSeconds(at));
        if (!frame) checkLine(frame.error());
      }
    }
  }
}

TEST_CASE("opening stops when asked", "[media]") {
  const Scratch scratch;
  writeRawWav(scratch / "sound.wav", {8000, 1, 16, 8000, {}});
  std::stop_source source;
  source.request_stop();
  const auto info = probe(scratch / "sound.wav", ProbeDepth::exact, source.get_token());
  REQUIRE_FALSE(info);
  CHECK(info.error().code == ErrorCode::cancelled);
}
