// The list of runs and what they did: start, pause, stop, delete with undo, clone, overlay, findings; found again by
// another window after this one is gone.
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <ctime>

#include "tests/gui/training/learning_bench.h"
#include "ui/training/new_run_dialog.h"
#include "ui/training/run_words.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/theme/class_colours.h"

using namespace chladni;
using runs::RunPhase;
using test::LearningBench;

namespace {

training::Recipe tiny(const std::filesystem::path& data) {
  auto recipe = *training::presetRecipe("tiny-ast");
  recipe.data = data.string();
  return recipe;
}

}  // namespace

TEST_CASE("Without runs the dock teaches") {
  LearningBench bench;
  REQUIRE(bench.window->showDock("training"));
  REQUIRE(bench.settle());
  CHECK(bench.desk().training().findChildren<QPushButton*>().size() >= 2);
  CHECK_FALSE(bench.desk().training().list().isVisible());
  test::keepPicture(*bench.window, "training-empty");
}

TEST_CASE("A run is started, paused, resumed and stopped from the window, and outlives it") {
  LearningBench bench;
  REQUIRE(bench.window->showDock("training"));
  REQUIRE(bench.settle());
  bench.runs().create("live", tiny(bench.scratch / "data"), ui::Beginning::now);
  REQUIRE(bench.reaches("live", RunPhase::running));
  auto& page = bench.desk().training().page();
  REQUIRE(test::waitForRoom(*page.findChild<QToolButton*>("runPause")));
  QTest::mouseClick(page.findChild<QToolButton*>("runPause"), Qt::LeftButton);
  REQUIRE(bench.reaches("live", RunPhase::paused));
  REQUIRE(test::waitForRoom(*page.findChild<QToolButton*>("runResume")));
  QTest::mouseClick(page.findChild<QToolButton*>("runResume"), Qt::LeftButton);
  REQUIRE(bench.reaches("live", RunPhase::running));

  const auto pid = bench.runs().find(bench.scratch / "runs" / "live")->pid;
  bench.window.reset();
  CHECK(runs::markOf(pid));
  ui::RunsController again(runs::RunDesk(bench.scratch / "runs", bench.scratch / "trainer"));
  REQUIRE(test::waitFor([&] { return again.known(); }));
  REQUIRE(again.runs().size() == 1);
  CHECK(again.runs()[0].pid == pid);
  QSignalSpy ended(&again, &ui::RunsController::finished);
  again.stop(again.runs()[0].folder);
  REQUIRE(test::waitFor([&] { return again.runs()[0].phase == RunPhase::stopped; }));
  CHECK(ended.count() == 1);
}

TEST_CASE("Curves, log and findings of an ended run") {
  LearningBench bench;
  bench.endedRun("good", 8, 25, {1.2, 0.9, 0.7, 0.6, 0.5, 0.45, 0.42, 0.4});
  bench.endedRun("overfits", 8, 25, {1.2, 0.8, 0.5, 0.55, 0.6, 0.7, 0.8, 0.9}, 0.8);
  REQUIRE(bench.window->showDock("training"));
  bench.runs().refresh();
  auto& dock = bench.desk().training();
  REQUIRE(test::waitFor([&] { return bench.runs().runs().size() == 2; }));
  dock.selectRun(ui::toQString(bench.scratch / "runs" / "good"));
  REQUIRE(bench.settle());
  REQUIRE(dock.list().selectedRuns().size() == 1);
  CHECK(dock.page().findingText().isEmpty());
  CHECK_FALSE(dock.page().lossPlot().grab().toImage().isNull());
  CHECK(dock.page().lossPlot().xRange().second == Approx(200.0));
  test::keepPicture(*bench.window, "training-run");
  dock.selectRun(ui::toQString(bench.scratch / "runs" / "overfits"));
  REQUIRE(bench.settle());
  REQUIRE(test::waitFor([&] { return dock.page().findingText().contains("Overfitting"); }));
  test::keepPicture(*bench.window, "training-overfits");
  dock.list().selectAll();
  REQUIRE(bench.settle());
  CHECK(dock.list().selectedRuns().size() == 2);
  CHECK(dock.page().findChild<QToolButton*>("runClone")->isHidden());
  test::keepPicture(*bench.window, "training-overlay");
  dock.page().showTab(3);
  test::keepPicture(*bench.window, "training-log");
}

