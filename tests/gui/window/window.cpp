// The whole window on the offscreen platform, with a model family that needs no torch: open, look, play, classify, ask for
// attention, fail in place, close at any moment.
#include "ui/main_window.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPointer>
#include <QSignalSpy>
#include <QTest>
#include <fstream>

#include "core/inference/model_registry.h"
#include "tests/gui/window/bench.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"
#include "ui/actions/action_search.h"
#include "ui/docks/attention_dock.h"
#include "ui/docks/video_dock.h"
#include "widgets/attention/attention_view.h"
#include "widgets/prediction/class_lane.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/waveform/waveform_lane.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/failed_page.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/welcome_page.h"

using namespace chladni;
using test::Bench;

namespace {

// How many colours a lane shows where its data are.
int coloursIn(widgets::Lane& lane) {
  const QImage picture = lane.grab().toImage();
  const QRect area = lane.dataRect().adjusted(40, 2, -2, -2);
  QSet<QRgb> seen;
  for (int y = area.top(); y < area.bottom(); y += 2) {
    for (int x = area.left(); x < area.right(); x += 2) seen.insert(picture.pixel(x, y));
  }
  return static_cast<int>(seen.size());
}

void wheel(QWidget& widget, QPointF at, int angle, Qt::KeyboardModifiers modifiers) {
  QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(&widget, &event);
}

}  // namespace

TEST_CASE("An empty window teaches") {
  Bench bench;
  REQUIRE(bench.settle());
  CHECK(bench.part<ui::WelcomePage>()->isVisible());
  CHECK_FALSE(bench.window->actions().find("play")->isEnabled());
  CHECK(bench.window->actions().find("open")->isEnabled());
}

TEST_CASE("A sound fills the lanes, is classified, and shows what was attended to") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  ui::TimeArea& area = bench.window->timeArea();
  CHECK(area.isVisible());
  CHECK(area.axis().duration() == Approx(3.0).margin(1e-3));
  CHECK(coloursIn(area.waveform()) > 2);
  CHECK(coloursIn(area.spectrogram()) > 20);
  const ui::OpenFile* file = bench.window->currentFile();
  REQUIRE(file->prediction);
  CHECK(file->predictionComplete);
  CHECK(file->prediction->windows.size() >= 3);
  CHECK(area.classes().message().isEmpty());
  CHECK(bench.part<widgets::AttentionView>()->map() != nullptr);
  CHECK_FALSE(bench.window->firstFailure());
}

TEST_CASE("Mouse, wheel and keys move through time") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  ui::TimeArea& area = bench.window->timeArea();
  widgets::SpectrogramLane& lane = area.spectrogram();
  const QPoint middle = lane.dataRect().center();

  QTest::mouseClick(&lane, Qt::LeftButton, {}, middle);
  CHECK(bench.window->playback().position() == Approx(1.5).margin(0.02));

  wheel(lane, middle, 120, Qt::ControlModifier);
  CHECK(area.axis().span() < 3.0);
  CHECK(lane.xAt(1.5) == Approx(middle.x()).margin(2.0));
  const double from = area.axis().from();
  wheel(lane, middle, -120, {});
  CHECK(area.axis().from() > from);
  QTest::keyClick(&area, Qt::Key_F);
  CHECK(area.axis().span() == Approx(3.0).margin(1e-3));
  QTest::keyClick(&area, Qt::Key_Up);
  CHECK(area.axis().span() < 3.0);
  QTest::keyClick(&area, Qt::Key_Home);
  CHECK(bench.window->playback().position() == 0.0);
  QTest::keyClick(&area, Qt::Key_Right);
  CHECK(bench.window->playback().position() == Approx(1.0));

  QTest::keyClick(&area, Qt::Key_F);
  QTest::mousePress(&lane, Qt::LeftButton, {}, QPoint(static_cast<int>(lane.xAt(1.0)), middle.y()));
  QTest::mouseMove(&lane, QPoint(static_cast<int>(lane.xAt(1.5)), middle.y()));
  QTest::mouseMove(&lane, QPoint(static_cast<int>(lane.xAt(2.0)), middle.y()));
  QTest::mouseRelease(&lane, Qt::LeftButton, {}, QPoint(static_cast<int>(lane.xAt(2.0)), middle.y()));
  REQUIRE(area.selection());
  CHECK(area.selection()->start.seconds() == Approx(1.0).margin(0.02));
  CHECK(area.selection()->end.seconds() == Approx(2.0).margin(0.02));
  QTest::keyClick(&area, Qt::Key_L);
  REQUIRE(bench.window->playback().loop());
  QTest::keyClick(&area, Qt::Key_E, Qt::ControlModifier);
  CHECK(area.axis().span() == Approx(1.0).margin(0.03));
}

