// The attention dock in a whole window: all heads at once, one of them large, patches and their places, the attended part heard.
#include "ui/docks/attention_dock.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/gui/window/bench.h"
#include "tests/gui/window/loop_watch.h"
#include "ui/docks/status_line.h"
#include "ui/docks/voice_bar.h"
#include "ui/playback/clip_player.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/time_area.h"
#include "widgets/attention/attention_grid.h"
#include "widgets/attention/attention_lane.h"
#include "widgets/attention/attention_view.h"
#include "widgets/attention/picture_attention_view.h"
#include "widgets/export/view_export.h"
#include "widgets/prediction/class_lane.h"

using namespace chladni;
using test::Bench;

namespace {

struct OpenDock {
  explicit OpenDock(std::chrono::milliseconds delay = std::chrono::milliseconds(0)) : bench(delay) {
    bench.window->openFile(bench.sound("tone.wav", 5.0));
    REQUIRE(bench.window->showDock("attention"));
    REQUIRE(bench.settle());
    dock = bench.part<ui::AttentionDock>("attention");
    REQUIRE(dock);
  }
  void click(const char* button) { QTest::mouseClick(bench.part<QToolButton>(button), Qt::LeftButton); }
  Bench bench;
  ui::AttentionDock* dock = nullptr;
};

}  // namespace

TEST_CASE("All heads are shown at once, and a click shows one large") {
  OpenDock open;
  open.click("attentionOverview");
  REQUIRE(open.bench.settle());
  widgets::AttentionGrid& grid = open.dock->grid();
  REQUIRE(grid.isVisible());
  REQUIRE(grid.map());
  CHECK(grid.layers() == 3);
  CHECK(grid.heads() == 2);
  CHECK(grid.cellRect(2, 0).top() < grid.cellRect(0, 0).top());
  CHECK(grid.cellText(1, 1).contains("layer 1"));
  test::keepPicture(*open.bench.window, "attention-grid");
  // The energy of the tone grows: a cell is not of one colour.
  const QImage picture = grid.grab().toImage();
  const QRect cell = grid.cellRect(1, 0).toRect().adjusted(2, 2, -2, -2);
  CHECK(picture.pixel(cell.topLeft()) != picture.pixel(cell.bottomRight()));
  QTest::mouseClick(&grid, Qt::LeftButton, {}, grid.cellRect(1, 1).center().toPoint());
  REQUIRE(open.bench.settle());
  CHECK(open.dock->view().isVisible());
  CHECK(open.dock->request().layer == 1);
  CHECK(open.dock->request().head == 1);
  CHECK(open.dock->request().reduction == inference::HeadReduction::single);
  CHECK(open.bench.part<QComboBox>("attentionLayer")->currentData().toInt() == 1);
  // By keys.
  open.click("attentionOverview");
  REQUIRE(open.bench.settle());
  QTest::keyClick(&grid, Qt::Key_Up);
  QTest::keyClick(&grid, Qt::Key_Left);
  QTest::keyClick(&grid, Qt::Key_Return);
  CHECK(open.dock->request().layer == 2);
  CHECK(open.dock->request().head == 0);
}

TEST_CASE("The line above an attention map is the same after all heads were on show") {
  OpenDock open;
  const auto* line = open.bench.part<QLabel>("attentionTitle");
  const QString before = line->text();
  CHECK(before.contains("query"));
  open.click("attentionOverview");
  REQUIRE(open.bench.settle());
  CHECK(line->text() != before);
  open.click("attentionOverview");
  CHECK(line->text() == before);  // at once, before a new answer
}

