// CheckpointImport: makes a package of a published checkpoint, in a process of its own: which file, asked in a dialog, and
// what became of it, told in signals. GUI thread only.
#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <filesystem>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class ProgramCall;

class CheckpointImport : public QObject {
  Q_OBJECT

 public:
  explicit CheckpointImport(const std::filesystem::path& program, QObject* parent = nullptr);

  // The one for a file that is there already.
  void ask(const QStringList& families, QWidget* over);
  // Where published checkpoints can be had, and the way in for a file that is there already.
  void askPublished(QWidget* over);
  // As the dialogs do when they are accepted. `classes`: a file of names, or none.
  void start(const QString& source, const QString& family, const QString& name, const QString& title, const QString& classes = {});
  [[nodiscard]] bool running() const;

 Q_SIGNALS:
  void starting();
  void imported(const QString& report);  // what was done with every tensor
  void failed(const QString& why);
  void runningChanged();

 private:
  ProgramCall* call_;
  QString name_;
};

}  // namespace chladni::ui
