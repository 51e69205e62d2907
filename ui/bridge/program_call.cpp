#include "ui/bridge/program_call.h"

#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

// "error: report.json: cannot be written" -> "report.json: cannot be written"
QString reasonIn(const QByteArray& errors) {
  const QStringList lines = QString::fromUtf8(errors).split('\n', Qt::SkipEmptyParts);
  for (auto line = lines.rbegin(); line != lines.rend(); ++line)
    if (line->startsWith(QStringLiteral("error: "))) return line->mid(7);
  return lines.isEmpty() ? QString() : lines.last();
}

}  // namespace

ProgramCall::ProgramCall(std::filesystem::path program, QObject* parent) : QObject(parent), program_(std::move(program)) {}

ProgramCall::~ProgramCall() { drop(); }

void ProgramCall::drop() {
  if (process_ == nullptr) return;
  process_->disconnect(this);
  process_->kill();
  process_->waitForFinished(1000);  // killed: it ends at once
  process_->deleteLater();
  process_ = nullptr;
}

void ProgramCall::start(const QStringList& arguments) {
  drop();
  process_ = new QProcess(this);
  connect(process_, &QProcess::finished, this, &ProgramCall::finish);
  connect(process_, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
    if (error != QProcess::FailedToStart) return;
    drop();
    Q_EMIT failed(tr("%1: cannot be started; install chladni-cli beside the window").arg(toQString(program_)));
    Q_EMIT ended();
  });
  process_->setStandardInputFile(QProcess::nullDevice());
  process_->start(toQString(program_), arguments);
}

void ProgramCall::cancel() {
  if (process_ == nullptr) return;
  drop();
  Q_EMIT ended();
}

void ProgramCall::finish(int status, QProcess::ExitStatus how) {
  const QByteArray output = process_->readAllStandardOutput();
  const QByteArray errors = process_->readAllStandardError();
  process_->deleteLater();
  process_ = nullptr;
  if (how == QProcess::NormalExit && status == 0) {
    Q_EMIT answered(output);
  } else {
    const QString reason = reasonIn(errors);
    Q_EMIT failed(!reason.isEmpty() ? reason : tr("chladni-cli ended without a word (status %1)").arg(status));
  }
  Q_EMIT ended();
}

}  // namespace chladni::ui
