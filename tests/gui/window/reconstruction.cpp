// The reconstruction dock in a whole window: slider, pattern, seed, painting by hand, animation, what it says about leaks.
#include "ui/docks/reconstruction_dock.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "tests/gui/window/bench.h"
#include "tests/gui/window/loop_watch.h"
#include "ui/docks/listening_bar.h"
#include "ui/docks/ratio_sweep.h"
#include "ui/docks/sweep_page.h"
#include "ui/playback/clip_player.h"
#include "ui/workspace/time_area.h"
#include "widgets/export/view_export.h"
#include "widgets/plots/curve_plot.h"

using namespace chladni;
using test::Bench;
using widgets::ReconstructionView;

namespace {

// A window with the dock open on a sound and its first answer on show.
struct OpenDock {
  explicit OpenDock(std::chrono::milliseconds delay = std::chrono::milliseconds(0), test::FakeOptions options = {})
      : bench(delay, true, options, 512) {
    bench.window->openFile(bench.sound("tone.wav", 8.0));
    REQUIRE(bench.window->showDock("reconstruction"));
    REQUIRE(bench.settle());
    dock = bench.part<ui::ReconstructionDock>("reconstruction");
    REQUIRE(dock);
    REQUIRE(dock->clip());
  }
  template <class T>
  T* part(const char* name) {
    T* found = bench.part<T>(name);
    REQUIRE(found);
    return found;
  }
  [[nodiscard]] double hiddenShare() const {
    const auto& mask = dock->clip()->result.sound.mask;
    return static_cast<double>(std::count(mask.begin(), mask.end(), 1)) / static_cast<double>(mask.size());
  }
  Bench bench;
  ui::ReconstructionDock* dock = nullptr;
};

}  // namespace

TEST_CASE("The dock shows what the model painted and says that it did") {
  OpenDock open;
  const QString title = open.part<QLabel>("reconstructionTitle")->text();
  CHECK(title.contains("Model output of Counts zero crossings"));
  CHECK(title.contains("loss mae"));
  CHECK(title.contains("not normalised"));
  CHECK_FALSE(open.part<QCheckBox>("reconstructionTruth")->isVisible());
  CHECK(open.hiddenShare() == Approx(0.75).margin(0.01));
  for (const auto part : {ReconstructionView::Part::original, ReconstructionView::Part::masked, ReconstructionView::Part::predicted,
                          ReconstructionView::Part::pasted, ReconstructionView::Part::error})
    CHECK(open.dock->view().partRect(ReconstructionView::Plane::sound, part).width() > 100);
  CHECK(open.part<QComboBox>("reconstructionMode")->count() == 3);
  test::keepPicture(*open.bench.window, "reconstruction");
}

TEST_CASE("Slider, pattern and seed ask anew; the newest wins") {
  OpenDock open(std::chrono::milliseconds(2));
  auto* slider = open.part<QSlider>("reconstructionRatio");
  QSignalSpy answers(&open.bench.window->analysis(), &ui::AnalysisController::reconstructionArrived);
  QElapsedTimer gap;
  gap.start();
  qint64 worst = 0;
  for (int i = 0; i < 500; ++i) {
    slider->setValue(5 + i % 90);
    QCoreApplication::processEvents();
    worst = std::max(worst, gap.restart());
  }
  slider->setValue(25);
  REQUIRE(open.bench.settle());
  WARN("longest gap of the event loop: " << worst << " ms, answers shown: " << answers.count());
  CHECK(open.hiddenShare() == Approx(0.25).margin(0.01));
  open.part<QSpinBox>("reconstructionSeed")->setValue(7);
  auto* mode = open.part<QComboBox>("reconstructionMode");
  mode->setCurrentText("time");
  Q_EMIT mode->activated(mode->currentIndex());
  REQUIRE(open.bench.settle());
  CHECK(open.dock->request().seed == 7);
  CHECK(open.dock->clip()->result.title == "time masking");
}

