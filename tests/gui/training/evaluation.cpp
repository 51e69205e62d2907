// The page of evaluation: a report with its table, bars and matrix; a cell gives its clips, which open at the spot.
#include <QCheckBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <functional>

#include "tests/gui/training/learning_bench.h"
#include "ui/evaluation/compare_page.h"
#include "ui/evaluation/evaluation_curves.h"
#include "ui/evaluation/evaluation_dock.h"
#include "ui/workspace/time_area.h"
#include "widgets/evaluation/bar_list.h"
#include "widgets/evaluation/confusion_view.h"
#include "widgets/export/view_export.h"
#include "widgets/plots/curve_plot.h"

using namespace chladni;
using test::LearningBench;

namespace {

std::string report(const std::string& manifest) {
  return R"({"model":"fake-one","data":")" + manifest + R"(","task":"multi-class","n":4,"accuracy":0.75,"macro":{"f1":0.7},"weighted":{"f1":0.72},"map":0.8,
"per_class":[{"class":"low","precision":1.0,"recall":0.5,"f1":0.66,"support":2,"ap":0.9,"pr":[[0.5,1.0,0.9],[0.5,0.5,0.6],[1.0,0.66,0.2]]},{"class":"high","precision":0.66,"recall":1.0,"f1":0.8,"support":2,"ap":null}],
"confusion":[[1,1],[0,2]],"calibration":{"ece":0.1,"temperature":1.25,"bins":[{"lower":0,"upper":0.5,"count":0,"confidence":null,"accuracy":null},{"lower":0.5,"upper":1,"count":4,"confidence":0.8,"accuracy":0.75}]},
"items":[{"item":"a.wav","truth":[0],"predicted":[0],"score":1},{"item":"b.wav#0.5-1.5","truth":[0],"predicted":[1],"score":0},
{"item":"c.wav","truth":[1],"predicted":[1],"score":1},{"item":"gone.wav","truth":[1],"predicted":[1],"score":1}],
"left_out":[{"item":"x.wav","reason":"cannot be read"}]})";
}

}  // namespace

TEST_CASE("A report is run, shown, and its cells lead to the clips") {
  LearningBench bench;
  REQUIRE(bench.settle());
  for (const char* name : {"a.wav", "b.wav", "c.wav"}) bench.sound(name, 3.0);
  const auto manifest = bench.scratch / "list.csv";
  std::ofstream(manifest) << "path,start,end,labels\na.wav,,,low\nb.wav,0.5,1.5,low\nc.wav,,,high\n";
  std::ofstream(bench.scratch / "answer.json") << report(manifest.string());
  std::ofstream(bench.scratch / "trainer") << "#!/bin/sh\necho \"$@\" > " << (bench.scratch / "asked").string() << "\ncat " << (bench.scratch / "answer.json").string() << "\n";
  REQUIRE(bench.window->showDock("evaluation"));
  auto& dock = bench.desk().evaluation();
  CHECK_FALSE(dock.findChild<QPushButton*>("evaluationRun")->isEnabled());
  test::keepPicture(*bench.window, "evaluation-empty");
  dock.setManifest(ui::toQString(manifest));
  QTest::mouseClick(dock.findChild<QPushButton*>("evaluationRun"), Qt::LeftButton);
  REQUIRE(test::waitFor([&] { return dock.report() != nullptr; }));
  std::ifstream asked(bench.scratch / "asked");
  std::string words;
  std::getline(asked, words);
  CHECK(words.find("evaluate --model " + (bench.scratch / "models" / "fake-one").string() + " --data " + manifest.string()) == 0);
  CHECK(dock.report()->accuracy == 0.75);
  CHECK(dock.findChild<QTableWidget*>("evaluationTable")->rowCount() == 2);
  CHECK(dock.findChild<QLabel*>("evaluationMessage")->text().contains("1 left out"));

  auto& matrix = dock.matrix();
  CHECK(matrix.cellText(0, 1).contains("taken for high: 1 of 2 (50 %)"));
  const QPoint usual = matrix.cellRect(0, 1).center();
  dock.findChild<QCheckBox*>("evaluationTurn")->setChecked(true);
  CHECK(matrix.cellRect(1, 0).center() == usual);
  dock.findChild<QCheckBox*>("evaluationTurn")->setChecked(false);
  QTest::mouseClick(&matrix, Qt::LeftButton, {}, usual);
  auto* clips = dock.findChild<QListWidget*>("evaluationClips");
  REQUIRE(clips->count() == 1);
  test::keepPicture(*bench.window, "evaluation");
  QSignalSpy opened(&dock, &ui::EvaluationDock::openRequested);
  Q_EMIT clips->itemActivated(clips->item(0));
  REQUIRE(opened.count() == 1);
  REQUIRE(bench.settle());
  REQUIRE(bench.window->currentFile() != nullptr);
  CHECK(bench.window->playback().position() == Approx(0.5));
  CHECK(bench.window->timeArea().axis().from() == Approx(0.0).margin(0.01));
  CHECK(bench.window->timeArea().axis().to() == Approx(2.0).margin(0.01));

  // Curves of the same report.
  auto& curves = dock.curves();
  REQUIRE(dock.report()->classes[0].curve.size() == 3);
  CHECK(ui::rankingCurves(*dock.report(), -1).size() == 1);  // the other class has no curve
  const auto chosen = ui::rankingCurves(*dock.report(), 0);
  REQUIRE(chosen.size() == 1);
  CHECK(chosen[0].x == std::vector<double>{0.0, 0.5, 0.5, 1.0});  // begins at recall 0
  CHECK(chosen[0].y == std::vector<double>{1.0, 1.0, 0.5, 0.66});
  const auto honesty = ui::calibrationCurves(*dock.report());
  REQUIRE(honesty.size() == 2);
  CHECK(honesty[1].x == std::vector<double>{0.8});  // no point where nothing was said
  dock.findChild<QTabWidget*>()->setCurrentIndex(2);
  curves.choose(0);
  REQUIRE(bench.settle());
  CHECK(curves.ranking().isVisible());
  CHECK(curves.rankingPlot().exportTo(ui::toQString(bench.scratch / "pr.csv")).isEmpty());
  test::keepPicture(*bench.window, "evaluation-curves");
  dock.findChild<QTabWidget*>()->setCurrentIndex(3);
  CHECK(curves.calibrationPlot().isVisible());
  test::keepPicture(*bench.window, "evaluation-calibration");
  dock.findChild<QTabWidget*>()->setCurrentIndex(0);

  // By keys alone.
  matrix.setFocus();
  QTest::keyClick(&matrix, Qt::Key_Down);
  QTest::keyClick(&matrix, Qt::Key_Right);
  QTest::keyClick(&matrix, Qt::Key_Return);
  CHECK(clips->count() == 2);
  for (const char* name : {"m.png", "m.svg", "m.csv"}) {
    CHECK(matrix.findChild<widgets::ViewExport*>()->exportTo(ui::toQString(bench.scratch / name)).isEmpty());
    CHECK(std::filesystem::file_size(bench.scratch / name) > 20);
  }
}

