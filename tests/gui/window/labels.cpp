// Projects and labels in the window: made by keys alone, by holding a class key, by mouse; undone, found again after a
// restart, changed by another program.
#include <QAbstractItemView>
#include <QCompleter>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMap>
#include <QMouseEvent>
#include <QTableView>
#include <QTest>
#include <cmath>

#include "core/inference/model_registry.h"
#include "tests/gui/window/bench.h"
#include "tests/gui/window/gui_application.h"
#include "tests/gui/window/sounds.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "ui/main_window.h"
#include "ui/project/label_table_dock.h"
#include "ui/project/project_desk.h"
#include "ui/project/project_panel.h"
#include "ui/project/snap_controller.h"
#include "ui/workspace/banner.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/time_area.h"
#include "widgets/labels/label_lane.h"
#include "widgets/prediction/class_lane.h"

using namespace chladni;

namespace {

struct Desk {
  explicit Desk(bool withProject = true) {
    test::application();
    qputenv("XDG_CACHE_HOME", QByteArray::fromStdString((scratch / "cache").string()));
    REQUIRE(media::writeWav(scratch / "tone.wav", test::rampAndTone(10.0, 8000, 1)));
    openWindow();
    if (withProject) labels().createProject(scratch / "p.chladni");
    show("tone.wav");
  }
  void openWindow() {
    ui::WindowSetup setup;
    setup.makeRegistry = [] { return std::make_shared<inference::ModelRegistry>(); };
    setup.settings = settingsFile.isEmpty() ? ui::WorkspaceSettings::inMemory() : ui::WorkspaceSettings::inFile(settingsFile);
    setup.silent = true;
    window = std::make_unique<ui::MainWindow>(std::move(setup));
    window->show();
  }
  void show(const std::string& name) {
    window->openFile(scratch / name);
    int quiet = 0;
    REQUIRE(test::waitFor([&] { return (quiet = window->pending().isEmpty() ? quiet + 1 : 0) >= 5; }));
  }
  ui::LabelController& labels() { return window->desk().labels(); }
  widgets::LabelLane& lane() { return window->timeArea().labels(); }
  void key(int code, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&window->timeArea(), Qt::Key(code), modifiers); }
  void seek(double seconds) { window->playback().seek(seconds); }
  const std::vector<Label>& all() { return labels().activeTrack()->track.labels; }
  void makeClasses() {
    REQUIRE(labels().project()->setClasses({{"dog", 0xcc3311, "1"}, {"bell", 0x0077bb, "2"}}));
    labels().reload();
  }
  void add(double start, double end, const std::string& text) {
    labels().addOver({MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)});
    labels().setText(QString::fromStdString(text));
  }

  test::Scratch scratch;
  QString settingsFile;  // empty: nothing is remembered
  std::unique_ptr<ui::MainWindow> window;
};

}  // namespace

TEST_CASE("Without a project the lane says how to get one") {
  Desk desk(false);
  CHECK(desk.lane().message().contains("Ctrl+Shift+N"));
  desk.key(Qt::Key_BracketLeft);
  desk.key(Qt::Key_BracketRight);
  CHECK(desk.window->findChild<ui::Banner*>()->message().contains("project"));
  CHECK_FALSE(desk.window->actions().find("undo")->isEnabled());
}

TEST_CASE("The project of last time is open again, unless it was closed") {
  Desk desk(false);
  desk.settingsFile = QString::fromStdString((desk.scratch / "settings.ini").string());
  const auto restart = [&] {
    desk.window.reset();
    desk.openWindow();
    desk.window->reopenProject();
  };
  restart();
  CHECK(desk.labels().project() == nullptr);
  desk.labels().createProject(desk.scratch / "p.chladni");
  restart();
  REQUIRE(desk.labels().project() != nullptr);
  CHECK(desk.labels().project()->path().filename() == "p.chladni");
  desk.labels().closeProject();
  restart();
  CHECK(desk.labels().project() == nullptr);
  desk.labels().openProject(desk.scratch / "p.chladni");
  desk.window.reset();
  std::filesystem::remove(desk.scratch / "p.chladni");
  restart();
  CHECK(desk.labels().project() == nullptr);
}

