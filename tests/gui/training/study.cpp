// Studies in the window: table with published values, figure, bands over folds, export; and the form that starts one.
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableWidget>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include "core/base/atomic_file.h"
#include "tests/gui/training/learning_bench.h"
#include "ui/training/data_page.h"
#include "ui/training/new_run_dialog.h"
#include "ui/training/run_head.h"
#include "ui/training/run_words.h"
#include "ui/training/study_curves.h"
#include "ui/training/study_view.h"
#include "ui/training/sweep_editor.h"
#include "widgets/plots/curve_plot.h"

using namespace chladni;
using test::LearningBench;

namespace {

// A study whose runs have ended as the command line leaves them: losses rise with what is hidden, folds differ a little.
std::filesystem::path endedStudy(LearningBench& bench, const std::string& name, const std::string& sweep, std::int64_t folds, bool whole = true) {
  auto recipe = *training::presetRecipe("tiny-dualmae");
  recipe.data = (bench.scratch / "clips.csv").string();
  recipe.folds = folds;
  std::vector<training::SweepAxis> axes;
  if (!sweep.empty()) axes.push_back(*training::sweepAxis(sweep));
  const auto folder = *bench.runs().desk().create(name, recipe, axes);
  const auto study = *training::Study::open(folder);
  std::ofstream own(folder / "events.jsonl");
  for (std::size_t n = 0; n < study.runs().size(); ++n) {
    const auto& run = study.runs()[n];
    own << R"({"event":"run","time":)" << 1763730000 + n << R"(,"name":")" << run.folder << R"(","number":)" << n + 1 << R"(,"count":)" << study.runs().size() << "}\n";
    const bool ends = whole || n + 1 < study.runs().size();
    std::filesystem::create_directories(folder / run.folder);
    std::ofstream(folder / run.folder / "config.json") << training::recipeJson(run.recipe).prettyText();
    std::ofstream events(folder / run.folder / "events.jsonl");
    const double level = 1.0 + 4.0 * run.recipe.maskRatio + 0.3 * static_cast<double>(run.recipe.fold);
    events << R"({"event":"start","time":1763730000,"steps":200,"steps_per_epoch":20})" << '\n';
    for (int step = 1; step <= 200; ++step) {
      const double loss = level * (0.4 + std::exp(-step / 60.0)) + 0.1 * std::sin(step * 1.7 + static_cast<double>(n));
      events << R"({"event":"step","time":)" << 1763730000 + step << R"(,"epoch":)" << 1 + (step - 1) / 20 << R"(,"step":)" << step << R"(,"steps":200,"loss":)" << loss << R"(,"loss_smoothed":)" << loss << R"(,"lr":0.001,"samples_per_s":40})" << '\n';
      if (step % 20 == 0)
        events << R"({"event":"epoch","time":)" << 1763730000 + step << R"(,"epoch":)" << step / 20 << R"(,"step":)" << step << R"(,"train":{"loss":1},"validation":{"loss":)" << loss << R"(,"mae_audio":)" << 0.6 * loss << R"(},"metric":"loss","value":)" << loss << R"(,"best":1})" << '\n';
    }
    if (!ends) continue;
    events << R"({"event":"done","time":1763731000,"step":200,"stopped":false,"loss":)" << 0.4 * level << R"(,"seconds_per_epoch":)" << 12.0 - 5.0 * run.recipe.maskRatio << R"(,"validation":{"loss":)" << 0.5 * level << R"(,"mae_audio":)" << 0.3 * level << "}}\n";
    std::ofstream(folder / run.folder / "model.json") << "{}";
  }
  if (whole) own << R"({"event":"study","time":1763732000,"stopped":false})" << '\n';
  return folder;
}

ui::RunPage& shown(LearningBench& bench, const std::filesystem::path& folder) {
  REQUIRE(bench.window->showDock("training"));
  bench.runs().refresh();
  auto& dock = bench.desk().training();
  REQUIRE(test::waitFor([&] { return bench.runs().find(folder) != nullptr; }));
  dock.selectRun(ui::toQString(folder));
  REQUIRE(bench.settle());
  REQUIRE(test::waitFor([&] { return bench.runs().study(folder) != nullptr; }));
  REQUIRE(bench.settle());
  return dock.page();
}

}  // namespace