TEST_CASE("A report is compared with another one, by a test where they share items") {
  LearningBench bench;
  REQUIRE(bench.settle());
  REQUIRE(bench.window->showDock("evaluation"));
  auto& dock = bench.desk().evaluation();
  const auto write = [&](const char* name, const std::function<bool(int)>& right, const char* item) {
    std::string items;
    for (int n = 0; n < 200; ++n)
      items += std::string(n > 0 ? "," : "") + R"({"item":")" + item + std::to_string(n) + R"(","truth":[)" + std::to_string(n % 2) + R"(],"predicted":[)" +
               std::to_string(right(n) ? n % 2 : 1 - n % 2) + R"(],"score":)" + (right(n) ? "1}" : "0}");
    std::ofstream(bench.scratch / name) << R"({"model":")" << name << R"(","task":"multi-class","n":200,"accuracy":0.5,"macro":{"f1":0.5},"weighted":{"f1":0.5},"map":0.75,
"calibration":{"ece":0.1},"per_class":[{"class":"low","f1":0.5,"support":100},{"class":"high","f1":0.75,"support":100}],
"modality_importance":[{"class":"low","audio":0.25,"lyrics":null},{"class":"high","audio":0.5,"lyrics":-0.125}],"items":[)" << items << "]}";
    return bench.scratch / name;
  };
  const auto good = write("good.json", [](int n) { return n % 10 != 0; }, "a");
  const auto poor = write("poor.json", [](int n) { return n % 3 != 0; }, "a");
  const auto strange = write("strange.json", [](int) { return true; }, "b");
  dock.openReport(good);
  REQUIRE(test::waitFor([&] { return dock.report() != nullptr; }));
  auto* tabs = dock.findChild<QTabWidget*>();
  auto* shares = dock.findChild<QTableWidget*>("evaluationShares");
  CHECK(tabs->isTabVisible(tabs->indexOf(shares)));
  CHECK(shares->item(0, 1)->text() == "0.25");
  CHECK(shares->item(0, 2)->text() == QString::fromUtf8("–"));

  auto& page = *dock.findChild<ui::ComparePage*>();
  tabs->setCurrentWidget(&page);
  auto* figures = dock.findChild<QLabel*>("compareFigures");
  page.compareWith(poor);
  REQUIRE(test::waitFor([&] { return !page.busy() && figures->text().contains("<table"); }));
  CHECK(figures->text().contains("+0.235"));  // 180 and 133 of 200 right
  CHECK(figures->text().contains("more than chance"));
  CHECK(figures->text().contains("200 items"));
  CHECK(dock.findChild<QTableWidget*>("compareTable")->rowCount() == 2);
  test::keepPicture(*bench.window, "evaluation-compare");
  page.compareWith(good);
  REQUIRE(test::waitFor([&] { return !page.busy() && figures->text().contains("may be chance"); }));
  page.compareWith(strange);
  REQUIRE(test::waitFor([&] { return !page.busy() && figures->text().contains("share no item"); }));
  page.compareWith(bench.scratch / "gone.json");
  REQUIRE(test::waitFor([&] { return !page.busy() && figures->text().contains("gone.json") && !figures->text().contains("<table"); }));
  dock.openReport(poor);
  REQUIRE(test::waitFor([&] { return dock.report()->model == "poor.json" && figures->text().contains("Choose"); }));
  page.compareWith(good);
  REQUIRE(test::waitFor([&] { return !page.busy() && figures->text().contains(QString::fromUtf8("−0.235")); }));
}

