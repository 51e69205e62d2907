// Whole tracks of labels: named, made the reference, and what a right click in a lane offers.
#include <QApplication>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QInputDialog>
#include <QMenu>
#include <QTest>
#include <QTimer>
#include <algorithm>

#include "tests/gui/window/bench.h"
#include "ui/project/agreement_dock.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_desk.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/spectrogram/spectrogram_lane.h"
#include "widgets/theme/theme.h"

using namespace chladni;

namespace {

struct TrackBench : test::Bench {
  TrackBench() : test::Bench(std::chrono::milliseconds(0), false) {
    window->openFile(sound("tone.wav", 6.0));
    REQUIRE(settle());
    labels().createProject(scratch / "p.chladni");
  }
  ui::LabelController& labels() { return window->desk().labels(); }
  widgets::LabelLane& lane() { return window->timeArea().labels(); }
  QAction* action(const char* id) { return window->actions().find(id); }
  void add(double start, double end, const std::string& text) {
    labels().addOver({MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)});
    labels().setText(QString::fromStdString(text));
  }
  // The texts of what a right click at `at` offers; lines between are "".
  QStringList menuAt(QWidget& lane, const QPoint& at) {
    QTest::mousePress(&lane, Qt::RightButton, {}, at);
    QTest::mouseRelease(&lane, Qt::RightButton, {}, at);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, lane.mapToGlobal(at));
    QApplication::sendEvent(&lane, &event);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    REQUIRE(menu != nullptr);
    QStringList texts;
    for (const QAction* one : menu->actions()) texts << (one->isSeparator() ? QString() : QString(one->text()).remove('&'));
    menu->close();
    return texts;
  }
};

int greyness(const QColor& colour) {
  const auto [least, most] = std::minmax({colour.red(), colour.green(), colour.blue()});
  return most - least;
}

}  // namespace

TEST_CASE("A reference is grey, stays as it is, and counts as the truth") {
  TrackBench bench;
  bench.add(1.0, 2.0, "dog");
  bench.action("newTrack")->trigger();
  bench.add(1.1, 2.0, "dog");
  auto& lane = bench.lane();
  const auto inside = [&](std::size_t track) {
    const QRectF box = lane.labelRect({track, 0});
    return lane.grab().toImage().pixelColor(QPoint(static_cast<int>(box.right()) - 6, static_cast<int>(box.center().y())));
  };
  CHECK(greyness(inside(1)) > 20);
  CHECK(greyness(inside(0)) > 20);
  bench.action("referenceTrack")->trigger();
  CHECK(bench.labels().activeTrack()->track.reference);
  CHECK(bench.action("referenceTrack")->isChecked());
  CHECK_FALSE(bench.action("exclusiveTrack")->isEnabled());
  CHECK(greyness(inside(1)) < 20);
  CHECK(greyness(inside(0)) > 20);

  const auto drag = [&](std::size_t track, double by) {
    const QRectF box = lane.labelRect({track, 0});
    const auto y = static_cast<int>(box.center().y());
    QTest::mousePress(&lane, Qt::LeftButton, {}, QPoint(static_cast<int>(box.left()), y));
    QTest::mouseMove(&lane, QPoint(static_cast<int>(box.left() + by), y));
    QTest::mouseRelease(&lane, Qt::LeftButton, {}, QPoint(static_cast<int>(box.left() + by), y));
  };
  drag(1, 20.0);
  CHECK(bench.labels().tracks()[1].track.labels[0].span.start.seconds() == Approx(1.1));
  bench.add(3.0, 4.0, "bell");
  CHECK(bench.labels().activeTrack()->track.labels.size() == 1);
  CHECK(bench.window->findChild<ui::Banner*>()->message().contains("reference"));

  auto& agreement = bench.window->desk().agreement();
  agreement.show();
  agreement.raise();
  const auto* first = agreement.findChild<QComboBox*>("agreementFirst");
  REQUIRE(test::waitFor([&] { return first->count() == 2; }));
  CHECK(first->currentText() == QString::fromStdString(bench.labels().tracks()[1].track.name));
  test::keepPicture(*bench.window, "reference");

  bench.action("referenceTrack")->trigger();
  CHECK_FALSE(bench.labels().activeTrack()->track.reference);
  bench.action("undo")->trigger();
  CHECK(bench.labels().tracks()[1].track.reference);
  bench.labels().selectTrack(0);
  CHECK_FALSE(bench.action("referenceTrack")->isChecked());
}

TEST_CASE("A track gets another name, which another track may not have") {
  TrackBench bench;
  CHECK_FALSE(bench.action("renameTrack")->isEnabled());
  bench.add(1.0, 2.0, "dog");
  bench.action("newTrack")->trigger();
  QTimer::singleShot(0, [] {
    auto* dialog = qobject_cast<QInputDialog*>(QApplication::activeModalWidget());
    REQUIRE(dialog != nullptr);
    CHECK(dialog->textValue() == "labels 2");
    dialog->setTextValue(" Eva ");
    dialog->accept();
  });
  bench.action("renameTrack")->trigger();
  CHECK(bench.labels().tracks()[1].track.name == "Eva");
  bench.labels().renameTrack("labels");
  CHECK(bench.window->findChild<ui::Banner*>()->message().contains("labels"));
  CHECK(bench.labels().tracks()[1].track.name == "Eva");
  bench.action("undo")->trigger();
  CHECK(bench.labels().tracks()[1].track.name == "labels 2");
}

TEST_CASE("A right click offers what can be done there") {
  TrackBench bench;
  bench.add(1.0, 2.0, "dog");
  bench.add(3.0, 4.0, "bell");
  bench.labels().selectNone();
  const QStringList ofLabel = bench.menuAt(bench.lane(), bench.lane().labelRect({0, 0}).center().toPoint());
  CHECK(bench.labels().selected() == LabelIndices{0});
  for (const char* text : {"Name…", "Delete", "Rename the track…", "Copy picture"}) {
    INFO(text);
    CHECK(ofLabel.contains(QString::fromUtf8(text)));
  }
  CHECK_FALSE(ofLabel.contains("Accept the proposal"));
  auto& spectrogram = bench.window->timeArea().spectrogram();
  const QStringList ofSound = bench.menuAt(spectrogram, spectrogram.rect().center());
  for (const char* text : {"Play the selection once", "Label the selection", "Spectrogram settings…", "Copy numbers"}) {
    INFO(text);
    CHECK(ofSound.contains(QString::fromUtf8(text)));
  }
}
