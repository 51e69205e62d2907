// What goes wrong is seen whatever is on show, what runs can be stopped from wherever it was begun, and what a dock shows is of
// now when it is opened again.
#include <QAction>
#include <QLabel>
#include <QListWidget>
#include <QTest>
#include <QToolButton>
#include <fstream>

#include "tests/gui/window/bench.h"
#include "ui/docks/attention_dock.h"
#include "ui/docks/log_dock.h"
#include "ui/docks/ratio_sweep.h"
#include "ui/docks/reconstruction_dock.h"
#include "ui/docks/status_line.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_desk.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/core_words.h"
#include "ui/workspace/time_area.h"
#include "ui/workspace/welcome_page.h"
#include "widgets/attention/attention_view.h"
#include "widgets/prediction/class_lane.h"

using namespace chladni;
using test::Bench;

namespace {

QString stageOf(Bench& bench, int row) { return bench.part<QListWidget>("libraryList")->item(row)->data(Qt::AccessibleTextRole).toString(); }

}  // namespace

TEST_CASE("A project that cannot be opened is said above the welcome, and is a failure") {
  Bench bench;
  const auto broken = bench.scratch / "broken.chladni";
  std::ofstream(broken) << "no project at all";
  REQUIRE(bench.settle());
  bench.window->openProject(broken);
  auto* banner = bench.part<ui::Banner>("banner");
  CHECK(bench.part<ui::WelcomePage>()->isVisible());
  CHECK(banner->isVisible());
  CHECK(banner->message().contains("broken.chladni"));
  CHECK(bench.window->firstFailure());
  test::keepPicture(*bench.window, "welcome-failure");
  // A model at work does not wipe it away.
  bench.window->openFile(bench.sound("tone.wav"));
  bench.window->openProject(broken);
  REQUIRE(bench.settle());
  CHECK(bench.window->currentFile()->predictionComplete);
  CHECK(banner->message().contains("broken.chladni"));
}

TEST_CASE("Esc stops a model that goes over the whole project; what is finished stays") {
  Bench bench(std::chrono::milliseconds(60));
  REQUIRE(bench.settle());
  auto& labels = bench.window->desk().labels();
  labels.createProject(bench.scratch / "p.chladni");
  std::vector<std::filesystem::path> files;
  for (int n = 0; n < 6; ++n) files.push_back(bench.sound("tone" + std::to_string(n) + ".wav", 6.0));
  REQUIRE(labels.project()->addFiles(files));
  labels.takeOver();
  QAction* cancel = bench.window->actions().find("cancel");
  CHECK_FALSE(cancel->isEnabled());
  bench.window->actions().find("proposeAll")->trigger();
  auto* activity = bench.part<QLabel>("statusActivity");
  REQUIRE(test::waitFor([&] { return activity->text().contains("2 of 6"); }));
  CHECK(bench.part<QToolButton>("statusCancel")->isVisible());
  REQUIRE(cancel->isEnabled());
  QTest::keyClick(bench.window.get(), Qt::Key_Escape);
  REQUIRE(test::waitFor([&] { return !bench.window->desk().busy(); }));
  CHECK_FALSE(cancel->isEnabled());
  CHECK_FALSE(activity->isVisible());
  const auto kept = labels.project()->files();
  REQUIRE(kept);
  const auto done = std::count_if(kept->begin(), kept->end(), [](const auto& file) { return file.proposed > 0; });
  CHECK(done >= 1);
  CHECK(done < 6);
}

TEST_CASE("An analysis that was stopped is no longer at work, and one that never ran was not stopped") {
  Bench bench(std::chrono::milliseconds(150));
  REQUIRE(bench.settle());
  bench.window->openFile(bench.sound("long.wav", 40.0));
  REQUIRE(test::waitFor([&] { return bench.window->currentFile()->prediction != nullptr; }));
  const QString working = stageOf(bench, 0);
  QTest::keyClick(bench.window.get(), Qt::Key_Escape);
  REQUIRE(bench.settle());
  CHECK_FALSE(bench.window->currentFile()->predictionComplete);
  CHECK(stageOf(bench, 0) != working);
  CHECK(stageOf(bench, 0).contains("in part"));
  // Superseded by another file it is not at work either.
  bench.window->actions().find("analyse")->trigger();
  REQUIRE(test::waitFor([&] { return stageOf(bench, 0) == working; }));
  bench.window->openFile(bench.sound("other.wav", 2.0));
  REQUIRE(bench.settle());
  CHECK(stageOf(bench, 0) != working);

  bench.window->actions().find("autoAnalyse")->setChecked(false);
  Q_EMIT bench.window->actions().find("autoAnalyse")->triggered();
  bench.window->openFile(bench.sound("third.wav", 2.0));
  REQUIRE(bench.settle());
  const QString before = bench.window->timeArea().classes().message();
  bench.window->actions().find("cancel")->setEnabled(true);
  bench.window->actions().find("cancel")->trigger();
  CHECK(bench.window->timeArea().classes().message() == before);
}

