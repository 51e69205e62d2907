// The map of clips in a whole window: files become marks, likes lie together, a click plays, a selection finds its likes.
#include "ui/docks/embedding_dock.h"

#include <QLabel>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <set>

#include "tests/gui/window/bench.h"
#include "tests/gui/window/loop_watch.h"
#include "ui/playback/clip_player.h"
#include "ui/project/project_desk.h"
#include "ui/workspace/time_area.h"
#include "widgets/embedding/embedding_map.h"
#include "widgets/export/view_export.h"

using namespace chladni;
using test::Bench;

namespace {

std::filesystem::path tone(Bench& bench, const std::string& name, double hertz, double seconds) {
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels.assign(1, std::vector<float>(static_cast<std::size_t>(seconds * 16000)));
  for (std::size_t n = 0; n < sound.channels[0].size(); ++n)
    sound.channels[0][n] = 0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / 16000.0));
  REQUIRE(media::writeWav(bench.scratch / name, sound));
  return bench.scratch / name;
}

struct OpenDock {
  explicit OpenDock(std::chrono::milliseconds delay = std::chrono::milliseconds(0)) : bench(delay) {
    for (const double hertz : {700.0, 2300.0, 5100.0})
      bench.window->openFile(tone(bench, std::to_string(static_cast<int>(hertz)) + ".wav", hertz, 5.0));
    REQUIRE(bench.window->showDock("map"));
    REQUIRE(bench.settle());
    dock = bench.part<ui::EmbeddingDock>("map");
    REQUIRE(dock);
  }
  void click(const char* button) { QTest::mouseClick(bench.part<QToolButton>(button), Qt::LeftButton); }
  Bench bench;
  ui::EmbeddingDock* dock = nullptr;
};

}  // namespace

TEST_CASE("Open files become a map on which likes lie together; a click plays") {
  OpenDock open;
  CHECK(open.bench.part<QToolButton>("mapRun")->isEnabled());
  CHECK_FALSE(open.bench.part<QToolButton>("mapLike")->isEnabled());
  open.click("mapRun");
  REQUIRE(open.bench.settle());
  const auto& clips = open.dock->clips();
  REQUIRE(clips.size() == 15);
  widgets::EmbeddingMap& map = open.dock->map();
  REQUIRE(map.points().size() == clips.size());
  std::set<int> classes;
  for (const auto& point : map.points()) classes.insert(point.classIndex);
  CHECK(classes.size() == 3);
  // Clips of one file are nearer to each other than to those of another.
  for (int a = 0; a < 15; ++a)
    for (int b = 0; b < 15; ++b) {
      const QPointF away = map.pixelOf(a) - map.pixelOf(b);
      const bool same = clips[static_cast<std::size_t>(a)].path == clips[static_cast<std::size_t>(b)].path;
      CHECK((same ? std::hypot(away.x(), away.y()) < 20.0 : std::hypot(away.x(), away.y()) > 40.0));
    }
  test::keepPicture(*open.bench.window, "map");
  CHECK(open.bench.part<QLabel>("mapNote")->text().contains("15 clips"));
  QSignalSpy plays(&open.dock->player(), &ui::ClipPlayer::changed);
  const int point = map.pointAt(map.pixelOf(4));
  REQUIRE(point >= 0);
  QTest::mouseClick(&map, Qt::LeftButton, {}, map.pixelOf(4).toPoint());
  REQUIRE(test::waitFor([&] { return plays.count() >= 2; }));  // the silent player starts and ends
  auto* kept = map.findChild<widgets::ViewExport*>();
  REQUIRE(kept);
  for (const char* name : {"map.png", "map.svg", "map.pdf", "map.csv"}) CHECK(kept->exportTo(ui::toQString(open.bench.scratch / name)).isEmpty());
  CHECK(open.dock->table().count('\n') == 16);
}

