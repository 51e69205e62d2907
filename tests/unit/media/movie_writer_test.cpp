#include <malloc.h>
#include <sys/mman.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <numbers>

#include "core/media/audio_reader.h"
#include "core/media/movie_writer.h"
#include "core/media/video_reader.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::media;
using chladni::test::bytesOf;
using chladni::test::Scratch;

namespace {

VideoFrame greyFrame(int index) {
  VideoFrame frame;
  frame.width = 64;
  frame.height = 48;
  frame.rgb.assign(64 * 48 * 3, static_cast<std::uint8_t>(40 + 8 * index));
  return frame;
}

Result<void> writeMovie(const std::filesystem::path& path) {
  auto writer = MovieWriter::create(path, {64, 48, 10, SampleRate(16000), 1, 18});
  if (!writer) return fail(writer.error());
  for (int n = 0; n < 20; ++n) {
    AudioBuffer block{SampleRate(16000), {}, {std::vector<float>(1600)}};
    for (int k = 0; k < 1600; ++k) block.channels[0][static_cast<std::size_t>(k)] = 0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 440.0 * (1600 * n + k) / 16000.0));
    if (auto done = writer->write(greyFrame(n)); !done) return done;
    if (auto done = writer->write(block); !done) return done;
  }
  if (std::filesystem::exists(path)) return fail(ErrorCode::internal, "the file is there before commit");
  return writer->commit();
}

}  // namespace

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("A picture whose last row ends where the memory ends is written", "[media]") {
  // glibc maps such a block by itself, and it all but fills its pages; the block behind it is given back and closed.
  constexpr int kWidth = 650, kHeight = 460;
  constexpr std::size_t kBytes = 3 * kWidth * kHeight, kMapped = (kBytes + 24 + 4095) / 4096 * 4096;
  static_assert(kMapped - 16 - kBytes < 22);  // what swscale reads past such a row
  ::mallopt(M_MMAP_THRESHOLD, 1 << 16);
  const Scratch scratch;
  auto writer = MovieWriter::create(scratch / "a.mp4", {kWidth, kHeight, 10, SampleRate(16000), 0, 18});
  REQUIRE(writer);
  std::vector<std::vector<std::uint8_t>> blocks;
  for (int n = 0; n < 8; ++n) blocks.emplace_back(kBytes, 200);
  VideoFrame frame;
  frame.width = kWidth;
  frame.height = kHeight;
  void* end = nullptr;
  for (std::size_t n = 1; n < blocks.size() && end == nullptr; ++n) {
    if (blocks[n].data() + kMapped != blocks[n - 1].data()) continue;
    frame.rgb = std::move(blocks[n]);
    std::vector<std::uint8_t>().swap(blocks[n - 1]);
    end = frame.rgb.data() - 16 + kMapped;
  }
  if (end == nullptr || ::mmap(end, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) != end) {
    WARN("the memory lies otherwise here; nothing was checked");
    return;
  }
  const auto written = writer->write(frame);
  ::munmap(end, 4096);
  REQUIRE(written);
  CHECK(writer->commit());
}
#endif

TEST_CASE("A written movie is read back: every picture in its place, the sound at its level", "[media]") {
  const Scratch scratch;
  REQUIRE(writeMovie(scratch / "a.mp4"));
  auto video = VideoReader::open(scratch / "a.mp4");
  REQUIRE(video);
  for (int n = 0; n < 20; ++n) {
    auto frame = video->next();
    REQUIRE(frame);
    REQUIRE(*frame);
    CHECK((*frame)->time.seconds() == Approx(0.1 * n).margin(1e-3));
    CHECK(std::abs((*frame)->rgb[3 * (24 * 64 + 32)] - (40 + 8 * n)) <= 4);
  }
  auto end = video->next();
  REQUIRE(end);
  CHECK_FALSE(*end);
  const auto sound = readAudio(scratch / "a.mp4");
  REQUIRE(sound);
  REQUIRE(sound->samples() >= 31000);
  double energy = 0.0;
  for (std::size_t k = 8000; k < 24000; ++k) energy += sound->channels[0][k] * sound->channels[0][k];
  CHECK(std::sqrt(energy / 16000.0) == Approx(0.3536).margin(0.02));
}