namespace {

// The film of the demo before a model that hears and sees, or only sees.
struct OpenFilm {
  explicit OpenFilm(bool hears = true) {
    inference::ModelSpec spec = test::fakeSpec(20);
    spec.frontend.sound = hears;
    spec.frontend.picture = PictureSpec{.size = 64};
    test::writeFakePackage(bench.scratch / "models" / "seer", spec);
    bench.model = "seer";
    bench.makeWindow();
    REQUIRE(bench.settle());
    REQUIRE(bench.window->showDock("attention"));
    dock = bench.part<ui::AttentionDock>("attention");
  }
  void openFile(const std::filesystem::path& file) {
    bench.window->openFile(file);
    REQUIRE(bench.settle());
  }
  void press(QWidget& view, const QRectF& patch) {
    QTest::mouseClick(&view, Qt::LeftButton, {}, patch.center().toPoint());
    REQUIRE(bench.settle());
  }
  Bench bench;
  ui::AttentionDock* dock = nullptr;
};

const std::filesystem::path kFilm = std::filesystem::path(CHLADNI_SOURCE_DIR) / "resources" / "demo" / "ode_to_joy.mp4";

}  // namespace

TEST_CASE("A patch of the picture asks what it listens to, and one of the sound what it looks at") {
  OpenFilm open;
  open.openFile(kFilm);
  widgets::PictureAttentionView& picture = open.dock->picture();
  REQUIRE(picture.isVisible());
  REQUIRE(open.dock->view().isVisible());
  CHECK(test::waitFor([&] { return picture.height() >= picture.minimumSizeHint().height(); }));  // the dock scrolls instead
  const auto* line = open.bench.part<QLabel>("attentionTitle");
  CHECK(line->text().contains("class token"));
  CHECK(open.bench.part<QToolButton>("attentionClassToken")->text() == "Class token");
  CHECK(line->text().endsWith(" · sound 75 %, picture 25 %"));
  CHECK(picture.rangeText().startsWith("0.0625"));
  // The heads are those of the loaded model, though model.json does not say how many.
  CHECK(open.bench.part<QComboBox>("attentionLayer")->count() == 3);
  CHECK(open.bench.part<QToolButton>("attentionOverview")->isEnabled());
  const QImage even = picture.grab().toImage();
  open.press(picture, picture.patchRect(1, 0));
  CHECK(open.dock->request().pictureQuery);
  CHECK_FALSE(open.dock->request().classToken);
  CHECK(line->text().contains("picture patch (row 1, column 0)"));
  CHECK(picture.patchText(1, 0).contains("0.2500"));
  CHECK(picture.patchText(0, 1).contains("0.0000"));
  CHECK(picture.grab().toImage() != even);
  test::keepPicture(*open.bench.window, "attention-across");
  // By keys, from there.
  QTest::keyClick(&picture, Qt::Key_Up);
  REQUIRE(open.bench.settle());
  CHECK(open.dock->request().patchRow == 0);
  CHECK(picture.patchText(0, 0).contains("0.2500"));
  // And back: a patch of the sound.
  open.press(open.dock->view(), open.dock->view().patchRect(2, 1));
  CHECK_FALSE(open.dock->request().pictureQuery);
  CHECK(open.dock->request().patchColumn == 1);
  CHECK(picture.patchText(0, 0).contains("0.0625"));
  // Sound alone has no picture to look at.
  open.openFile(open.bench.sound("alone.wav"));
  CHECK_FALSE(picture.isVisible());
  CHECK(open.dock->view().map() != nullptr);
  CHECK(open.dock->request().classToken);
}

TEST_CASE("A model that only sees analyses a film, and says so of a sound") {
  OpenFilm open(false);
  open.openFile(kFilm);
  CHECK(open.dock->picture().isVisible());
  CHECK_FALSE(open.dock->view().isVisible());
  CHECK(open.bench.part<QToolButton>("attentionClassToken")->text() == "All patches");
  REQUIRE(open.bench.window->currentFile());
  CHECK(open.bench.window->currentFile()->predictionComplete);
  open.openFile(open.bench.sound("alone.wav"));
  CHECK_FALSE(open.bench.window->currentFile()->prediction);
  CHECK_FALSE(open.bench.part<QAction>("analyse")->isEnabled());
  CHECK(open.dock->view().isVisible());
  CHECK(open.dock->view().accessibleDescription().contains("nothing that the model"));
}