TEST_CASE("Deleted runs come back, cloned ones begin with the same settings") {
  LearningBench bench;
  bench.endedRun("one", 2, 5, {0.5, 0.4});
  REQUIRE(bench.window->showDock("training"));
  bench.runs().refresh();
  auto& dock = bench.desk().training();
  REQUIRE(test::waitFor([&] { return bench.runs().runs().size() == 1; }));
  QTest::keyClick(&dock.list(), Qt::Key_Delete);
  REQUIRE(test::waitFor([&] { return bench.runs().runs().empty(); }));
  REQUIRE(test::waitForRoom(*dock.findChild<QPushButton*>("undoRemove")));
  QTest::mouseClick(dock.findChild<QPushButton*>("undoRemove"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return bench.runs().runs().size() == 1; }));
  dock.cloneRun(ui::toQString(bench.scratch / "runs" / "one"));
  auto* dialog = dock.findChild<ui::NewRunDialog*>();
  REQUIRE(dialog != nullptr);
  CHECK(dialog->name() == "one-2");
  const auto recipe = dialog->recipe();
  REQUIRE(recipe);
  CHECK(*recipe == tiny(bench.scratch / "data"));
  dialog->reject();
}

TEST_CASE("Eight runs of 100,000 steps lie over each other and stay smooth") {
  LearningBench bench;
  std::vector<ui::ShownRun> shown;
  std::vector<runs::RunSummary> summaries;
  for (int n = 0; n < 8; ++n) {
    auto history = std::make_shared<runs::RunHistory>();
    auto& steps = history->steps;
    for (int i = 1; i <= 100'000; ++i) {
      steps.step.push_back(i);
      steps.seconds.push_back(i);
      steps.loss.push_back(std::exp(-i / 30000.0) + 0.1 * std::sin(i * 12.9898 + n));
      steps.rate.push_back(1e-3);
      steps.samplesPerSecond.push_back(50.0);
    }
    runs::RunSummary summary;
    summary.name = "run " + std::to_string(n);
    summary.phase = RunPhase::finished;
    summaries.push_back(summary);
    shown.push_back({QString::fromStdString(summary.name), widgets::seriesColour(n), history});
  }
  REQUIRE(bench.window->showDock("training"));
  auto& page = bench.desk().training().page();
  page.setRuns(summaries, shown);
  page.resize(1000, 380);
  (void)page.lossPlot().grab();
  // What every zoom and every second of a live run costs; processor time, because machines are busy.
  constexpr int kTimes = 20;
  const auto begin = std::clock();
  for (int i = 0; i < kTimes; ++i) {
    page.lossPlot().showAll();
    QCoreApplication::processEvents();
  }
  const double each = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / kTimes;
  WARN("eight runs of 100,000 steps drawn anew: " << each << " ms of processor time");
}

TEST_CASE("Words for runs") {
  test::application();
  CHECK(ui::spanText(12.4) == "12 s");
  CHECK(ui::spanText(600.0) == "10 min");
  CHECK(ui::spanText(3 * 3600 + 120) == "3 h 2 min");
  CHECK(ui::figureText(0.12345) == "0.123");
  CHECK(ui::figureText(1e-5).contains("e"));
  runs::RunSummary run;
  run.phase = RunPhase::running;
  run.epochs = 12;
  run.epoch = 3;
  run.step = 30;
  run.steps = 120;
  run.etaSeconds = 34.0;
  CHECK(ui::courseText(run) == QString("epoch 3 of 12 · step 30 of 120 · 34 s left"));
  CHECK(ui::shareDone(run) == Approx(0.25));
}