TEST_CASE("The same movie twice is the same bytes, and one that is dropped leaves nothing", "[media]") {
  const Scratch scratch;
  REQUIRE(writeMovie(scratch / "a.mp4"));
  REQUIRE(writeMovie(scratch / "b.mp4"));
  CHECK(bytesOf(scratch / "a.mp4") == bytesOf(scratch / "b.mp4"));
  std::filesystem::remove(scratch / "a.mp4");
  std::filesystem::remove(scratch / "b.mp4");
  {
    auto writer = MovieWriter::create(scratch / "c.mp4", {64, 48, 10, SampleRate(16000), 1, 18});
    REQUIRE(writer);
    REQUIRE(writer->write(greyFrame(0)));
  }
  CHECK(std::filesystem::is_empty(scratch.path()));
}

TEST_CASE("Colours come back, below HD and from HD on", "[media]") {
  const Scratch scratch;
  for (const int width : {640, 1280}) {
    VideoFrame red;
    red.width = width;
    red.height = width / 2;
    red.rgb.resize(static_cast<std::size_t>(3 * red.width * red.height));
    for (std::size_t n = 0; n < red.rgb.size(); n += 3) red.rgb[n] = 200, red.rgb[n + 1] = 40, red.rgb[n + 2] = 60;
    const auto path = scratch / (std::to_string(width) + ".mp4");
    auto writer = MovieWriter::create(path, {red.width, red.height, 10, {}, 0, 10});
    REQUIRE(writer);
    REQUIRE(writer->write(red));
    REQUIRE(writer->commit());
    auto video = VideoReader::open(path);
    REQUIRE(video);
    const auto frame = video->frameAt({});
    REQUIRE(frame);
    for (std::size_t c = 0; c < 3; ++c) CHECK(std::abs(frame->rgb[3 * static_cast<std::size_t>(width) + c] - red.rgb[c]) <= 4);
    CHECK_FALSE(AudioReader::open(path));  // no channels: no track
  }
}

TEST_CASE("A disk that takes no more is one line about what to do, and leaves nothing", "[media]") {
  const Scratch scratch;
  rlimit before{};
  REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit little{20000, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  {
    auto writer = MovieWriter::create(scratch / "a.mp4", {64, 48, 10, {}, 0, 0});
    REQUIRE(writer);
    REQUIRE(setrlimit(RLIMIT_FSIZE, &little) == 0);
    Result<void> done;
    unsigned noise = 1;
    for (int n = 0; n < 200 && done; ++n) {
      VideoFrame frame = greyFrame(0);
      for (auto& value : frame.rgb) value = static_cast<std::uint8_t>((noise = noise * 1664525U + 1013904223U) >> 24U);
      done = writer->write(frame);
    }
    if (done) done = writer->commit();
    REQUIRE(setrlimit(RLIMIT_FSIZE, &before) == 0);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == ErrorCode::io);
    CHECK(done.error().message.find("a.mp4: writing failed") != std::string::npos);
    CHECK(done.error().message.find("make room") != std::string::npos);
  }
  std::signal(SIGXFSZ, handler);
  CHECK(std::filesystem::is_empty(scratch.path()));
}

TEST_CASE("Forms that no encoder takes are refused", "[media]") {
  const Scratch scratch;
  CHECK_FALSE(MovieWriter::create(scratch / "a.mp4", {63, 48, 10, SampleRate(16000), 1, 18}));
  CHECK_FALSE(MovieWriter::create(scratch / "a.mp4", {64, 48, 0, SampleRate(16000), 1, 18}));
  CHECK_FALSE(MovieWriter::create(scratch / "a.mp4", {64, 48, 10, SampleRate(16000), 3, 18}));
  CHECK_FALSE(MovieWriter::create(scratch / "nowhere" / "a.mp4", {64, 48, 10, SampleRate(16000), 1, 18}));
}