TEST_CASE("The table of labels says why it is empty") {
  Desk desk(false);
  desk.window->showDock("labels");
  auto* message = desk.window->findChild<QLabel*>("labelTableMessage");
  auto* table = desk.window->findChild<QTableView*>("labelTable");
  CHECK(message->text().contains("Ctrl+Shift+N"));
  CHECK(message->isVisible());
  desk.labels().createProject(desk.scratch / "p.chladni");
  CHECK(message->text().contains("["));
  desk.add(1.0, 2.0, "dog");
  CHECK(table->isVisible());
  CHECK_FALSE(message->isVisible());
}

TEST_CASE("The list of files counts the labels as they are made") {
  Desk desk;
  auto* files = desk.window->findChild<QTableView*>("projectFiles");
  const auto counted = [&] { return files->model()->rowCount() == 1 ? files->model()->index(0, 2).data().toInt() : -1; };
  desk.add(1.0, 2.0, "dog");
  CHECK(test::waitFor([&] { return counted() == 1; }));
  desk.add(3.0, 4.0, "bell");
  CHECK(test::waitFor([&] { return counted() == 2; }));
  while (desk.all().size() == 2) desk.labels().undo();  // its name and class are steps of their own
  CHECK(test::waitFor([&] { return counted() == 1; }));
}

TEST_CASE("Two events are labelled with six keys and no mouse") {
  Desk desk;
  desk.makeClasses();
  for (const auto& [start, end, code] : {std::tuple{1.0, 3.0, Qt::Key_1}, {4.0, 8.5, Qt::Key_2}}) {
    desk.seek(start);
    desk.key(Qt::Key_BracketLeft);
    desk.seek(end);
    desk.key(Qt::Key_BracketRight);
    desk.key(code);
  }
  REQUIRE(desk.all().size() == 2);
  CHECK(desk.all()[0].text == "dog");
  CHECK(desk.all()[0].span.start.seconds() == Approx(1.0).margin(1e-3));
  CHECK(desk.all()[1].text == "bell");
  CHECK(desk.all()[1].span.end.seconds() == Approx(8.5).margin(1e-3));
  CHECK(desk.lane().message().isEmpty());
  // On disk already, without saving.
  auto project = store::Project::open(desk.scratch / "p.chladni");
  REQUIRE(project);
  const auto file = project->idOf(desk.scratch / "tone.wav");
  REQUIRE((file && *file));
  CHECK(project->tracks(**file)->front().track.labels == desk.all());
}

TEST_CASE("The first label on a new file is one step, undone and done again as one") {
  Desk desk;
  desk.makeClasses();
  desk.seek(1.0);
  desk.key(Qt::Key_BracketLeft);
  desk.seek(2.0);
  desk.key(Qt::Key_1);
  REQUIRE(desk.all().size() == 1);
  CHECK(desk.labels().project()->files()->size() == 1);
  desk.key(Qt::Key_Z, Qt::ControlModifier);
  CHECK(desk.labels().tracks().empty());
  CHECK(desk.labels().project()->files()->empty());
  desk.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  REQUIRE(desk.all().size() == 1);
  CHECK(desk.all()[0].text == "dog");
  // Also a label that brings a class with it: naming is one step.
  desk.labels().select(0, 0, false);
  desk.labels().setText("owl");
  CHECK(desk.labels().classes().size() == 3);
  desk.key(Qt::Key_Z, Qt::ControlModifier);
  CHECK(desk.all()[0].text == "dog");
  CHECK(desk.labels().classes().size() == 2);
}