TEST_CASE("A mask is painted by hand and cleared") {
  OpenDock open;
  open.part<QSlider>("reconstructionRatio")->setValue(5);
  REQUIRE(open.bench.settle());
  QTest::mouseClick(open.part<QToolButton>("reconstructionPaint"), Qt::LeftButton);
  ReconstructionView& view = open.dock->view();
  const auto middle = [&](int row, int column) {
    return view.patchRect(ReconstructionView::Plane::sound, ReconstructionView::Part::masked, row, column).center().toPoint();
  };
  const PatchGrid grid = open.dock->clip()->result.sound.grid;
  const auto at = [&](int row, int column) {
    return open.dock->clip()->result.sound.mask[static_cast<std::size_t>(row * grid.columns + column)] != 0;
  };
  int row = 0;
  while (at(row, 3) || at(row, 4) || at(row, 5)) ++row;
  QTest::mousePress(&view, Qt::LeftButton, {}, middle(row, 3));
  QTest::mouseMove(&view, middle(row, 4));
  QTest::mouseMove(&view, middle(row, 5));
  QTest::mouseRelease(&view, Qt::LeftButton, {}, middle(row, 5));
  REQUIRE(open.bench.settle());
  CHECK((at(row, 3) && at(row, 4) && at(row, 5)));
  CHECK(open.dock->clip()->result.title == "masked by hand");
  CHECK(open.part<QLabel>("reconstructionPatch")->text().contains("hidden"));
  view.setFocus();
  QTest::keyClick(&view, Qt::Key_Right);
  const bool before = at(row, 6);
  QTest::keyClick(&view, Qt::Key_Space);
  REQUIRE(open.bench.settle());
  CHECK(at(row, 6) != before);
  QTest::mouseClick(open.part<QToolButton>("reconstructionClear"), Qt::LeftButton);
  REQUIRE(open.bench.settle());
  CHECK(open.dock->clip()->result.title != "masked by hand");
}

TEST_CASE("What leaks is said to leak, and can be had without") {
  test::FakeOptions options;
  options.patchNormalised = true;
  OpenDock open({}, options);
  auto* truth = open.part<QCheckBox>("reconstructionTruth");
  CHECK(truth->isVisible());
  CHECK(truth->text().contains("leaks"));
  CHECK(open.part<QLabel>("reconstructionTitle")->text().contains("the true ones"));
  test::keepPicture(*open.bench.window, "reconstruction-leaks");
  truth->setChecked(false);
  REQUIRE(open.bench.settle());
  CHECK(open.dock->clip()->guessedStatistics);
  CHECK_FALSE(open.dock->clip()->result.trueStatistics);
  CHECK(truth->isVisible());
}

TEST_CASE("The animation goes from 95 to 5 percent and stops") {
  OpenDock open;
  auto* animate = open.part<QToolButton>("reconstructionAnimate");
  QTest::mouseClick(animate, Qt::LeftButton);
  CHECK(open.part<QSlider>("reconstructionRatio")->value() == 95);
  REQUIRE(test::waitFor([&] { return !animate->isChecked(); }));
  CHECK(open.part<QSlider>("reconstructionRatio")->value() == 5);
  REQUIRE(open.bench.settle());
  CHECK(open.hiddenShare() == Approx(0.05).margin(0.01));
}

TEST_CASE("A model that paints nothing is said in place") {
  test::FakeOptions options;
  options.reconstructs = false;
  Bench bench({}, true, options);
  bench.window->openFile(bench.sound("tone.wav"));
  REQUIRE(bench.window->showDock("reconstruction"));
  REQUIRE(bench.settle());
  auto* dock = bench.part<ui::ReconstructionDock>("reconstruction");
  CHECK_FALSE(dock->clip());
  CHECK(dock->view().accessibleDescription().contains("reconstructs nothing"));
}

TEST_CASE("What was shown and painted is made into sounds at the first press, and another clip stops them") {
  OpenDock open;
  ui::ListeningBar& bar = open.dock->listening();
  CHECK_FALSE(bar.listening());
  QSignalSpy plays(&bar.player(), &ui::ClipPlayer::changed);
  QTest::mouseClick(open.part<QToolButton>("listen2"), Qt::LeftButton);
  CHECK(open.part<QToolButton>("listen2")->isChecked());
  REQUIRE(test::waitFor([&] { return !bar.busy() && plays.count() >= 2; }));  // the silent player starts and ends
  REQUIRE(bar.listening());
  CHECK(bar.listening()->predicted.rate.hz() == 16000);
  CHECK(bar.listening()->predicted.samples() == bar.listening()->original.samples());
  CHECK(open.part<QLabel>("listeningNote")->text().contains("phases are made up"));
  CHECK_FALSE(open.part<QToolButton>("listen2")->isChecked());
  open.part<QSlider>("reconstructionRatio")->setValue(50);
  REQUIRE(open.bench.settle());
  CHECK_FALSE(bar.listening());
}

TEST_CASE("A view is kept as picture and as numbers") {
  OpenDock open;
  auto* kept = open.dock->view().findChild<widgets::ViewExport*>();
  REQUIRE(kept);
  const auto path = [&](const char* name) { return ui::toQString(open.bench.scratch / name); };
  open.bench.window->setTheme("dark");
  for (const char* name : {"view.png", "view.svg", "view.pdf", "view.csv"}) {
    INFO(name);
    CHECK(kept->exportTo(path(name)).isEmpty());
    CHECK(std::filesystem::file_size(open.bench.scratch / name) > 1000);
  }
  const QImage picture(path("view.png"));
  CHECK(picture.width() == 2 * open.dock->view().width());
  CHECK(picture.pixelColor(2, picture.height() - 3).lightness() > 200);  // on white, whatever the window's theme
  QFile table(path("view.csv"));
  REQUIRE(table.open(QIODevice::ReadOnly));
  CHECK(table.readLine() == "column,time s,bin,hidden,original,predicted\n");
  CHECK(table.readAll().count('\n') == 512 * 128);
  CHECK_FALSE(kept->exportTo(path("view.bmp")).isEmpty());
  CHECK_FALSE(kept->exportTo("/proc/nowhere/at/all.csv").isEmpty());
  open.bench.window->setTheme("light");
}

