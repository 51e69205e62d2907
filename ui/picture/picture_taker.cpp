#include "ui/picture/picture_taker.h"

#include <QCoreApplication>
#include <QImage>
#include <QPixmap>
#include <QSaveFile>
#include <cstdio>

#include "ui/main_window.h"

namespace chladni::ui {
namespace {

constexpr int kLookMs = 40;
constexpr int kQuietLooks = 5;  // in a row: an answer may start the next request
constexpr qint64 kPatienceMs = 120000;
constexpr int kFailedWhileWorking = 1;

}  // namespace

PictureTaker::PictureTaker(MainWindow& window, QString file, QObject* parent)
    : QObject(parent), window_(window), file_(std::move(file)) {
  connect(&timer_, &QTimer::timeout, this, &PictureTaker::look);
  since_.start();
  timer_.start(kLookMs);
}

void PictureTaker::look() {
  if (const auto failure = window_.firstFailure()) {
    leave(exitStatus(failure->code), QString::fromStdString(failure->describe()));
    return;
  }
  quietLooks_ = window_.pending().isEmpty() ? quietLooks_ + 1 : 0;
  if (quietLooks_ < kQuietLooks) {
    if (since_.elapsed() > kPatienceMs) {
      leave(kFailedWhileWorking, QStringLiteral("the window did not come to rest within %1 s (%2); no picture was written")
                                     .arg(kPatienceMs / 1000)
                                     .arg(window_.pending()));
    }
    return;
  }
  QSaveFile out(file_);
  const QImage picture = window_.grab().toImage();
  if (!out.open(QIODevice::WriteOnly) || !picture.save(&out, "PNG") || !out.commit()) {
    leave(kFailedWhileWorking, QStringLiteral("%1: cannot be written: %2; choose another place").arg(file_, out.errorString()));
    return;
  }
  leave(0);
}

void PictureTaker::leave(int status, const QString& complaint) {
  timer_.stop();
  if (!complaint.isEmpty()) std::fprintf(stderr, "error: %s\n", qUtf8Printable(complaint));
  QCoreApplication::exit(status);
}

}  // namespace chladni::ui
