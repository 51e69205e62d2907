// The lanes as a movie: asked for with keys, painted off screen, with the sound of the stretch in its place; read back
// with the program's own readers.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include "core/media/audio_reader.h"
#include "core/media/movie_writer.h"
#include "core/media/video_reader.h"
#include "tests/gui/window/bench.h"
#include "tests/gui/window/loop_watch.h"
#include "ui/export/lane_stage.h"
#include "ui/export/record_dialog.h"
#include "ui/export/recording_desk.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_desk.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/lane.h"

using namespace chladni;

namespace {

constexpr int kRate = 48000;
constexpr double kClick = 1.25;  // seconds, in the sound of the tests
constexpr int kTop = 40;         // of a movie, below the ruler
constexpr int kScaling = 2;      // of a colour: pixels of scaled tiles are rounded from where the clip begins

struct MovieBench : test::Bench {
  // Soft noise, so that the lanes are not empty, and one click.
  std::filesystem::path clicked(const std::string& name, double seconds = 3.0) {
    AudioBuffer sound{SampleRate(kRate), {}, {std::vector<float>(static_cast<std::size_t>(seconds * kRate))}};
    unsigned state = 1;
    for (float& sample : sound.channels[0]) {
      state = state * 1664525U + 1013904223U;
      sample = 0.01F * (static_cast<float>(state >> 8U) / 8388608.0F - 1.0F);
    }
    for (std::size_t n = 0; n < 24; ++n)
      sound.channels[0][static_cast<std::size_t>(kClick * kRate) + n] = n % 2 == 0 ? 0.9F : -0.9F;
    REQUIRE(media::writeWav(scratch / name, sound));
    return scratch / name;
  }
  // A film whose pictures grow lighter: 8 steps of grey each, ten a second.
  std::filesystem::path film(const std::string& name) {
    auto writer = media::MovieWriter::create(
        scratch / name,
        {.width = 320, .height = 240, .fps = 10, .rate = SampleRate(kRate), .channels = 1, .quality = 10});
    REQUIRE(writer);
    for (int n = 0; n < 20; ++n) {
      VideoFrame frame;
      frame.width = 320;
      frame.height = 240;
      frame.rgb.assign(static_cast<std::size_t>(320) * 240 * 3, static_cast<std::uint8_t>(40 + 8 * n));
      REQUIRE(writer->write(frame));
      REQUIRE(writer->write(AudioBuffer{SampleRate(kRate), {}, {std::vector<float>(kRate / 10, 0.1F)}}));
    }
    REQUIRE(writer->commit());
    return scratch / name;
  }
  void show(const std::filesystem::path& file) {
    window->openFile(file);
    REQUIRE(settle());
  }
  ui::RecordingDesk& desk() { return window->recording(); }
  ui::RecordDialog* dialog() { return window->findChild<ui::RecordDialog*>(); }
  // By its keys, once they go to it and no longer to the lanes.
  ui::RecordDialog* opened() {
    // There is no window manager here.
    window->activateWindow();
    REQUIRE(test::waitFor([this] { return window->isActiveWindow(); }));
    QTest::keyClick(window.get(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    REQUIRE(dialog());
    dialog()->activateWindow();
    REQUIRE(test::waitFor([this] { return dialog()->isActiveWindow(); }));
    return dialog();
  }
  // To its end, whichever.
  void record(const ui::LaneRecording& wanted) {
    desk().record(wanted);
    REQUIRE(test::waitFor([&] { return !desk().busy(); }, 300000));
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path()))
      if (entry.is_regular_file() && entry.path().extension() != ".ini")
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
};

std::vector<VideoFrame> framesOf(const std::filesystem::path& movie) {
  std::vector<VideoFrame> frames;
  auto reader = media::VideoReader::open(movie);
  REQUIRE(reader);
  for (;;) {
    auto frame = reader->next();
    REQUIRE(frame);
    if (!*frame) return frames;
    frames.push_back(std::move(**frame));
  }
}

// Where the playhead stands: the column that is nearest to its colour from the ruler to the lower edge.
int playheadIn(const VideoFrame& frame, int left) {
  const QColor wanted = widgets::theme().playhead;
  int best = -1;
  double least = 1e18;
  for (int x = left; x < frame.width; ++x) {
    double far = 0.0;
    for (int y = kTop; y < frame.height; ++y) {
      const std::uint8_t* pixel =
          frame.rgb.data() +
          3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width) + static_cast<std::size_t>(x));
      far +=
          std::abs(pixel[0] - wanted.red()) + std::abs(pixel[1] - wanted.green()) + std::abs(pixel[2] - wanted.blue());
    }
    if (far < least) {
      least = far;
      best = x;
    }
  }
  return best;
}