TEST_CASE("Ctrl draws a box that is heard alone, Shift measures") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  ui::TimeArea& area = bench.window->timeArea();
  widgets::SpectrogramLane& lane = area.spectrogram();
  const QRect data = lane.dataRect();
  const auto drag = [&](Qt::KeyboardModifier key, QPoint from, QPoint to) {
    QTest::mousePress(&lane, Qt::LeftButton, key, from);
    QTest::mouseMove(&lane, (from + to) / 2);
    QTest::mouseMove(&lane, to);
    QTest::mouseRelease(&lane, Qt::LeftButton, key, to);
  };
  const int x = data.left() + data.width() / 3;
  const int further = data.left() + 2 * data.width() / 3;
  const int y = data.top() + data.height() / 4;
  const int lower = data.top() + 3 * data.height() / 4;
  drag(Qt::ShiftModifier, {x, lower}, {further, y});
  const QString measured = lane.measureText();
  CHECK(measured.section(' ', 1, 1).toDouble() == Approx(1.0).margin(0.02));  // "Δ 1.002 s · …"; a pixel is as wide as the lane lets it be
  CHECK(lane.measureText().contains("semitones"));
  CHECK_FALSE(area.boxedBand());
  drag(Qt::ControlModifier, {x, lower}, {further, y});
  REQUIRE(area.boxedBand());
  CHECK(area.boxedBand()->first < area.boxedBand()->second);
  REQUIRE(area.selection());
  CHECK(area.selection()->start.seconds() == Approx(1.0).margin(0.02));
  auto choices = lane.choices();
  choices.notes = true;
  lane.setChoices(choices);
  test::keepPicture(*bench.window, "spectrogram-tools");
  QTest::keyClick(&area, Qt::Key_Space, Qt::ShiftModifier);
  CHECK(bench.window->playback().playing());
  REQUIRE(bench.window->playback().band());
  CHECK(bench.window->playback().band()->lowHz == area.boxedBand()->first);
  REQUIRE(test::waitFor([&] { return !bench.window->playback().playing(); }));
  CHECK(bench.window->playback().position() == Approx(2.0).margin(0.2));
  QTest::keyClick(&area, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
  CHECK_FALSE(area.boxedBand());
  CHECK(lane.measureText().isEmpty());
  QTest::keyClick(&area, Qt::Key_Minus);
  CHECK(bench.window->playback().speed() == 0.75);
  choices.overlap = 8;
  choices.evenColumns = true;
  lane.setChoices(choices);
  REQUIRE(bench.settle());
  CHECK(coloursIn(lane) > 20);
}

TEST_CASE("Space plays and pauses") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_Space);
  CHECK(bench.window->playback().playing());
  REQUIRE(test::waitFor([&] { return bench.window->playback().position() > 0.1; }));
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_Space);
  CHECK_FALSE(bench.window->playback().playing());
}

TEST_CASE("Files that cannot be used say so in place, and the next one works") {
  Bench bench;
  const auto text = bench.scratch / "text.mp4";
  std::ofstream(text) << "this is no video";
  const auto empty = bench.scratch / "empty.wav";
  std::ofstream(empty).flush();
  for (const auto& path : {bench.scratch / "missing.wav", text, empty, bench.scratch.path()}) {
    bench.window->openFile(path);
    REQUIRE(bench.settle());
    INFO(path);
    CHECK(bench.part<ui::FailedPage>()->isVisible());
    CHECK_FALSE(bench.part<QLabel>("failedWhy")->text().isEmpty());
    CHECK(bench.window->firstFailure());
  }
  bench.window->openFile(bench.sound("good.wav"));
  REQUIRE(bench.settle());
  CHECK(bench.window->timeArea().isVisible());
  CHECK(bench.part<QListWidget>("libraryList")->count() == 5);
}

TEST_CASE("A recording without a single sample says so in every lane, once, and nothing is asked of a model") {
  Bench bench;
  bench.window->openFile(bench.sound("none.wav", 0.0));
  REQUIRE(bench.settle());
  CHECK(bench.window->timeArea().waveform().message().contains("not one sample"));
  CHECK(bench.window->timeArea().spectrogram().message().contains("Without sound"));
  CHECK_FALSE(bench.part<QAction>("analyse")->isEnabled());
  CHECK_FALSE(bench.part<ui::Banner>("banner")->isVisible());
  bench.window->openFile(bench.sound("some.wav"));
  REQUIRE(bench.settle());
  CHECK(bench.window->timeArea().waveform().message().isEmpty());
}

TEST_CASE("A dropped file is opened") {
  Bench bench;
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(ui::toQString(bench.sound("ünï cödé.wav")))});
  // As the platform does it: the window accepts the drag first.
  QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
  QCoreApplication::sendEvent(bench.window.get(), &enter);
  CHECK(enter.isAccepted());
  QDropEvent drop(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, {});
  QCoreApplication::sendEvent(bench.window.get(), &drop);
  REQUIRE(bench.settle());
  REQUIRE(bench.window->currentFile());
  CHECK(bench.window->currentFile()->prediction);
}

