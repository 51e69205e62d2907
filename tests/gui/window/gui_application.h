// The one QApplication of a GUI test program, made at first use, and waiting for things to happen in its event loop.
#pragma once

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <QWidget>
#include <functional>

namespace chladni::test {

inline QApplication& application() {
  static int argc = 1;
  static char name[] = "chladni-test";
  static char* argv[] = {name, nullptr};
  // Never destroyed: plug-ins of the platform outlive main badly.
  static auto* app = new QApplication(argc, argv);
  return *app;
}

// Runs the event loop until `done`; false after the patience (generous: machines are busy) is over.
inline bool waitFor(const std::function<bool()>& done, int patienceMs = 60000) {
  application();
  QElapsedTimer since;
  since.start();
  while (!done()) {
    if (since.elapsed() > patienceMs) return false;
    QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 10);
    QEventLoop pause;
    QTimer::singleShot(5, &pause, &QEventLoop::quit);
    pause.exec();
  }
  return true;
}

// Until a click can hit it: a widget counts as visible before its layout has given it any room.
inline bool waitForRoom(const QWidget& widget) {
  return waitFor([&] { return !widget.visibleRegion().isEmpty(); });
}

inline void runFor(int ms) {
  application();
  QEventLoop loop;
  QTimer::singleShot(ms, &loop, &QEventLoop::quit);
  loop.exec();
}

}  // namespace chladni::test