TEST_CASE("What is like the selection is ranked, marked and listed") {
  OpenDock open;
  open.click("mapRun");
  REQUIRE(open.bench.settle());
  open.dock->findLikeSelection();
  CHECK(open.bench.part<QLabel>("mapNote")->text().contains("selected"));
  // The last file, of 5100 Hz, is on show.
  open.bench.window->timeArea().axis().setSelection(std::pair(1.0, 2.0));
  open.click("mapLike");
  REQUIRE(open.bench.settle());
  const auto& hits = open.dock->map().hits();
  REQUIRE(hits.size() == ui::ClipGathering::kMostHits);
  for (std::size_t rank = 0; rank < 5; ++rank) CHECK(open.dock->clips()[static_cast<std::size_t>(hits[rank])].path.filename() == "5100.wav");
  CHECK(open.dock->clips()[static_cast<std::size_t>(hits[5])].path.filename() != "5100.wav");
  auto* list = open.bench.part<QListWidget>("mapHits");
  CHECK(list->isVisible());
  CHECK(list->count() == static_cast<int>(ui::ClipGathering::kMostHits));
  test::keepPicture(*open.bench.window, "map-hits");
  Q_EMIT list->itemDoubleClicked(list->item(6));
  REQUIRE(open.bench.settle());
  CHECK(open.bench.window->currentFile()->path.filename() != "5100.wav");
}

TEST_CASE("A file that has gone since the map was made is said to, where one asked what is like it") {
  OpenDock open;
  open.click("mapRun");
  REQUIRE(open.bench.settle());
  open.bench.window->timeArea().axis().setSelection(std::pair(1.0, 2.0));
  std::filesystem::remove(open.bench.window->currentFile()->path);
  open.click("mapLike");
  REQUIRE(open.bench.settle());
  CHECK(open.dock->map().hits().empty());
  CHECK(open.bench.part<QLabel>("mapNote")->text().contains("5100.wav"));
}

TEST_CASE("A run is stopped, begun again, and forgotten with its model; the window stays alive meanwhile") {
  OpenDock open(std::chrono::milliseconds(20));
  open.click("mapRun");
  CHECK(open.dock->busy());
  REQUIRE(test::waitFor([&] { return !open.dock->clips().empty(); }));
  open.click("mapRun");
  CHECK_FALSE(open.bench.part<QToolButton>("mapRun")->text().contains("Stop"));
  const std::size_t kept = open.dock->clips().size();
  REQUIRE(open.bench.settle());
  CHECK(open.dock->clips().size() == kept);
  CHECK(kept < 15);
  test::LoopWatch watch;
  for (int i = 0; i < 500; ++i) {
    i % 2 == 0 ? open.dock->start() : open.dock->findLikeSelection();
    QCoreApplication::processEvents();
    watch.turn();
  }
  WARN("longest gap of the event loop: " << watch.worstMs() << " ms, of which its own " << watch.worstOwnMs() << " ms");
  CHECK(watch.worstOwnMs() <= test::LoopWatch::kMostMs);
  open.dock->stop();
  open.dock->start();
  open.bench.window->close();
  open.bench.window.reset();
}

TEST_CASE("The files of a project become a map without being opened; one that is gone is left out") {
  Bench bench;
  std::vector<std::filesystem::path> files;
  for (const double hertz : {700.0, 2300.0, 5100.0}) files.push_back(tone(bench, std::to_string(static_cast<int>(hertz)) + ".wav", hertz, 5.0));
  bench.window->openFile(files.front());
  REQUIRE(bench.window->showDock("map"));
  REQUIRE(bench.settle());
  auto* dock = bench.part<ui::EmbeddingDock>("map");
  auto& labels = bench.window->desk().labels();
  labels.createProject(bench.scratch / "three.chladni");
  REQUIRE(labels.project()->addFiles(files));
  labels.reload();
  std::filesystem::remove(files.back());
  CHECK(bench.part<QToolButton>("mapRun")->text() == "Map the project");
  QTest::mouseClick(bench.part<QToolButton>("mapRun"), Qt::LeftButton);
  REQUIRE(bench.settle());
  std::set<std::filesystem::path> mapped;
  for (const auto& clip : dock->clips()) mapped.insert(clip.path);
  CHECK(mapped == std::set<std::filesystem::path>{files[0], files[1]});
  CHECK(dock->map().points().size() == dock->clips().size());
}
