// The film of a video above the lanes: the right picture at the right place, few or many of them; none without a video.
#include <QAction>
#include <cmath>

#include "core/media/movie_writer.h"
#include "tests/gui/window/bench.h"
#include "ui/workspace/time_area.h"
#include "widgets/video/film_lane.h"

using namespace chladni;
using widgets::FilmLane;
using widgets::FilmSlot;

namespace {

constexpr int kFps = 10, kFrames = 60, kStep = 3, kFirst = 40;  // pictures grow lighter by 3 of 255

struct FilmBench : test::Bench {
  std::filesystem::path film(const std::string& name) {
    auto writer = media::MovieWriter::create(scratch / name, {.width = 320, .height = 240, .fps = kFps, .rate = SampleRate(16000), .channels = 1, .quality = 10});
    REQUIRE(writer);
    for (int n = 0; n < kFrames; ++n) {
      VideoFrame frame;
      frame.width = 320;
      frame.height = 240;
      frame.rgb.assign(static_cast<std::size_t>(320) * 240 * 3, static_cast<std::uint8_t>(kFirst + kStep * n));
      REQUIRE(writer->write(frame));
      REQUIRE(writer->write(AudioBuffer{SampleRate(16000), {}, {std::vector<float>(1600, 0.1F)}}));
    }
    REQUIRE(writer->commit());
    return scratch / name;
  }
  void show(const std::filesystem::path& file) {
    window->openFile(file);
    REQUIRE(settle());
  }
  FilmLane& lane() { return window->timeArea().film(); }
  QAction* action() { return window->findChild<QAction*>("film"); }
  // Number of the picture painted where `seconds` is.
  double pictureAt(double seconds) {
    const QImage painted = lane().grab().toImage();
    const QPoint at(static_cast<int>(std::lround(lane().xAt(seconds) * painted.devicePixelRatio())), painted.height() / 2);
    return (qGreen(painted.pixel(at)) - kFirst) / static_cast<double>(kStep);
  }
  // Every slot in view, at its middle, against the picture on show when it begins.
  void checkSlots(double tolerance) {
    const auto [from, to] = window->timeArea().visible();
    const double seconds = FilmSlot::seconds(lane().level());
    int seen = 0;
    for (double start = std::ceil(from / seconds) * seconds; start + seconds < std::min(to, 5.9); start += seconds, ++seen) {
      INFO("slot at " << start << " of " << seconds << " s");
      CHECK(std::abs(pictureAt(start + 0.5 * seconds) - std::floor(start * kFps + 1e-6)) <= tolerance);
    }
    CHECK(seen >= 4);
  }
};

}  // namespace

TEST_CASE("film: each picture stands where its moment begins, from the whole video down to single frames") {
  FilmBench bench;
  bench.show(bench.film("grey.mp4"));
  REQUIRE(bench.lane().isVisible());
  CHECK(bench.lane().complete());
  const double whole = FilmSlot::seconds(bench.lane().level());
  bench.checkSlots(0.5 * whole * kFps + 1.0);
  test::keepPicture(*bench.window, "film");

  bench.window->timeArea().setVisible(2.0, 3.0);
  REQUIRE(bench.settle());
  CHECK(FilmSlot::seconds(bench.lane().level()) < whole);
  bench.checkSlots(1.0);
  CHECK(bench.lane().valueAt(QPointF(bench.lane().xAt(2.5), 20)).contains("2."));

  // As wide as the slot at most, as wide as its shape at least by half an octave.
  const double width = bench.lane().xAt(2.0 + FilmSlot::seconds(bench.lane().level())) - bench.lane().xAt(2.0);
  const double picture = bench.lane().dataRect().height() * 4.0 / 3.0;
  CHECK(width <= picture + 1.0);
  CHECK(width > 0.7 * picture);
}

TEST_CASE("film: sound alone has none, and who hides it finds it hidden the next time") {
  FilmBench bench;
  const auto film = bench.film("grey.mp4");
  bench.show(bench.sound("tone.wav"));
  CHECK_FALSE(bench.lane().isVisible());
  bench.show(film);
  CHECK(bench.lane().isVisible());
  REQUIRE(bench.action());
  bench.action()->trigger();
  CHECK_FALSE(bench.lane().isVisible());
  bench.makeWindow();
  bench.show(film);
  CHECK_FALSE(bench.lane().isVisible());
  bench.action()->trigger();
  REQUIRE(bench.settle());
  CHECK(bench.lane().isVisible());
  CHECK(bench.lane().complete());
}

TEST_CASE("film: a video that has gone is told in the lane and asked for no more") {
  FilmBench bench;
  const auto film = bench.film("grey.mp4");
  bench.show(film);
  bench.action()->trigger();
  std::filesystem::remove(film);
  bench.action()->trigger();
  REQUIRE(bench.settle());
  CHECK(bench.lane().message().contains("cannot be read"));
  CHECK(bench.lane().complete());
  bench.window->timeArea().setVisible(1.0, 2.0);
  REQUIRE(bench.settle());
  CHECK(bench.lane().message().contains("cannot be read"));
}
