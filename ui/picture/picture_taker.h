// PictureTaker: waits until a window has nothing pending (files, tiles, predictions, attention, video) and writes it to a
// PNG, whole or not at all. Ends the event loop with 0; with 3 and one line on stderr when a file could not be used, 1 when
// the picture could not be written or nothing settled in time (ui/picture/patience.h). GUI thread only.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

namespace chladni::ui {

class MainWindow;

class PictureTaker : public QObject {
  Q_OBJECT

 public:
  PictureTaker(MainWindow& window, QString file, QObject* parent = nullptr);

 private:
  void look();
  void leave(int status, const QString& complaint = {});

  MainWindow& window_;
  const QString file_;
  QTimer timer_;
  QElapsedTimer since_;
  int quietLooks_ = 0;
  double workAtStart_ = 0.0;  // processor time, seconds
  double workAMinuteAgo_ = 0.0, minuteBegan_ = 0.0;
};

}  // namespace chladni::ui