TEST_CASE("While another program holds the project edits are shown, wait, and get in") {
  Desk desk;
  desk.makeClasses();
  auto other = store::Project::open(desk.scratch / "p.chladni");
  REQUIRE(other);
  const auto held = [&]() -> Result<void> {
    if (auto ok = other->setClasses({{"dog", 1, "1"}, {"bell", 2, "2"}, {"owl", 3, "3"}}); !ok) return ok;
    QElapsedTimer clock;
    clock.start();
    desk.labels().addOver({MediaTime::fromSeconds(1), MediaTime::fromSeconds(2)});
    desk.labels().classKeyPressed("1", 1.0, false, {});
    desk.labels().addOver({MediaTime::fromSeconds(3), MediaTime::fromSeconds(4)});
    CHECK(clock.elapsed() < 1500);  // one try of a tenth of a second, on a busy machine
    CHECK(desk.labels().waiting() == 3);
    CHECK(desk.all().size() == 2);
    CHECK(desk.all()[0].text == "dog");
    // Nothing else is begun meanwhile, the window does not close in silence, and another file comes and goes.
    desk.labels().undo();
    CHECK(desk.labels().waiting() == 3);
    CHECK_FALSE(desk.window->close());
    CHECK(desk.window->findChild<ui::Banner*>()->message().contains("wait to be saved"));
    desk.labels().setFile(desk.scratch / "other.wav");
    CHECK(desk.labels().tracks().empty());
    desk.labels().setFile(desk.scratch / "tone.wav");
    CHECK(desk.all().size() == 2);
    test::runFor(600);
    CHECK(desk.labels().waiting() == 3);
    return {};
  };
  REQUIRE(other->together("hold", held));
  REQUIRE(test::waitFor([&] { return desk.labels().waiting() == 0; }, 10000));
  REQUIRE(desk.all().size() == 2);
  const auto file = other->idOf(desk.scratch / "tone.wav");
  REQUIRE((file && *file));
  CHECK(other->tracks(**file)->front().track.labels == desk.all());
  CHECK(other->history(10)->size() == 5);  // classes twice, and the three
  desk.labels().undo();
  CHECK(desk.all().size() == 1);
}

TEST_CASE("A class key that is held while playing labels what passes") {
  Desk desk;
  desk.makeClasses();
  desk.window->playback().toggle();
  REQUIRE(test::waitFor([&] { return desk.window->playback().position() > 0.1; }));
  QTest::keyPress(&desk.window->timeArea(), Qt::Key_2);
  CHECK(desk.labels().pendingStart().has_value());
  const double from = desk.window->playback().position();
  REQUIRE(test::waitFor([&] { return desk.window->playback().position() > from + 0.5; }));
  QTest::keyRelease(&desk.window->timeArea(), Qt::Key_2);
  desk.window->playback().pause();
  REQUIRE(desk.all().size() == 1);
  CHECK(desk.all()[0].text == "bell");
  CHECK(desk.all()[0].span.length().seconds() >= 0.4);
}

TEST_CASE("Labels are selected, split, merged, nudged, deleted, and all of it is undone") {
  Desk desk;
  desk.add(1.0, 4.0, "dog");
  desk.add(5.0, 6.0, "bell");
  desk.key(Qt::Key_Left, Qt::AltModifier);
  CHECK(desk.labels().selected() == LabelIndices{0});
  CHECK(desk.window->playback().position() == Approx(1.0).margin(1e-3));
  desk.seek(2.0);
  desk.key(Qt::Key_I, Qt::ControlModifier);
  REQUIRE(desk.all().size() == 3);
  CHECK(desk.all()[1].span.start.seconds() == Approx(2.0).margin(1e-3));
  desk.key(Qt::Key_J, Qt::ControlModifier);
  REQUIRE(desk.all().size() == 2);
  desk.key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
  CHECK(desk.all()[0].span.end.seconds() == Approx(4.01));
  desk.key(Qt::Key_PageDown, Qt::ControlModifier);
  CHECK(desk.all()[0].span.start.seconds() == Approx(2.0));
  desk.seek(7.0);
  desk.key(Qt::Key_D, Qt::ControlModifier);
  REQUIRE(desk.all().size() == 3);
  CHECK(desk.all()[2].span.start.seconds() == Approx(7.0).margin(1e-3));
  desk.key(Qt::Key_Delete);
  REQUIRE(desk.all().size() == 2);
  CHECK(desk.window->actions().find("undo")->text().contains("delete a label"));
  for (int i = 0; i < 6; ++i) desk.key(Qt::Key_Z, Qt::ControlModifier);
  REQUIRE(desk.all().size() == 2);
  CHECK(desk.all()[0].span.end.seconds() == Approx(4.0));
  CHECK(desk.all()[0].span.start.seconds() == Approx(1.0));
  for (int i = 0; i < 6; ++i) desk.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
  CHECK(desk.all()[0].span.start.seconds() == Approx(2.0));
}