TEST_CASE("A clicked patch becomes the query") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  auto* view = bench.part<widgets::AttentionView>();
  REQUIRE(view->map());
  const auto before = view->map();
  QTest::mouseClick(view, Qt::LeftButton, {}, view->patchRect(1, 1).center().toPoint());
  REQUIRE(bench.settle());
  CHECK(view->map() != before);
  CHECK_FALSE(bench.part<ui::AttentionDock>("attention")->request().classToken);
}

TEST_CASE("A file is closed while its selection loops") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  bench.window->actions().find("selectAll")->trigger();
  bench.window->actions().find("loop")->trigger();
  REQUIRE(bench.window->timeArea().selection());
  bench.window->actions().find("close")->trigger();
  CHECK(bench.window->currentFile() == nullptr);
  CHECK_FALSE(bench.window->timeArea().selection());
}

TEST_CASE("Of a flood of requests the newest is shown in the end, while the window stays alive") {
  Bench bench(std::chrono::milliseconds(3));
  bench.window->openFile(bench.sound("long.wav", 20.0));
  REQUIRE(test::waitFor([&] { return bench.window->currentFile()->recording && bench.window->analysis().modelsKnown(); }));
  REQUIRE(bench.settle());  // else the dock's own question about the playhead may come last
  QSignalSpy answers(&bench.window->analysis(), &ui::AnalysisController::attentionArrived);
  std::uint64_t newest = 0;
  double shownAt = 0.0;
  QObject::connect(&bench.window->analysis(), &ui::AnalysisController::attentionArrived, bench.window.get(),
                   [&](const ui::AttentionAnswer& answer) {
                     CHECK(answer.generation > newest);
                     newest = answer.generation;
                     shownAt = answer.attention.map->span.start.seconds();
                   });
  QElapsedTimer gap;
  qint64 worst = 0;
  gap.start();
  for (int i = 0; i < 500; ++i) {
    bench.window->analysis().attend(bench.window->currentFile()->id, 1.0 + 18.0 * i / 499.0, {});
    QCoreApplication::processEvents();
    worst = std::max(worst, gap.restart());
  }
  // The last question was about 19 s; one-second clips are centred there.
  REQUIRE(test::waitFor([&] { return shownAt == Approx(18.5).margin(0.1); }));
  REQUIRE(bench.settle());
  WARN("longest gap of the event loop: " << worst << " ms, answers shown: " << answers.count());
  CHECK(answers.count() >= 1);
  CHECK(answers.count() <= 501);
  CHECK(shownAt == Approx(18.5).margin(0.1));
}

TEST_CASE("Cancelling keeps what is finished and stops the rest") {
  Bench bench(std::chrono::milliseconds(30));
  bench.window->openFile(bench.sound("long.wav", 30.0));
  REQUIRE(test::waitFor([&] { return bench.window->analysis().classifying().has_value(); }));
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_Escape);
  CHECK_FALSE(bench.window->analysis().classifying());
  REQUIRE(bench.settle());
  CHECK_FALSE(bench.window->currentFile()->predictionComplete);
}

TEST_CASE("A device that is lost in the middle is said in place, what was done stays, and the next run is whole") {
  test::FakeOptions options;
  options.lostAtClip = 25;
  Bench bench(std::chrono::milliseconds(2), true, options);
  bench.window->openFile(bench.sound("long.wav", 40.0));
  REQUIRE(bench.settle());
  const auto* file = bench.window->currentFile();
  CHECK_FALSE(file->predictionComplete);
  REQUIRE(file->prediction);
  CHECK(file->prediction->windows.size() < 25);
  CHECK(bench.part<ui::Banner>("banner")->isVisible());
  CHECK(bench.part<ui::Banner>("banner")->message().contains("CUDA device failed"));
  bench.window->analysis().classify(file->id);
  REQUIRE(bench.settle());
  CHECK(bench.window->currentFile()->predictionComplete);
}

TEST_CASE("The window can be closed at any moment") {
  for (int ms = 0; ms < 120; ms += 15) {
    Bench bench(std::chrono::milliseconds(5));
    bench.window->openFile(bench.sound("tone.wav", 5.0));
    test::runFor(ms);
    bench.window->playback().play();
    bench.window->close();
    bench.window.reset();
  }
  SUCCEED("no crash, no hang");
}

TEST_CASE("Without a model the window says what is missing and still shows the sound") {
  Bench bench(std::chrono::milliseconds(0), false);
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  CHECK(coloursIn(bench.window->timeArea().spectrogram()) > 20);
  CHECK_FALSE(bench.window->actions().find("analyse")->isEnabled());
}

