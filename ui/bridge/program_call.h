// ProgramCall: one command of chladni-cli run for the window: what is heavy (evaluating, importing, verifying) is another
// process and cannot block or take the window with it. Its standard output is the answer, its last line of errors the
// reason. Destruction ends the process. GUI thread only.
#pragma once

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <filesystem>

namespace chladni::ui {

class ProgramCall : public QObject {
  Q_OBJECT

 public:
  explicit ProgramCall(std::filesystem::path program, QObject* parent = nullptr);
  ~ProgramCall() override;

  // One at a time: a running one is ended first.
  void start(const QStringList& arguments);
  void cancel();
  [[nodiscard]] bool running() const { return process_ != nullptr; }

 Q_SIGNALS:
  void answered(const QByteArray& output);
  void failed(const QString& why);
  void ended();  // after either, and after cancel()

 private:
  void finish(int status, QProcess::ExitStatus how);
  void drop();

  const std::filesystem::path program_;
  QProcess* process_ = nullptr;
};

}  // namespace chladni::ui