TEST_CASE("A sweep shows its table with published values beside, its figure, and exports both") {
  LearningBench bench;
  const auto folder = endedStudy(bench, "masks", "mask_ratio=0.25,0.5,0.75", 0);
  auto& page = shown(bench, folder);
  auto& view = page.study();
  REQUIRE(view.isVisible());
  auto& table = view.table();
  const auto origin = [&](int row) { return table.item(row, 1)->text(); };
  // Under each of ours both that were printed of the value, the others below.
  REQUIRE(table.rowCount() == 3 + 10);
  CHECK(table.item(0, 0)->text() == "0.25");
  CHECK(origin(0) == "1 run");
  CHECK(origin(1).contains("published"));
  CHECK(origin(2).contains("published"));
  CHECK(table.item(3, 0)->text() == "0.5");
  CHECK(table.item(1, 2)->text() == "5.910");  // the total loss at 0.25 from ImageNet
  CHECK(table.horizontalHeaderItem(2)->text() == "loss");
  CHECK(view.chosenModel().endsWith("mask_ratio=0.25"));
  table.selectRow(3);
  CHECK(view.chosenModel().endsWith("mask_ratio=0.5"));
  QSignalSpy used(&page.head(), &ui::RunHead::useRequested);
  QTest::mouseClick(page.findChild<QToolButton*>("runUse"), Qt::LeftButton);
  REQUIRE(used.count() == 1);
  CHECK(used.front().front().toString().endsWith("mask_ratio=0.5"));

  const auto picture = ui::sweepPicture(*bench.runs().study(folder), "loss");
  REQUIRE(picture.curves.size() == 3);  // ours, from ImageNet, from AudioSet
  CHECK(picture.curves[0].x == std::vector<double>{0.25, 0.5, 0.75});
  CHECK(picture.curves[0].y[2] > picture.curves[0].y[0]);
  CHECK(picture.curves[1].dashed);
  CHECK(picture.curves[1].x.size() == 5);
  view.showFigure("seconds_per_epoch");
  CHECK_FALSE(view.plot().valueAt(view.plot().rect().center()).isEmpty());
  view.showFigure("loss");
  test::keepPicture(*bench.window, "study-sweep");

  for (const char* name : {"t.csv", "t.json", "f.png", "f.svg", "f.pdf"}) {
    const auto path = bench.scratch / name;
    CHECK(view.exportTo(ui::toQString(path)).isEmpty());
    CHECK(std::filesystem::file_size(path) > 100);
  }
  CHECK(readFile(bench.scratch / "t.csv", std::uintmax_t{1} << 20)->find("DualMAE") != std::string::npos);
  CHECK_FALSE(view.exportTo("/proc/nowhere/t.csv").isEmpty());
}