TEST_CASE("View and playhead of a file come back") {
  Bench bench;
  const auto first = bench.sound("a.wav");
  bench.window->openFile(first);
  REQUIRE(bench.settle());
  bench.window->timeArea().setVisible(1.0, 2.0);
  bench.window->playback().seek(1.25);
  bench.window->openFile(bench.sound("b.wav"));
  REQUIRE(bench.settle());
  CHECK(bench.window->playback().position() == 0.0);
  bench.window->openFile(first);
  REQUIRE(bench.settle());
  CHECK(bench.window->playback().position() == Approx(1.25));
  CHECK(bench.window->timeArea().visible().first == Approx(1.0));
  CHECK(bench.window->timeArea().visible().second == Approx(2.0));
}

TEST_CASE("The search finds an action by its name and runs it") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  auto* search = bench.part<ui::ActionSearch>("actionSearch");
  search->begin();
  QTest::keyClicks(search, "dark");
  auto* list = bench.part<QListWidget>("actionSearchList");
  REQUIRE(list->count() == 1);
  QTest::keyClick(search, Qt::Key_Return);
  CHECK(bench.window->actions().find("dark")->isChecked());
  bench.window->setTheme("light");
  // What is called so comes before what only speaks of it.
  search->begin();
  QTest::keyClicks(search, "keys");
  REQUIRE(list->count() > 1);
  CHECK(list->item(0)->text().startsWith("Keys"));
  search->clear();
  QTest::keyClicks(search, "over att");
  REQUIRE(list->count() > 1);
  CHECK(list->item(0)->text().startsWith("Attention over"));
}

TEST_CASE("The search works in a window that is too narrow for its field") {
  Bench bench;
  auto* search = bench.part<ui::ActionSearch>("actionSearch");
  REQUIRE(test::waitFor([&] { return search->isVisible(); }));
  bench.part<QComboBox>("modelChooser")->setMinimumWidth(bench.window->width() - 500);  // as wide as many words are
  REQUIRE(test::waitFor([&] { return !search->isVisible(); }));
  bench.window->actions().find("searchActions")->trigger();
  REQUIRE(test::waitFor([&] { return search->isVisible(); }));
  REQUIRE(test::waitFor([&] { return search->hasFocus(); }, 5000));
  QTest::keyClicks(search, "dark");
  QTest::keyClick(search, Qt::Key_Return);
  CHECK(bench.window->actions().find("dark")->isChecked());
  CHECK(test::waitFor([&] { return !search->isVisible(); }));
  bench.window->setTheme("light");
}

TEST_CASE("Space presses what Tab went to, and plays after a click") {
  Bench bench;
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.settle());
  bench.window->activateWindow();
  auto* follow = bench.part<QCheckBox>("attentionFollow");
  const bool before = follow->isChecked();
  follow->setFocus(Qt::TabFocusReason);
  REQUIRE(test::waitFor([&] { return follow->hasFocus(); }));
  QTest::keyClick(bench.window->windowHandle(), Qt::Key_Space);
  CHECK(follow->isChecked() != before);
  CHECK_FALSE(bench.window->playback().playing());
  follow->clearFocus();
  follow->setFocus(Qt::MouseFocusReason);
  QTest::keyClick(bench.window->windowHandle(), Qt::Key_Space);
  CHECK(follow->isChecked() != before);
  CHECK(bench.window->playback().playing());
  bench.window->playback().pause();
}

TEST_CASE("A dock behind another is brought forward by its action, and hidden by the next") {
  Bench bench;
  auto* front = bench.part<QDockWidget>("attention");
  auto* back = bench.part<QDockWidget>("reconstruction");
  const auto inFront = [](const QDockWidget* dock) { return !dock->visibleRegion().isEmpty(); };
  front->raise();
  REQUIRE(test::waitFor([&] { return inFront(front) && !inFront(back); }));
  QTest::qWait(50);
  back->toggleViewAction()->trigger();
  CHECK(test::waitFor([&] { return inFront(back); }));
  QTest::qWait(50);
  back->toggleViewAction()->trigger();
  CHECK(test::waitFor([&] { return back->isHidden(); }));
}

TEST_CASE("Every action has a name, and no two share a key") {
  Bench bench;
  QMap<QString, QString> owners;
  for (const auto& entry : bench.window->actions().entries()) {
    CHECK_FALSE(entry.action->text().isEmpty());
    CHECK_FALSE(entry.action->objectName().isEmpty());
    for (const QKeySequence& key : entry.action->shortcuts()) {
      INFO(key.toString().toStdString() << ": " << owners.value(key.toString()).toStdString());
      CHECK_FALSE(owners.contains(key.toString()));
      owners.insert(key.toString(), entry.action->objectName());
    }
  }
}