// The largest difference of a colour of a pixel.
int furthest(const QImage& one, const QImage& other) {
  int most = one.size() == other.size() ? 0 : 255;
  for (int y = 0; most < 255 && y < one.height(); ++y)
    for (int x = 0; x < one.width(); ++x) {
      const QRgb a = one.pixel(x, y), b = other.pixel(x, y);
      most =
          std::max({most, std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
    }
  return most;
}

double loudestAt(const AudioBuffer& sound) {
  const auto& channel = sound.channels.front();
  const auto loudest =
      std::max_element(channel.begin(), channel.end(), [](float a, float b) { return std::abs(a) < std::abs(b); });
  return static_cast<double>(loudest - channel.begin()) / sound.rate.hz();
}

}  // namespace

TEST_CASE("Keys alone record a selection: size, length, playhead and sound are where they belong") {
  MovieBench bench;
  bench.show(bench.clicked("click.wav"));
  bench.window->timeArea().axis().setSelection(std::pair(0.5, 2.5));
  auto* dialog = bench.opened();
  test::keepDialog(*dialog, "record");
  auto* range = dialog->findChild<QComboBox*>("recordRange");
  CHECK(range->count() == 2);  // all of it is visible: that is no choice of its own
  CHECK(range->currentIndex() == 0);
  auto* file = dialog->findChild<QLineEdit*>("recordFile");
  CHECK(file->text().endsWith("click-lanes.mp4"));
  file->setFocus();
  QTest::keyClick(file, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(file, ui::toQString(bench.scratch / "movie"));
  QTest::keyClick(file, Qt::Key_Return);
  REQUIRE(bench.desk().busy());
  REQUIRE(test::waitFor([&] { return !bench.desk().busy(); }, 300000));
  CHECK(bench.part<ui::Banner>("banner")->message().isEmpty());
  CHECK(bench.part<QLabel>("statusNotice")->text().contains("movie.mp4"));

  const auto frames = framesOf(bench.scratch / "movie.mp4");
  REQUIRE(frames.size() == 50);
  CHECK(frames.front().width == 1280);
  CHECK(frames.front().height == 720);
  for (std::size_t n = 0; n < frames.size(); n += 7) {
    CHECK(frames[n].time.seconds() == Approx(0.04 * static_cast<double>(n)).margin(1e-3));
    const double x =
        widgets::kLaneHeaderWidth + 0.04 * static_cast<double>(n) / 2.0 * (1280 - widgets::kLaneHeaderWidth);
    CHECK(playheadIn(frames[n], widgets::kLaneHeaderWidth) == Approx(x).margin(1.5));
  }
  const auto sound = media::readAudio(bench.scratch / "movie.mp4");
  REQUIRE(sound);
  CHECK(sound->duration().seconds() == Approx(2.0).margin(1024.0 / kRate));
  CHECK(loudestAt(*sound) == Approx(kClick - 0.5).margin(0.002));
}

TEST_CASE("A movie turns pages as playback does") {
  MovieBench bench;
  bench.show(bench.clicked("click.wav", 2.0));
  bench.window->timeArea().setVisible(0.0, 0.5);
  bench.record({bench.scratch / "pages.mp4", 0.0, 2.0, QSize(640, 480), 1.0, 30, true, false});
  const auto frames = framesOf(bench.scratch / "pages.mp4");
  REQUIRE(frames.size() == 60);
  for (std::size_t n = 1; n < frames.size(); n += 4) {
    const double within = std::fmod(static_cast<double>(n) / 30.0, 0.5);
    const double x = widgets::kLaneHeaderWidth + within / 0.5 * (640 - widgets::kLaneHeaderWidth);
    CHECK(playheadIn(frames[n], widgets::kLaneHeaderWidth) == Approx(x).margin(1.5));
  }
  // The window stays where it was.
  CHECK(bench.window->timeArea().visible() == std::pair(0.0, 0.5));
}

TEST_CASE("The picture of a film stands beside its lanes, at the same moment") {
  MovieBench bench;
  bench.show(bench.film("film.mp4"));
  bench.record({bench.scratch / "both.mp4", 0.5, 1.5, QSize(1280, 720), 1.0, 30, false, true});
  const auto frames = framesOf(bench.scratch / "both.mp4");
  REQUIRE(frames.size() == 30);
  for (std::size_t n = 0; n < frames.size(); n += 3) {
    const auto shown = static_cast<int>(std::floor(10.0 * (0.5 + static_cast<double>(n) / 30.0) + 1e-6));
    CHECK(std::abs(frames[n].rgb[3 * (360 * 1280 + 230)] - (40 + 8 * shown)) <= 5);
  }
  const auto alone = framesOf(bench.scratch / "film.mp4");
  CHECK(alone.size() == 20);
}

TEST_CASE("Labels are in the movie; a lane that has nothing to show is not") {
  MovieBench bench;
  bench.show(bench.clicked("click.wav"));
  const ui::StageForm form{QSize(1280, 720), 1.0, 0.0, 3.0, false, false, nullptr};
  {
    ui::LaneStage stage(bench.window->timeArea(), form);
    CHECK(stage.lanes().labels().isHidden());
    CHECK_FALSE(stage.lanes().classes().isHidden());
  }
  auto& labels = bench.window->desk().labels();
  labels.createProject(bench.scratch / "p.chladni");
  labels.addOver({MediaTime::fromSeconds(1.0), MediaTime::fromSeconds(1.5)});
  labels.setText("bell");
  REQUIRE(bench.settle());
  ui::LaneStage stage(bench.window->timeArea(), form);
  CHECK_FALSE(stage.lanes().labels().isHidden());
  std::optional<QImage> picture;
  REQUIRE(test::waitFor([&] { return (picture = stage.paint(2.0, nullptr)).has_value(); }));
  const QPoint inLabel =
      stage.lanes().labels().mapTo(&stage, stage.lanes().labels().labelRect({0, 0}).center().toPoint() + QPoint(60, 0));
  const QPoint beside(inLabel.x() + 260, inLabel.y());
  CHECK(picture->pixel(inLabel) != picture->pixel(beside));
  if (qEnvironmentVariableIsSet("CHLADNI_PICTURES"))
    picture->save(qEnvironmentVariable("CHLADNI_PICTURES") + "/lanes.png");
}

TEST_CASE("A strip around the playhead makes the same picture as painting everything") {
  MovieBench bench;
  bench.show(bench.clicked("click.wav"));
  for (const double scale : {1.0, 1.5}) {
    const ui::StageForm form{QSize(960, 600), scale, 0.0, 3.0, false, false, nullptr};
    ui::LaneStage moved(bench.window->timeArea(), form), fresh(bench.window->timeArea(), form);
    std::optional<QImage> one, other;
    REQUIRE(test::waitFor([&] { return moved.paint(0.4, nullptr).has_value(); }));
    for (const double at : {0.41, 1.7, 2.99}) one = moved.paint(at, nullptr);
    REQUIRE(one);
    REQUIRE(test::waitFor([&] { return (other = fresh.paint(2.99, nullptr)).has_value(); }));
    CHECK(furthest(*one, *other) <= kScaling);
  }
}

TEST_CASE("The playhead is as wide everywhere, at scales that are no whole numbers, too") {
  MovieBench bench;
  bench.show(bench.clicked("click.wav"));
  ui::LaneStage stage(bench.window->timeArea(), {QSize(1920, 1080), 1.5, 0.0, 3.0, false, false, nullptr});
  REQUIRE(test::waitFor([&] { return stage.paint(0.0, nullptr).has_value(); }));
  for (int n = 1; n < 24; ++n) {
    const auto picture = stage.paint(0.1 * n + 0.003 * n, nullptr);
    REQUIRE(picture);
    int wide = 0;
    for (int x = 0; x < picture->width(); ++x) wide += picture->pixel(x, 60) == widgets::theme().playhead.rgb() ? 1 : 0;
    CHECK(wide == 2);
  }
}

TEST_CASE("Escape stops a recording and leaves no file; the window is never kept waiting") {
  MovieBench bench;
  bench.show(bench.clicked("click.wav", 60.0));
  const auto before = bench.files();
  bench.desk().record({bench.scratch / "never.mp4", 0.0, 60.0, QSize(1920, 1080), 1.5, 25, false, false});
  test::LoopWatch watch;
  REQUIRE(test::waitFor(
      [&] {
        watch.turn();
        return bench.desk().progress().done > 20;
      },
      300000));
  CHECK(watch.worstOwnMs() < test::LoopWatch::kMostMs);
  CHECK(bench.part<QLabel>("statusActivity")->text().contains("never.mp4"));
  CHECK(bench.files() != before);      // under its temporary name
  CHECK_FALSE(bench.window->close());  // the first time it says what would be lost
  CHECK(bench.part<ui::Banner>("banner")->message().contains("never.mp4"));
  QTest::keyClick(bench.window.get(), Qt::Key_Escape);
  REQUIRE(test::waitFor([&] { return !bench.desk().busy(); }));
  CHECK(bench.files() == before);
  CHECK(bench.part<QLabel>("statusNotice")->text().contains("cancelled"));
}

TEST_CASE("A window that goes while it records takes the unfinished movie with it") {
  MovieBench bench;
  bench.show(bench.clicked("click.wav", 60.0));
  const auto before = bench.files();
  bench.desk().record({bench.scratch / "never.mp4", 0.0, 60.0, QSize(640, 480), 1.0, 25, false, false});
  REQUIRE(test::waitFor([&] { return bench.desk().progress().done > 2; }, 300000));
  bench.window.reset();
  CHECK(bench.files() == before);
}

TEST_CASE("Where nothing can be written one line says so, before or after") {
  MovieBench bench;
  const auto media = bench.film("film.mp4");
  bench.show(media);
  auto* dialog = bench.opened();
  auto* file = dialog->findChild<QLineEdit*>("recordFile");
  auto* says = dialog->findChild<QLabel*>("recordSays");
  auto* start = dialog->findChild<QPushButton*>("recordStart");
  CHECK(start->isEnabled());
  for (const auto& wrong : {bench.scratch / "nowhere" / "a.mp4", media, bench.scratch / "", std::filesystem::path()}) {
    file->selectAll();
    QTest::keyClick(file, Qt::Key_Delete);
    QTest::keyClicks(file, ui::toQString(wrong));
    CHECK_FALSE(start->isEnabled());
    CHECK(says->text().size() > 20);
    CHECK_FALSE(says->text().contains('\n'));
  }
  QTest::keyClick(dialog, Qt::Key_Escape);

  bench.record({bench.scratch / "nowhere" / "a.mp4", 0.0, 1.0, QSize(640, 480), 1.0, 25, false, false});
  const QString said = bench.part<ui::Banner>("banner")->message();
  CHECK(said.contains("a.mp4"));
  CHECK(said.contains("choose another folder"));
  CHECK_FALSE(said.contains('\n'));
}

TEST_CASE("What was chosen for a movie is there the next time") {
  MovieBench bench;
  bench.show(bench.sound("click.wav", 0.2));
  auto* dialog = bench.opened();
  CHECK(dialog->findChild<QCheckBox*>("recordVideo")->isHidden());  // a sound has no picture
  for (const char* next : {"recordView", "recordPicture", "recordRate"}) {
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
    CHECK(dialog->focusWidget()->objectName() == next);
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Down);
  }
  const ui::LaneRecording chosen = dialog->recording();
  CHECK_FALSE(chosen.showsVideo);
  CHECK(dialog->habits().showsVideo);  // of files that have one
  CHECK(chosen.pixels == QSize(1920, 1080));
  CHECK(chosen.fps == 30);
  CHECK(chosen.turnsPages);
  QTest::keyClick(dialog, Qt::Key_Return);
  REQUIRE(test::waitFor([&] { return !bench.desk().busy() && bench.dialog() == nullptr; }, 300000));
  CHECK(framesOf(bench.scratch / "click-lanes.mp4").size() == 6);

  dialog = bench.opened();
  CHECK(dialog->recording().pixels == QSize(1920, 1080));
  CHECK(dialog->recording().fps == 30);
  CHECK(dialog->recording().turnsPages);
  CHECK(dialog->recording().out == bench.scratch / "click-lanes-2.mp4");
}
