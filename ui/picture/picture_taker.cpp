#include "ui/picture/picture_taker.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QPixmap>
#include <cstdio>
#include <ctime>

#include "core/base/atomic_file.h"
#include "ui/main_window.h"
#include "ui/picture/patience.h"
#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

constexpr int kLookMs = 40;
constexpr int kQuietLooks = 5;  // in a row: an answer may start the next request
constexpr double kMinute = 60.0;
constexpr int kFailedWhileWorking = 1;

double processorSeconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

PictureTaker::PictureTaker(MainWindow& window, QString file, QObject* parent)
    : QObject(parent), window_(window), file_(std::move(file)) {
  connect(&timer_, &QTimer::timeout, this, &PictureTaker::look);
  since_.start();
  workAtStart_ = workAMinuteAgo_ = processorSeconds();
  timer_.start(kLookMs);
}

void PictureTaker::look() {
  if (const auto failure = window_.firstFailure()) {
    leave(exitStatus(failure->code), QString::fromStdString(failure->describe()));
    return;
  }
  quietLooks_ = window_.pending().isEmpty() ? quietLooks_ + 1 : 0;
  if (quietLooks_ < kQuietLooks) {
    const double seconds = static_cast<double>(since_.elapsed()) / 1000.0;
    const double work = processorSeconds();
    if (!isWorthWaiting({seconds, work - workAtStart_, seconds < minuteBegan_ + kMinute ? kLeastWork : work - workAMinuteAgo_})) {
      leave(kFailedWhileWorking, QStringLiteral("the window did not come to rest within %1 s (%2 s of them at work; last: %3); no picture was written")
                                     .arg(seconds, 0, 'f', 0)
                                     .arg(work - workAtStart_, 0, 'f', 0)
                                     .arg(window_.pending()));
    }
    if (seconds >= minuteBegan_ + kMinute) {
      minuteBegan_ = seconds;
      workAMinuteAgo_ = work;
    }
    return;
  }
  QBuffer picture;
  picture.open(QIODevice::WriteOnly);
  window_.grab().save(&picture, "PNG");
  if (auto written = writeFileAtomically(toPath(file_), {picture.data().constData(), static_cast<std::size_t>(picture.size())}); !written) {
    leave(kFailedWhileWorking, QString::fromStdString(written.error().message));
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
