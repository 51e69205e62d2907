#include "ui/models/checkpoint_import.h"

#include "core/base/atomic_file.h"
#include "core/runs/package_folders.h"
#include "core/runs/run_desk.h"
#include "core/serial/json_value.h"
#include "ui/bridge/program_call.h"
#include "ui/models/import_dialog.h"
#include "ui/models/published_dialog.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"

namespace chladni::ui {

CheckpointImport::CheckpointImport(const std::filesystem::path& program, QObject* parent)
    : QObject(parent), call_(new ProgramCall(program, this)) {
  connect(call_, &ProgramCall::answered, this, [this](const QByteArray& answer) {
    const auto json = serial::parseJson(answer.toStdString(), "answer");
    QString report;
    if (json)
      for (const auto& line : serial::JsonField(*json)["report"].strings().value_or(std::vector<std::string>{})) report += toText(line) + '\n';
    Q_EMIT imported(tr("✓ imported as “%1”\n%2").arg(name_, report.isEmpty() ? tr("every tensor fitted") : report.trimmed()));
  });
  connect(call_, &ProgramCall::failed, this, &CheckpointImport::failed);
  connect(call_, &ProgramCall::ended, this, &CheckpointImport::runningChanged);
}

bool CheckpointImport::running() const { return call_->running(); }

void CheckpointImport::ask(const QStringList& families, QWidget* over) {
  auto* dialog = new ImportDialog(families, over);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ImportDialog::chosen, this, [this](const QString& source, const QString& family, const QString& name, const QString& title) {
    start(source, family, name, title);
  });
  dialog->open();
}

void CheckpointImport::askPublished(QWidget* over) {
  auto* dialog = new PublishedDialog(over);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &PublishedDialog::chosen, this, [this](const QString& file, const QString& family, const QString& name, const QString& title, const QStringList& classes) {
    QString names;
    if (!classes.isEmpty()) {
      names = toQString(runs::usualModelFolder() / (".classes-" + name.toStdString() + ".txt"));
      std::error_code problem;
      std::filesystem::create_directories(runs::usualModelFolder(), problem);
      if (auto written = writeFileAtomically(toPath(names), (classes.join('\n') + '\n').toStdString()); !written) {
        Q_EMIT failed(toText(written.error().describe()));
        return;
      }
    }
    start(file, family, name, title, names);
  });
  dialog->open();
}

void CheckpointImport::start(const QString& source, const QString& family, const QString& name, const QString& title, const QString& classes) {
  const auto folder = runs::usualModelFolder();
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) {
    Q_EMIT failed(tr("%1: cannot be written").arg(toQString(folder)));
    return;
  }
  name_ = toText(runs::folderName(name.toStdString()));
  QStringList arguments{"models", "import", source, "--family", family, "--out", toQString(folder / name_.toStdString()), "--json"};
  if (!title.isEmpty()) arguments << "--title" << title;
  if (!classes.isEmpty()) arguments << "--classes" << classes;
  Q_EMIT starting();
  call_->start(arguments);
  Q_EMIT runningChanged();
}

}  // namespace chladni::ui