TEST_CASE("Folds show their mean with a band, in curves and figure") {
  LearningBench bench;
  const auto folder = endedStudy(bench, "folds", "", 3);
  auto& page = shown(bench, folder);
  auto& table = page.study().table();
  REQUIRE(table.rowCount() == 4);
  CHECK(table.item(0, 0)->text() == "fold 1");
  CHECK(table.item(3, 0)->text() == "mean of 3 runs");
  CHECK(table.item(3, 1)->text().contains(QStringLiteral("±")));
  const auto curves = ui::studyLossCurves(*bench.runs().study(folder), {});
  REQUIRE(curves.size() == 2);  // learned and held out
  CHECK(curves[0].spread.size() == curves[0].x.size());
  CHECK(curves[0].spread[100] > 0.05);
  CHECK(curves[0].spread[100] < 0.5);
  const auto figures = ui::studyFigureCurves(*bench.runs().study(folder), {ui::RunAxis::epochs, 0.0, "mae_audio"});
  REQUIRE(figures.size() == 1);
  CHECK(figures[0].x == std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(figures[0].spread.size() == 10);
  page.showTab(1);
  test::keepPicture(*bench.window, "study-bands");
  page.showTab(0);
  test::keepPicture(*bench.window, "study-folds");
  CHECK(page.study().exportTo(ui::toQString(bench.scratch / "c.csv")).isEmpty());
  // A run on show again brings its own tabs back.
  const auto run = bench.endedRun("single", 2, 5, {0.5, 0.4});
  bench.runs().refresh();
  REQUIRE(test::waitFor([&] { return bench.runs().find(run) != nullptr; }));
  bench.desk().training().selectRun(ui::toQString(run));
  REQUIRE(bench.settle());
  CHECK_FALSE(page.findChild<QTabWidget*>("runTabs")->isTabVisible(0));
  CHECK(page.findChild<QTabWidget*>("runTabs")->isTabVisible(2));
}

TEST_CASE("A study that was killed says how far it is, goes on, and can be deleted") {
  LearningBench bench;
  const auto folder = endedStudy(bench, "half", "mask_ratio=0.25,0.75", 2, false);
  auto& page = shown(bench, folder);
  const auto* run = bench.runs().find(folder);
  CHECK(run->runsDone == 3);
  CHECK(ui::shareDone(*run) == Approx(0.75));
  CHECK(ui::courseText(*run) == "3 of 4 runs done");
  CHECK(page.findChild<QToolButton*>("runResume")->isVisible());
  QTest::keyClick(&bench.desk().training().list(), Qt::Key_Delete);
  REQUIRE(test::waitFor([&] { return bench.runs().runs().empty(); }));
  bench.runs().undoRemove();
  REQUIRE(test::waitFor([&] { return bench.runs().runs().size() == 1; }));
}

TEST_CASE("The form starts a sweep over folds as one detached study") {
  LearningBench bench;
  REQUIRE(bench.settle());
  const auto data = bench.data(6, 6);
  auto* dialog = bench.desk().training().newRun();
  dialog->choosePreset("tiny-ast");
  dialog->data().setPath(ui::toQString(data));
  REQUIRE(test::waitFor([&] { return !dialog->data().looking(); }));
  dialog->showPage(3);
  auto* folds = dialog->findChild<QSpinBox*>("sweepFolds");
  folds->setValue(2);
  QTest::mouseClick(dialog->findChild<QToolButton*>("sweepMore"), Qt::LeftButton);
  auto* values = dialog->findChild<QLineEdit*>("sweepValues0");
  auto* field = dialog->findChild<QComboBox*>("sweepField0");
  REQUIRE(values != nullptr);
  CHECK(field->currentData().toString() == "rate");
  auto* start = dialog->findChild<QPushButton*>("newRunStart");
  values->setText("0.1, many");
  CHECK_FALSE(dialog->sweepEditor().problem(nullptr).isEmpty());
  CHECK(dialog->findChild<QLabel*>("newRunProblem")->text().contains("rate"));
  values->setText("0.001, 0.0001, ");
  CHECK(dialog->sweepEditor().problem(nullptr).isEmpty());
  CHECK(dialog->runsInAll() == 4);
  test::keepDialog(*dialog, "new-run-sweep");
  REQUIRE(test::waitFor([&] { return !dialog->data().looking(); }));
  dialog->showPage(4);
  CHECK(dialog->findChild<QLabel*>("newRunReview")->text().contains("rate 0.001, 0.0001"));
  Q_EMIT dialog->findChild<QLineEdit*>("newRunName")->textEdited("rates");
  dialog->findChild<QLineEdit*>("newRunName")->setText("rates");
  REQUIRE(start->isEnabled());
  QTest::mouseClick(start, Qt::LeftButton);
  const auto folder = bench.scratch / "runs" / "rates";
  REQUIRE(test::waitFor([&] { return bench.runs().find(folder) != nullptr && bench.runs().find(folder)->alive(); }));
  CHECK(bench.runs().find(folder)->runs == 4);
  const auto study = training::Study::open(folder);
  REQUIRE(study);
  CHECK(study->recipe().folds == 2);
  CHECK(study->axes().front().values == std::vector<std::string>{"0.001", "0.0001"});
  // Cloned, it sweeps the same again.
  bench.desk().training().cloneRun(ui::toQString(folder));
  for (auto* other : bench.desk().training().findChildren<ui::NewRunDialog*>()) {
    if (other == dialog) continue;
    CHECK(other->runsInAll() == 4);
    other->reject();
  }
}

TEST_CASE("The mean of lines stands where most of them are") {
  const std::vector<ui::Line> lines{ui::Line({1, 2, 3, 4}, {1, 2, 3, 4}), ui::Line({1, 3}, {3, 5}), ui::Line({1, 2, 3}, {2, 3, 4})};
  const auto mean = ui::meanOf(lines);
  CHECK(mean.x == std::vector<double>{1, 2, 3});
  CHECK(mean.mean[1] == Approx(3.0));  // 2, 4 halfway, 3
  CHECK(mean.deviation[0] == Approx(std::sqrt(2.0 / 3.0)));
  CHECK(ui::meanOf(std::vector<ui::Line>()).x.empty());
  CHECK(ui::meanOf(std::vector<ui::Line>(1, ui::Line({1, 2}, {5, 6}))).deviation.empty());
}
