// RunProbe: a few steps of a training in a process of its own, in a folder that goes away, to say what the whole would cost on
// this machine. The process has low priority and is ended as soon as enough is known. GUI thread only; destruction ends it.
#pragma once

#include <QObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/runs/run_estimate.h"

namespace chladni::ui {

class RunProbe : public QObject {
  Q_OBJECT

 public:
  explicit RunProbe(std::filesystem::path program, QObject* parent = nullptr);
  ~RunProbe() override;

  // A running one is ended first.
  void start(const training::Recipe& recipe);
  void cancel();
  [[nodiscard]] bool running() const { return process_ != nullptr; }
  // Steps told so far.
  [[nodiscard]] int steps() const { return static_cast<int>(history_.steps.size()); }

 Q_SIGNALS:
  void progressed();
  void estimated(const chladni::runs::RunEstimate& estimate);
  void failed(const QString& why);

 private:
  void read();
  void take(const QByteArray& line);
  // With what is known; a reason when nothing is.
  void conclude(const QString& why);
  void drop();

  const std::filesystem::path program_;
  QProcess* process_ = nullptr;
  std::unique_ptr<QTemporaryDir> folder_;
  QByteArray rest_;  // of a line
  training::Recipe recipe_;
  runs::RunHistory history_;
  QString failure_;
  QTimer patience_;
};

}  // namespace chladni::ui
