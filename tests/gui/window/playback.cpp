// Playing without a sound device: the silent clock moves the playhead, stops at the end, obeys seek and loop.
#include <QSignalSpy>
#include <cstdlib>

#include "tests/gui/window/gui_application.h"
#include "tests/gui/window/sounds.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "ui/playback/playback_controller.h"

using namespace chladni;

namespace {

struct Player {
  explicit Player(double seconds) {
    test::application();
    playback.setSilent(true);
    playback.setMedia({"sound.wav", true, seconds}, 0.0);
  }
  ui::PlaybackController playback;
};

}  // namespace

TEST_CASE("Playing moves the playhead and stops cleanly at the end") {
  Player player(0.3);
  QSignalSpy ends(&player.playback, &ui::PlaybackController::reachedEnd);
  player.playback.play();
  CHECK(player.playback.playing());
  REQUIRE(test::waitFor([&] { return !player.playback.playing(); }));
  CHECK(ends.count() == 1);
  CHECK(player.playback.position() == Approx(0.3));
  // Playing again starts over.
  player.playback.play();
  CHECK(player.playback.position() < 0.3);
}

TEST_CASE("Pause keeps the place, seeking stays inside the media") {
  Player player(10.0);
  player.playback.toggle();
  REQUIRE(test::waitFor([&] { return player.playback.position() > 0.05; }));
  player.playback.toggle();
  const double paused = player.playback.position();
  test::runFor(60);
  CHECK(player.playback.position() == paused);
  player.playback.seek(99.0);
  CHECK(player.playback.position() == Approx(10.0));
  player.playback.seek(-3.0);
  CHECK(player.playback.position() == 0.0);
}

TEST_CASE("A loop repeats; a loop shorter than a blink is none") {
  Player player(10.0);
  const TimeRange loop{MediaTime::fromSeconds(2.0), MediaTime::fromSeconds(2.1)};
  player.playback.setLoop(loop);
  int turns = 0;
  double last = 0.0;
  QObject::connect(&player.playback, &ui::PlaybackController::positionChanged, &player.playback, [&](double now) {
    if (now < last) ++turns;
    last = now;
    CHECK(now < 2.1 + 1e-9);
  });
  player.playback.play();
  CHECK(player.playback.position() == Approx(2.0));
  REQUIRE(test::waitFor([&] { return turns >= 2; }));
  player.playback.setLoop(TimeRange{MediaTime::fromSeconds(1.0), MediaTime::fromSeconds(1.001)});
  CHECK_FALSE(player.playback.loop());
}

TEST_CASE("Without a sound device a file with sound still plays") {
  test::application();
  const test::Scratch scratch;
  const auto path = scratch / "tone.wav";
  REQUIRE(media::writeWav(path, test::rampAndTone(0.5, 8000)));
  ui::PlaybackController playback;
  playback.setMedia({path, true, 0.5}, 0.0);
  playback.play();
  REQUIRE(test::waitFor([&] { return !playback.playing(); }));
  CHECK(playback.position() == Approx(0.5));
}

// Needs a sound server and the command that takes it away: tests/gui/manual_sound_lost.sh has both.
TEST_CASE("A sound device that goes away in the middle leaves the playing to the clock", "[.sound-server]") {
  const char* lose = std::getenv("CHLADNI_LOSE_SOUND");
  REQUIRE(lose != nullptr);
  test::application();
  const test::Scratch scratch;
  const auto path = scratch / "tone.wav";
  REQUIRE(media::writeWav(path, test::rampAndTone(60.0, 8000)));
  ui::PlaybackController playback;
  QSignalSpy lost(&playback, &ui::PlaybackController::soundUnavailable);
  playback.setMedia({path, true, 60.0}, 0.0);
  playback.play();
  REQUIRE(test::waitFor([&] { return playback.position() > 1.0; }));
  REQUIRE(lost.count() == 0);
  REQUIRE(std::system(lose) == 0);
  REQUIRE(test::waitFor([&] { return lost.count() == 1; }));
  const double then = playback.position();
  CHECK(then < 10.0);
  REQUIRE(test::waitFor([&] { return playback.position() > then + 1.0; }));
  CHECK(playback.playing());
}

TEST_CASE("Nothing to play, nothing happens") {
  test::application();
  ui::PlaybackController playback;
  playback.play();
  CHECK_FALSE(playback.playing());
  playback.seek(3.0);
  CHECK(playback.position() == 0.0);
}

TEST_CASE("Speed moves the playhead faster, a stretch is played once and its band forgotten") {
  Player player(60.0);
  player.playback.setSpeed(9.0);
  CHECK(player.playback.speed() == 4.0);
  QElapsedTimer clock;
  clock.start();
  player.playback.play();
  REQUIRE(test::waitFor([&] { return player.playback.position() > 2.0; }));
  const double seconds = static_cast<double>(clock.elapsed()) / 1000.0;
  CHECK(player.playback.position() / seconds > 1.5);  // four, on a machine with time
  player.playback.pause();
  player.playback.setLoop(TimeRange{MediaTime::fromSeconds(1.0), MediaTime::fromSeconds(50.0)});
  player.playback.playOnce({MediaTime::fromSeconds(5.0), MediaTime::fromSeconds(5.4)}, dsp::FrequencyBand{100.0, 200.0});
  CHECK(player.playback.position() == Approx(5.0));
  CHECK(player.playback.band());
  REQUIRE(test::waitFor([&] { return !player.playback.playing(); }));
  CHECK(player.playback.position() == Approx(5.4));
  CHECK_FALSE(player.playback.band());
  CHECK(player.playback.loop());
}