TEST_CASE("After Esc nobody waits for attention that was given up") {
  OpenDock open(std::chrono::milliseconds(400));
  open.bench.window->openFile(open.bench.sound("other.wav", 3.0));
  REQUIRE(test::waitFor([&] { return open.bench.window->analysis().attending(); }));
  open.bench.part<QAction>("cancel")->trigger();
  CHECK(open.dock->view().accessibleDescription().contains("Stopped"));
  REQUIRE(open.bench.settle());
  CHECK_FALSE(open.dock->view().map());
  open.bench.part<QAction>("end")->trigger();
  REQUIRE(test::waitFor([&] { return open.dock->view().map() != nullptr; }));
}

TEST_CASE("All heads leave as picture and as numbers") {
  OpenDock open;
  open.click("attentionOverview");
  REQUIRE(open.bench.settle());
  auto* kept = open.dock->grid().findChild<widgets::ViewExport*>();
  REQUIRE(kept);
  for (const char* name : {"heads.png", "heads.svg", "heads.pdf", "heads.csv"}) {
    INFO(name);
    CHECK(kept->exportTo(ui::toQString(open.bench.scratch / name)).isEmpty());
    CHECK(std::filesystem::file_size(open.bench.scratch / name) > 200);
  }
  QFile table(ui::toQString(open.bench.scratch / "heads.csv"));
  REQUIRE(table.open(QIODevice::ReadOnly));
  CHECK(table.readLine().startsWith("layer,head,row 0 column 0"));
  CHECK(table.readAll().count('\n') == 6);
}

TEST_CASE("Patches are outlined and tell their time and band") {
  OpenDock open;
  widgets::AttentionView& view = open.dock->view();
  REQUIRE(view.map());
  const QImage without = view.grab().toImage();
  open.click("attentionPatches");
  CHECK(view.grab().toImage() != without);
  test::keepPicture(*open.bench.window, "attention-patches");
  QSignalSpy said(&view, &widgets::AttentionView::valueUnderCursor);
  QTest::mouseMove(&view, view.patchRect(1, 1).center().toPoint());
  REQUIRE(said.count() > 0);
  const QString text = said.last().first().toString();
  CHECK(text.contains("patch 8 of 48"));
  CHECK(text.contains("0.16–0.32 s"));
  CHECK(text.contains("Hz"));
  CHECK(text.contains("weight"));
}

TEST_CASE("The attended part is made into a sound at the first press, and another map stops it") {
  OpenDock open;
  ui::VoiceBar& bar = open.dock->listening();
  CHECK_FALSE(bar.made());
  QSignalSpy plays(&bar.player(), &ui::ClipPlayer::changed);
  open.click("hearAttended");
  REQUIRE(test::waitFor([&] { return !bar.busy() && plays.count() >= 2; }));  // the silent player starts and ends
  CHECK(bar.made());
  CHECK(open.bench.part<QLabel>("attendedNote")->text().contains("as loud as"));
  QTest::mouseClick(&open.dock->view(), Qt::LeftButton, {}, open.dock->view().patchRect(2, 2).center().toPoint());
  REQUIRE(open.bench.settle());
  CHECK_FALSE(bar.made());
  open.bench.window->closeFile(open.bench.window->currentFile()->id);
  CHECK_FALSE(open.bench.part<QToolButton>("hearAttended")->isEnabled());
}