TEST_CASE("The curve of errors over the hidden share is measured off the GUI thread, with progress, and can be stopped") {
  OpenDock open(std::chrono::milliseconds(2));
  QTest::mouseClick(open.part<QToolButton>("reconstructionCurve"), Qt::LeftButton);
  auto* run = open.part<QToolButton>("sweepRun");
  REQUIRE(run->isVisible());
  CHECK(run->isEnabled());
  test::LoopWatch watch;
  QTest::mouseClick(run, Qt::LeftButton);
  CHECK(open.dock->sweep().running());
  REQUIRE(test::waitFor([&] {
    watch.turn();
    return open.dock->sweep().done() >= 4;
  }));
  CHECK(open.part<QProgressBar>("sweepProgress")->value() >= 4);
  QTest::mouseClick(run, Qt::LeftButton);  // stop
  CHECK_FALSE(open.dock->sweep().running());
  const int kept = open.dock->sweep().done();
  QTest::mouseClick(run, Qt::LeftButton);
  REQUIRE(open.dock->sweep().running());
  QTest::keyClick(&open.bench.window->timeArea(), Qt::Key_Escape);  // stops everything, this too
  CHECK_FALSE(open.dock->sweep().running());
  REQUIRE(open.bench.settle());
  CHECK(open.dock->sweep().done() <= kept);
  QTest::mouseClick(run, Qt::LeftButton);  // again, to the end
  REQUIRE(open.bench.settle());
  CHECK(open.dock->sweep().done() == open.dock->sweep().total());
  for (const ui::SweepPoint& point : open.dock->sweep().points()) {
    REQUIRE(point.painting.sound);
    CHECK(point.painting.sound->hidden == std::lround(point.ratio * 256));
    CHECK(point.painting.sound->model.error > 0.0);
  }
  test::keepPicture(*open.bench.window, "reconstruction-curve");
  const QString table = ui::sweepTable(open.dock->sweep().points());
  CHECK(table.count('\n') == open.dock->sweep().total() + 1);
  for (const char* name : {"curve.png", "curve.svg", "curve.pdf", "curve.csv"})
    CHECK(open.dock->curve().plot().exportTo(ui::toQString(open.bench.scratch / name)).isEmpty());
  WARN("longest gap of the event loop: " << watch.worstMs() << " ms, of which its own " << watch.worstOwnMs() << " ms");
  CHECK(watch.worstOwnMs() <= test::LoopWatch::kMostMs);
}

TEST_CASE("Patches stand in order, masked and shuffled, and name themselves under the pointer") {
  OpenDock open;
  QTest::mouseClick(open.part<QToolButton>("reconstructionStrips"), Qt::LeftButton);
  widgets::PatchStrips& strips = open.dock->strips();
  REQUIRE(strips.isVisible());
  using Strip = widgets::PatchStrips::Strip;
  const auto& mask = open.dock->clip()->result.sound.mask;
  const auto& shuffled = strips.order(Strip::shuffled);
  REQUIRE(shuffled.size() == mask.size());
  CHECK(std::is_sorted(strips.order(Strip::ordered).begin(), strips.order(Strip::ordered).end()));
  auto sorted = shuffled;
  std::sort(sorted.begin(), sorted.end());
  CHECK(sorted == strips.order(Strip::ordered));
  CHECK(shuffled != sorted);
  // Visible ones first.
  CHECK(std::is_partitioned(shuffled.begin(), shuffled.end(), [&](int patch) { return mask[static_cast<std::size_t>(patch)] == 0; }));
  const QImage picture = strips.grab().toImage();
  const auto place = static_cast<int>(shuffled.size()) - 1;
  CHECK(picture.pixelColor(strips.patchRect(Strip::shuffled, place).center().toPoint()) == QColor(128, 128, 128));
  test::keepPicture(*open.bench.window, "reconstruction-strips");
  auto* kept = strips.findChild<widgets::ViewExport*>();
  REQUIRE(kept);
  for (const char* name : {"strips.png", "strips.svg", "strips.pdf", "strips.csv"}) CHECK(kept->exportTo(ui::toQString(open.bench.scratch / name)).isEmpty());
  QTest::mouseMove(&strips, strips.patchRect(Strip::ordered, 0).center().toPoint());
  CHECK(open.part<QLabel>("reconstructionPatch")->text().startsWith("patch 1 of 256"));
}
