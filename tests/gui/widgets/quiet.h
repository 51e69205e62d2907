// The one QApplication of this program, and a guard that fails a test case when Qt warned about anything.
#pragma once

#include <QApplication>
#include <QImage>
#include <QStringList>

#include "tests/support/catch.h"

namespace chladni::test {

inline QApplication& application() {
  static int argc = 1;
  static char name[] = "chladni-test";
  static char* argv[] = {name, nullptr};
  // Never destroyed: plug-ins of the platform outlive main badly.
  static auto* app = new QApplication(argc, argv);
  return *app;
}

class Quiet {
 public:
  Quiet() {
    application();
    warnings().clear();
    previous_ = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext&, const QString& text) {
      // The offscreen platform says so of every window that is shown.
      if (type != QtDebugMsg && !text.contains("propagateSizeHints")) warnings() << text;
    });
  }
  ~Quiet() {
    qInstallMessageHandler(previous_);
    CHECK(warnings().join('\n').toStdString() == "");
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  static QStringList& warnings() {
    static QStringList all;
    return all;
  }
  QtMessageHandler previous_;
};

// How many different colours a picture has, up to `enough`.
inline int colours(const QImage& picture, int enough = 64) {
  QList<QRgb> seen;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      if (const QRgb pixel = picture.pixel(x, y); !seen.contains(pixel)) seen << pixel;
      if (seen.size() >= enough) return enough;
    }
  }
  return static_cast<int>(seen.size());
}

inline int pixelsNear(const QImage& picture, const QColor& colour, int tolerance = 12) {
  int count = 0;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      const QColor one = picture.pixelColor(x, y);
      const bool near = std::abs(one.red() - colour.red()) <= tolerance && std::abs(one.green() - colour.green()) <= tolerance &&
                        std::abs(one.blue() - colour.blue()) <= tolerance;
      count += near ? 1 : 0;
    }
  }
  return count;
}

}  // namespace chladni::test