TEST_CASE("A report of events tells where the model looked, and its seconds lead to the films") {
  const test::Scratch scratch;
  std::filesystem::create_directories(scratch / "AVE");
  std::ofstream(scratch / "AVE" / "one.mp4") << "film";
  std::ofstream(scratch / "manifest.csv") << "path,start,end,labels\nAVE/one.mp4,0,10,Bark\n";
  const std::string json = R"({"model":"m","data":")" + scratch.path().string() + R"(","task":"segments","n":3,"accuracy":0.5,"segments":{"foreground_accuracy":0.25},
"event_f1":[{"tolerance_s":0.5,"f1":0.75},{"tolerance_s":1,"f1":0.875}],"pointing":{"accuracy":0.625,"chance":0.125},"per_class":[{"class":"Bark"},{"class":"none"}],"confusion":[[1,1],[0,1]],
"items":[{"item":"one@0","truth":[0],"predicted":[0]},{"item":"one@7","truth":[0],"predicted":[1]},{"item":"one@x","truth":[1],"predicted":[1]},{"item":"two@1","truth":[1],"predicted":[1]}]})";
  const auto report = ui::parseReport(json, {});
  if (!report) FAIL(report.error().describe());
  CHECK(report->foreground == 0.25);
  CHECK(report->eventF1 == 0.75);
  CHECK(report->pointing == 0.625);
  CHECK(report->pointingByChance == 0.125);
  const auto missed = report->clipsOf(0, 1);
  REQUIRE(missed.size() == 1);
  CHECK(missed.front()->media == scratch / "AVE" / "one.mp4");
  REQUIRE(missed.front()->range);
  CHECK(missed.front()->range->start.seconds() == 7.0);
  CHECK(missed.front()->range->end.seconds() == 8.0);
  for (const auto* unknown : report->clipsOf(1, 1)) CHECK(unknown->media.empty());
}

TEST_CASE("Reports that are none are refused, those of many labels have no matrix") {
  CHECK_FALSE(ui::parseReport("{}", {}));
  CHECK_FALSE(ui::parseReport("[1", {}));
  CHECK_FALSE(ui::parseReport(R"({"accuracy":0.5,"per_class":[{"class":3}]})", {}));
  const auto several = ui::parseReport(R"({"accuracy":0.5,"task":"multi-label","per_class":[{"class":"a"},{"class":"b"}],"confusion":[[1,0,0,1],[1,0,0,1]],"items":[{"item":"x","truth":[0,9],"predicted":[0,1]}]})", {});
  REQUIRE(several);
  CHECK(several->confusion.empty());
  CHECK(several->clips[0].truth == std::vector<std::int64_t>{0});
  CHECK(several->clipsOf(0, 1).size() == 1);
  // Where each item has one class after all, the highest score says who is taken for whom.
  const auto one = ui::parseReport(R"({"accuracy":0,"task":"multi-label","top1_accuracy":0.5,"top1_confusion":[[1,1],[0,0]],"per_class":[{"class":"a"},{"class":"b"}],
"confusion":[[0,0,2,0],[2,0,0,0]],"items":[{"item":"x","truth":[0],"predicted":[],"top1":0},{"item":"y","truth":[0],"predicted":[],"top1":1}]})", {});
  REQUIRE(one);
  CHECK(one->topOne == 0.5);
  CHECK(one->confusion == std::vector<std::vector<std::int64_t>>{{1, 1}, {0, 0}});
  REQUIRE(one->clipsOf(0, 1).size() == 1);
  CHECK(one->clipsOf(0, 1).front()->name == "y");
}