TEST_CASE("An edge is dragged, a click selects, a double click names") {
  Desk desk;
  desk.add(2.0, 4.0, "dog");
  desk.add(6.0, 8.0, "bell");
  widgets::LabelLane& lane = desk.lane();
  const QRectF box = lane.labelRect({0, 0});
  const int y = static_cast<int>(box.center().y());
  const QPoint edge(static_cast<int>(lane.xAt(4.0)), y);
  QTest::mousePress(&lane, Qt::LeftButton, {}, edge);
  QTest::mouseMove(&lane, QPoint(static_cast<int>(lane.xAt(5.0)), y));
  QTest::mouseRelease(&lane, Qt::LeftButton, {}, QPoint(static_cast<int>(lane.xAt(5.0)), y));
  CHECK(desk.all()[0].span.end.seconds() == Approx(5.0).margin(0.05));
  const QPoint second = lane.labelRect({0, 1}).center().toPoint();
  QTest::mouseClick(&lane, Qt::LeftButton, {}, second);
  CHECK(desk.labels().selected() == LabelIndices{1});
  QTest::mouseClick(&lane, Qt::LeftButton, Qt::ControlModifier, box.center().toPoint());
  CHECK(desk.labels().selected() == LabelIndices{0, 1});
  QTest::mouseDClick(&lane, Qt::LeftButton, {}, second);
  auto* line = lane.findChild<QLineEdit*>("labelText");
  REQUIRE(line->isVisible());
  line->selectAll();
  QTest::keyClicks(line, "1 owl");  // a digit in a text is no class key
  QTest::keyClick(line, Qt::Key_Return);
  CHECK(desk.all()[1].text == "1 owl");
  CHECK(desk.labels().classes().back().key == "3");
}

TEST_CASE("A label's name is offered from the project, other labels and what the model heard there") {
  test::Bench bench;
  bench.window->openFile(bench.sound("tone.wav", 8.0));
  REQUIRE(bench.settle());
  auto& labels = bench.window->desk().labels();
  labels.createProject(bench.scratch / "p.chladni");
  for (const auto& [start, text] : {std::pair(2.0, "dog"), {5.0, "dog"}, {0.5, "an owl"}}) {
    labels.addOver({MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + 0.4)});
    labels.setText(text);
  }
  widgets::LabelLane& lane = bench.window->timeArea().labels();
  QTest::keyClick(&bench.window->timeArea(), Qt::Key_F2);
  auto* line = lane.findChild<QLineEdit*>("labelText");
  REQUIRE(line->isVisible());
  QStringList offered;
  for (int row = 0; row < line->completer()->model()->rowCount(); ++row) offered << line->completer()->model()->index(row, 0).data().toString();
  CHECK(offered.count("dog") == 1);
  CHECK(offered.contains("an owl"));
  // Those of the model come after, with what it heard first.
  const auto heard = bench.window->timeArea().classes().prediction();
  REQUIRE(heard);
  CHECK(offered.size() == static_cast<int>(heard->classes.size()) + 2);
  CHECK(offered[2] == "class 0");  // the ramp crosses zero nowhere
  QTest::keyClick(line, Qt::Key_Down);
  CHECK(line->completer()->completionCount() == offered.size());
  line->completer()->popup()->hide();
}

TEST_CASE("A name that is being typed is kept by a click elsewhere and left by Esc") {
  Desk desk;
  desk.add(2.0, 4.0, "dog");
  widgets::LabelLane& lane = desk.lane();
  auto* line = lane.findChild<QLineEdit*>("labelText");
  const QPoint middle = lane.labelRect({0, 0}).center().toPoint();
  desk.window->activateWindow();
  const auto type = [&](const char* text) {
    QTest::mouseDClick(&lane, Qt::LeftButton, {}, middle);
    REQUIRE(test::waitFor([&] { return line->hasFocus(); }));
    line->selectAll();
    QTest::keyClicks(line, text);
  };
  type("wolf");
  QTest::keyClick(line, Qt::Key_Escape);
  CHECK_FALSE(line->isVisible());
  CHECK(desk.all()[0].text == "dog");
  type("owl");
  desk.window->timeArea().setFocus(Qt::MouseFocusReason);
  CHECK_FALSE(line->isVisible());
  CHECK(desk.all()[0].text == "owl");
}