TEST_CASE("A flood of questions about all heads ends with the newest, while the window stays alive") {
  OpenDock open(std::chrono::milliseconds(3));
  open.click("attentionOverview");
  double shownAt = -1.0;
  std::uint64_t newest = 0;
  QObject::connect(&open.bench.window->analysis(), &ui::AnalysisController::overviewArrived, open.dock, [&](const ui::AttentionAnswer& answer) {
    CHECK(answer.generation > newest);
    newest = answer.generation;
    shownAt = answer.attention.map->span.start.seconds();
  });
  REQUIRE(open.bench.settle());
  test::LoopWatch watch;
  for (int i = 0; i < 500; ++i) {
    open.bench.window->analysis().attendOverview(open.bench.window->currentFile()->id, 1.0 + 3.0 * i / 499.0);
    QCoreApplication::processEvents();
    watch.turn();
  }
  WARN("longest gap of the event loop: " << watch.worstMs() << " ms, of which its own " << watch.worstOwnMs() << " ms");
  CHECK(watch.worstOwnMs() <= test::LoopWatch::kMostMs);
  REQUIRE(test::waitFor([&] { return shownAt == Approx(3.5).margin(0.1); }));
}

TEST_CASE("Attention over time: clip beside clip, until the question changes") {
  OpenDock open;
  auto& lane = open.bench.window->timeArea().attention();
  REQUIRE(lane.isVisible());
  CHECK(lane.message().isEmpty());
  // The energy of the ramp and so the attention grows within the clip of one second.
  const auto near = lane.shareAt(0.05), late = lane.shareAt(0.9);
  REQUIRE(near);
  REQUIRE(late);
  CHECK(*late > *near);
  CHECK_FALSE(lane.shareAt(2.0));
  CHECK(lane.valueAt({lane.xAt(0.9), 5.0}).contains(QString::number(100.0 * *late, 'f', 1)));
  double sum = 0.0;
  for (double at = 0.08; at < 0.96; at += 0.16) sum += lane.shareAt(at).value_or(0.0);
  CHECK(sum == Approx(1.0).margin(0.02));
  // Another clip, partly over the first.
  Q_EMIT open.bench.window->timeArea().seekRequested(1.2);
  REQUIRE(open.bench.settle());
  CHECK(lane.shareAt(0.3));
  CHECK(lane.shareAt(1.4));
  CHECK_FALSE(lane.shareAt(3.0));
  test::keepPicture(*open.bench.window, "attention-lane");
  // A patch asks another question.
  QTest::mouseClick(&open.dock->view(), Qt::LeftButton, {}, open.dock->view().patchRect(2, 2).center().toPoint());
  REQUIRE(open.bench.settle());
  CHECK_FALSE(lane.shareAt(0.3));
  CHECK(lane.shareAt(1.4));
  open.bench.part<QAction>("attentionLane")->trigger();
  CHECK_FALSE(lane.isVisible());
  open.bench.window->closeFile(open.bench.window->currentFile()->id);
  CHECK_FALSE(lane.shareAt(1.4));
}

TEST_CASE("A model without classes is asked for attention only, and that is no failure") {
  OpenDock open;
  inference::ModelSpec spec = test::fakeSpec(0);
  spec.tasks = {"reconstruction"};
  test::writeFakePackage(open.bench.scratch / "models" / "painter", spec);
  open.bench.window->analysis().listAgain((open.bench.scratch / "models" / "painter").string());
  REQUIRE(test::waitFor([&] { return open.bench.window->analysis().model()->name == "painter"; }));
  open.bench.window->openFile(open.bench.sound("other.wav", 2.0));
  REQUIRE(open.bench.settle());
  CHECK(open.bench.window->timeArea().classes().message().contains("names no classes"));
  CHECK(open.bench.part<ui::Banner>("banner")->message().isEmpty());
  CHECK_FALSE(open.bench.part<QAction>("analyse")->isEnabled());
  CHECK(open.dock->view().map());
  // What another model said comes back with it, without computing.
  open.bench.window->analysis().chooseModel("fake-one");
  REQUIRE(open.bench.settle());
  REQUIRE(open.bench.window->timeArea().classes().prediction());
  open.bench.window->analysis().chooseModel("painter");
  CHECK_FALSE(open.bench.window->timeArea().classes().prediction());
  open.bench.window->analysis().chooseModel("fake-one");
  CHECK(open.bench.window->timeArea().classes().prediction());
  CHECK_FALSE(open.bench.window->analysis().classifying());
}
