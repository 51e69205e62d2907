// Hours of use in minutes: random actions, keys, clicks and wheels, seeded, with files opened and closed, models run and
// labels made. Not run by itself: `test_gui_window "[soak]"` with CHLADNI_SOAK_ACTIONS=20000 prints memory, threads and open
// handles as it goes, and fails when any of them grows. Labels are thrown away when there are many. A person does about 2,500 such things in an hour.
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QMenu>
#include <QRandomGenerator>
#include <QTest>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <cstdio>
#include <filesystem>
#include <set>

#include "core/store/project.h"
#include "tests/gui/window/bench.h"
#include "ui/project/label_controller.h"
#include "ui/project/project_desk.h"
#include "ui/workspace/time_area.h"
#include "widgets/spectrogram/spectrogram_lane.h"

using namespace chladni;
using test::Bench;

namespace {

struct Use {
  double memory = 0.0;  // MB resident
  double heap = 0.0;    // MB that are asked for and not given back; what memory has beyond it is fragments and libraries
  int threads = 0;
  int handles = 0;
};

int entriesOf(const char* folder) {
  return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

// Where the C library tells; 0 elsewhere.
double heapInUse() {
#ifdef __GLIBC__
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd) / 1e6;
#else
  return 0.0;
#endif
}

Use useNow() {
  QFile statm("/proc/self/statm");
  const double pages = statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').value(1).toDouble() : 0.0;
  return {pages * 4096.0 / 1e6, heapInUse(), entriesOf("/proc/self/task"), entriesOf("/proc/self/fd")};
}

constexpr std::size_t kMostLabels = 200;

// What asks for a file or leaves the window.
const std::set<QString> kAsking{"open", "quit", "newProject", "openProject", "addFiles", "addFolder", "findMoved", "importLabels", "exportLabels",
                                "exportAllLabels", "exportManifest", "exportAve", "classes.file", "closeProject", "newRun", "demo"};

// How many labels the project holds; more than `most` and all tracks go, as when the next series is begun: what still grows
// then is no label.
std::size_t labelsKept(ui::LabelController& labels, std::size_t most) {
  store::Project* project = labels.project();
  if (!project) return 0;
  std::size_t count = 0;
  std::vector<store::TrackId> tracks;
  const auto files = project->files();
  if (!files) return 0;
  for (const auto& file : *files) {
    const auto stored = project->tracks(file.id);
    if (!stored) continue;
    for (const auto& track : *stored) {
      count += track.track.labels.size();
      tracks.push_back(track.id);
    }
  }
  if (count <= most) return count;
  for (const auto track : tracks) REQUIRE(project->removeTrack(track));
  labels.reload();
  return count;
}

class Person {
 public:
  explicit Person(Bench& bench) : bench_(bench) {
    for (int i = 0; i < 4; ++i) sounds_.push_back(bench.sound("tone-" + std::to_string(i) + ".wav", 2.0 + 3.0 * i));
    // Whatever asks something is told no.
    QObject::connect(&no_, &QTimer::timeout, [] {
      if (auto* popup = QApplication::activePopupWidget()) popup->close();
      if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) dialog->reject();
    });
    no_.start(20);
  }

  void act() {
    const auto draw = chance_.bounded(100);
    if (draw < 4) return bench_.window->openFile(sounds_[static_cast<std::size_t>(chance_.bounded(4))]);
    if (draw < 30) return press();
    if (draw < 45) return turn();
    if (draw < 50) return bench_.window->setTheme(chance_.bounded(2) ? "dark" : "light");
    if (draw < 60) return type();
    trigger();
  }

 private:
  QPoint somewhere(const QWidget& widget) { return {chance_.bounded(std::max(1, widget.width())), chance_.bounded(std::max(1, widget.height()))}; }
  QWidget* lane() {
    const auto lanes = bench_.window->findChildren<widgets::Lane*>();
    return lanes.isEmpty() ? nullptr : lanes[chance_.bounded(static_cast<int>(lanes.size()))];
  }
  void press() {
    QWidget* widget = lane();
    if (!widget || !widget->isVisible()) return;
    const Qt::KeyboardModifiers held = chance_.bounded(4) == 0 ? Qt::ControlModifier : Qt::NoModifier;
    QTest::mousePress(widget, Qt::LeftButton, held, somewhere(*widget));
    if (chance_.bounded(2)) QTest::mouseMove(widget, somewhere(*widget));
    QTest::mouseRelease(widget, Qt::LeftButton, held, somewhere(*widget));
  }
  void turn() {
    QWidget* widget = lane();
    if (!widget || !widget->isVisible()) return;
    const QPointF at = somewhere(*widget);
    QWheelEvent event(at, widget->mapToGlobal(at), {}, QPoint(0, chance_.bounded(2) ? 120 : -120), Qt::NoButton,
                      chance_.bounded(2) ? Qt::ControlModifier : Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
  }
  void type() {
    static const Qt::Key keys[] = {Qt::Key_Space, Qt::Key_BracketLeft, Qt::Key_BracketRight, Qt::Key_1, Qt::Key_2, Qt::Key_Tab, Qt::Key_Left, Qt::Key_Right,
                                   Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Delete, Qt::Key_Escape, Qt::Key_Return};
    QTest::keyClick(&bench_.window->timeArea(), keys[chance_.bounded(static_cast<int>(std::size(keys)))]);
  }
  void trigger() {
    const auto& entries = bench_.window->actions().entries();
    QAction* action = entries[static_cast<std::size_t>(chance_.bounded(static_cast<int>(entries.size())))].action;
    if (action->isEnabled() && !kAsking.contains(action->objectName()) && !action->menu()) action->trigger();
  }

  Bench& bench_;
  std::vector<std::filesystem::path> sounds_;
  QRandomGenerator chance_{20261121};
  QTimer no_;
};

}  // namespace

TEST_CASE("Hours of use leave nothing behind", "[.soak]") {
  Bench bench;
  const auto file = bench.scratch / "soak.chladni";
  REQUIRE(store::Project::create(file));
  bench.window->openProject(file);
  REQUIRE(bench.settle());
  Person person(bench);
  const int actions = std::max(2000, qEnvironmentVariableIntValue("CHLADNI_SOAK_ACTIONS"));
  // Caches fill first: what counts is from a quarter on.
  Use early;
  std::printf("actions,MB,heap MB,threads,handles,labels\n");
  for (int i = 1; i <= actions; ++i) {
    person.act();
    QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    if (i % (actions / 20) != 0) continue;
    bench.settle();
    const Use now = useNow();
    if (i <= actions / 4) early = now;
    std::printf("%d,%.1f,%.1f,%d,%d,%zu\n", i, now.memory, now.heap, now.threads, now.handles, labelsKept(bench.window->desk().labels(), kMostLabels));
    std::fflush(stdout);
  }
  const Use late = useNow();
  CHECK(late.memory < early.memory * 1.1 + 20.0);
  CHECK(late.threads <= early.threads + 2);
  CHECK(late.handles <= early.handles + 5);
  bench.window->close();
}