TEST_CASE("An edge follows the pointer over a few pixels, too") {
  Desk desk;
  desk.add(2.0, 4.0, "dog");
  widgets::LabelLane& lane = desk.lane();
  const int y = static_cast<int>(lane.labelRect({0, 0}).center().y());
  const auto drag = [&](int pixels) {
    const QPoint edge(static_cast<int>(lane.xAt(desk.all()[0].span.end.seconds())), y);
    QTest::mousePress(&lane, Qt::LeftButton, {}, edge);
    QTest::mouseMove(&lane, edge + QPoint(pixels, 0));
    QTest::mouseRelease(&lane, Qt::LeftButton, {}, edge + QPoint(pixels, 0));
  };
  drag(1);
  CHECK(desk.all()[0].span.end.seconds() == 4.0);
  drag(3);
  CHECK(desk.all()[0].span.end.seconds() > 4.0);
}

TEST_CASE("Edges snap to onsets, edges and a grid when that is wanted") {
  Desk desk;
  AudioBuffer sound;
  sound.rate = SampleRate(8000);
  sound.channels.emplace_back(80000);
  for (std::size_t i = 24000; i < sound.channels[0].size(); ++i)
    sound.channels[0][i] = 0.5F * std::exp(-0.0004F * static_cast<float>(i - 24000)) * std::sin(0.5F * static_cast<float>(i));
  REQUIRE(media::writeWav(desk.scratch / "note.wav", sound));
  desk.show("note.wav");
  desk.makeClasses();
  desk.seek(2.95);
  desk.key(Qt::Key_BracketLeft);
  CHECK(*desk.labels().pendingStart() == Approx(2.95).margin(1e-6));
  desk.labels().selectNone();
  desk.key(Qt::Key_S);
  REQUIRE(test::waitFor([&] { return !desk.window->desk().snapping().busy(); }));
  desk.key(Qt::Key_BracketLeft);
  CHECK(*desk.labels().pendingStart() == Approx(3.0).margin(0.03));
  const double onset = *desk.labels().pendingStart();
  CHECK(onset != Approx(2.95).margin(1e-6));
  desk.window->actions().find("snapSeconds")->trigger();
  desk.seek(5.04);
  desk.key(Qt::Key_1);
  REQUIRE(desk.all().size() == 1);
  CHECK(desk.all()[0].span.start.seconds() == Approx(onset).margin(1e-6));
  CHECK(desk.all()[0].span.end.seconds() == Approx(5.0));
  // A second label that is dragged near to the first one's end meets it; with Alt it does not.
  desk.window->actions().find("snapSeconds")->trigger();
  desk.add(5.3, 8.0, "bell");
  widgets::LabelLane& lane = desk.lane();
  desk.window->timeArea().setVisible(4.0, 6.0);
  test::runFor(30);
  const auto drag = [&](double from, double to, Qt::KeyboardModifiers modifiers) {
    const int y = static_cast<int>(lane.labelRect({0, 1}).center().y());
    QTest::mousePress(&lane, Qt::LeftButton, {}, QPoint(static_cast<int>(std::lround(lane.xAt(from))), y));
    QMouseEvent move(QEvent::MouseMove, QPointF(lane.xAt(to), y), lane.mapToGlobal(QPointF(lane.xAt(to), y)), Qt::NoButton, Qt::LeftButton, modifiers);
    QApplication::sendEvent(&lane, &move);
    QTest::mouseRelease(&lane, Qt::LeftButton, modifiers, QPoint(static_cast<int>(std::lround(lane.xAt(to))), y));
  };
  drag(5.3, 5.02, Qt::AltModifier);
  CHECK(desk.all()[1].span.start.seconds() == Approx(5.02).margin(1e-3));
  drag(5.02, 5.15, {});
  drag(5.15, 5.01, {});
  CHECK(desk.all()[1].span.start.seconds() == Approx(5.0).margin(1e-6));
  test::keepPicture(*desk.window, "snapping");
  desk.key(Qt::Key_S);
  CHECK_FALSE(desk.window->desk().snapping().on());
}