TEST_CASE("Docks that were closed while the playhead moved ask again when they are opened") {
  Bench bench(std::chrono::milliseconds(0), true, {}, 98);
  bench.window->openFile(bench.sound("tone.wav", 8.0));
  REQUIRE(bench.window->showDock("attention"));
  REQUIRE(bench.settle());
  auto* attention = bench.part<ui::AttentionDock>("attention");
  const auto first = attention->view().map();
  REQUIRE(first);
  attention->hide();
  bench.window->playback().seek(6.0);
  REQUIRE(bench.settle());
  CHECK(attention->view().map() == first);  // hidden, it asks nothing
  REQUIRE(bench.window->showDock("attention"));
  REQUIRE(test::waitFor([&] { return attention->view().map() && attention->view().map() != first; }));

  REQUIRE(bench.window->showDock("reconstruction"));
  REQUIRE(bench.settle());
  auto* painted = bench.part<ui::ReconstructionDock>("reconstruction");
  const auto clip = painted->clip();
  REQUIRE(clip);
  painted->hide();
  bench.window->playback().seek(2.0);
  REQUIRE(bench.settle());
  REQUIRE(bench.window->showDock("reconstruction"));
  CHECK(test::waitFor([&] { return painted->clip() && painted->clip() != clip; }));
}

TEST_CASE("A curve of one file is not shown for another") {
  Bench bench(std::chrono::milliseconds(0), true, {}, 512);
  bench.window->openFile(bench.sound("tone.wav", 8.0));
  REQUIRE(bench.window->showDock("reconstruction"));
  REQUIRE(bench.settle());
  QTest::mouseClick(bench.part<QToolButton>("reconstructionCurve"), Qt::LeftButton);
  QTest::mouseClick(bench.part<QToolButton>("sweepRun"), Qt::LeftButton);
  REQUIRE(bench.settle());
  auto& sweep = bench.part<ui::ReconstructionDock>("reconstruction")->sweep();
  CHECK(sweep.done() == sweep.total());
  bench.window->openFile(bench.sound("other.wav", 4.0));
  CHECK(sweep.done() == 0);
}

TEST_CASE("Words of the core are known, with what they are about; others stay as they are") {
  CHECK(ui::stageText("classifying") == "classifying");
  CHECK(ui::stageText("2 of 6: a.wav") == "2 of 6: a.wav");
  for (const char* step : {"name \"a \"b\" %1\"", "tag 3 files \"%1 %2\"", "take tag \"x\" off 12 files", "mark 2 files as done", "shift labels", "shove labels", ""})
    CHECK(ui::stepText(step) == QString(step));
}

TEST_CASE("The log keeps what was opened, analysed, noticed and what went wrong") {
  test::Bench bench;
  auto* log = bench.part<ui::LogDock>("log");
  REQUIRE(log);
  CHECK_FALSE(log->isVisible());
  bench.window->openFile(bench.sound("tone.wav", 2.0));
  REQUIRE(bench.settle());
  CHECK(log->text().contains("tone.wav read: 0:02.0"));
  CHECK(log->text().contains("tone.wav analysed by"));
  bench.part<ui::StatusLine>()->setNotice("something\nsmall");
  CHECK(log->text().contains("something small"));
  bench.part<ui::StatusLine>()->setNotice({});
  bench.part<ui::Banner>("banner")->setMessage("something broke");
  CHECK(log->text().contains(QString::fromUtf8("⚠ something broke")));
  bench.part<QAction>("dock.log")->trigger();
  CHECK(log->isVisible());
  test::keepPicture(*bench.window, "log");
}

TEST_CASE("Projects are among what was opened last, and a new one of a name that is there opens it") {
  test::Bench bench;
  bench.window->desk().labels().createProject(bench.scratch / "birds.chladni");
  bench.window->desk().labels().closeProject();
  QAction* found = nullptr;
  for (QAction* action : bench.window->findChildren<QAction*>())
    if (action->text() == "birds.chladni") found = action;
  REQUIRE(found);
  found->trigger();
  REQUIRE(bench.window->desk().labels().project());
  CHECK(bench.window->desk().labels().project()->path().filename() == "birds.chladni");
}