TEST_CASE("An exclusive track refuses an overlap and says so") {
  Desk desk;
  desk.add(2.0, 4.0, "dog");
  desk.window->actions().find("exclusiveTrack")->trigger();
  CHECK(desk.labels().activeTrack()->track.exclusive);
  desk.add(3.0, 5.0, "bell");
  CHECK(desk.all().size() == 1);
  CHECK(desk.window->findChild<ui::Banner*>()->message().contains("exclusive"));
  desk.window->actions().find("newPointTrack")->trigger();
  CHECK(desk.labels().tracks().size() == 2);
  desk.seek(3.0);
  desk.key(Qt::Key_Semicolon);
  REQUIRE(desk.all().size() == 1);
  CHECK(desk.all()[0].isPoint());
}

TEST_CASE("A restarted window finds everything, the table and the library as well") {
  Desk desk;
  desk.add(1.0, 2.0, "dog");
  desk.add(3.0, 4.0, "bell");
  desk.window.reset();
  desk.openWindow();
  desk.window->openProject(desk.scratch / "p.chladni");
  CHECK(desk.window->desk().panel().fileCount() == 1);
  desk.show("tone.wav");
  REQUIRE(desk.all().size() == 2);
  auto* table = desk.window->findChild<QTableView*>("labelTable");
  CHECK(table->model()->rowCount() == 2);
  table->setCurrentIndex(table->model()->index(1, 0));
  CHECK(desk.labels().selected() == LabelIndices{1});
  CHECK(desk.window->playback().position() == Approx(3.0).margin(1e-3));
  auto* search = desk.window->findChild<QLineEdit*>("projectSearch");
  search->setText("bell");
  CHECK(desk.window->desk().panel().fileCount() == 1);
  search->setText("no such word");
  CHECK(desk.window->desk().panel().fileCount() == 0);
  desk.key(Qt::Key_Z, Qt::ControlModifier);
  CHECK(desk.all()[1].text.empty());
}

TEST_CASE("Files are added by a worker, marked and tagged together") {
  Desk desk;
  for (const std::string name : {"a.wav", "b.wav", "c.txt"}) {
    std::filesystem::create_directories(desk.scratch / "more");
    REQUIRE(media::writeWav(desk.scratch / "more" / name, test::rampAndTone(0.1, 8000, 1)));
  }
  ui::ProjectPanel& panel = desk.window->desk().panel();
  panel.addPaths({desk.scratch / "more"});
  REQUIRE(test::waitFor([&] { return !panel.busy(); }));
  CHECK(panel.fileCount() == 2);
  auto* table = desk.window->findChild<QTableView*>("projectFiles");
  table->selectAll();
  panel.setStatus(store::FileStatus::done);
  table->selectAll();
  panel.addTag("night");
  const auto files = desk.labels().project()->find("done night");
  REQUIRE(files);
  CHECK(files->size() == 2);
}

TEST_CASE("No two actions share a key") {
  Desk desk(false);
  QMap<QString, QString> owners;
  for (const auto& entry : desk.window->actions().entries()) {
    for (const QKeySequence& key : entry.action->shortcuts()) {
      INFO(key.toString().toStdString() << ": " << owners.value(key.toString()).toStdString() << " and " << entry.action->objectName().toStdString());
      CHECK_FALSE(owners.contains(key.toString()));
      owners[key.toString()] = entry.action->objectName();
    }
  }
}

TEST_CASE("What another program does to the project is taken over") {
  Desk desk;
  desk.add(1.0, 2.0, "dog");
  auto other = store::Project::open(desk.scratch / "p.chladni");
  REQUIRE(other);
  const auto seen = other->tracks(**other->idOf(desk.scratch / "tone.wav"))->front();
  REQUIRE(other->apply("rename", seen, *setClass(seen.track, {0}, "wolf", "other")));
  REQUIRE(test::waitFor([&] { return desk.all()[0].text == "wolf"; }, 10000));
}
