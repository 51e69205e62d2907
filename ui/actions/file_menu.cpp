#include "ui/actions/file_menu.h"

#include <QFileDialog>
#include <QMenu>

#include "ui/workspace/paths.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {
namespace {

// What the bundled media are, by their file names.
QString demoTitle(const QString& stem) {
  if (stem == QLatin1String("ode_to_joy")) return FileMenu::tr("&Music: Ode to Joy");
  if (stem == QLatin1String("scene_with_events")) return FileMenu::tr("&Scenes with events");
  if (stem == QLatin1String("spoken_and_sung")) return FileMenu::tr("&Voice: spoken and sung");
  return stem;
}

}  // namespace

FileMenu::FileMenu(Parts parts, QMenu* menu, QWidget& window) : QObject(&window), parts_(std::move(parts)), window_(window) {
  auto& actions = parts_.actions;
  actions.add(menu, {"open", tr("&Open…"), tr("Open recordings and videos"), {QKeySequence::Open}, [this] { openDialog(); }});
  recent_ = menu->addMenu(tr("Open &recent"));
  refreshRecent();
  addDemos(menu);
  menu->addSeparator();
  parts_.addProjects(menu);
  menu->addSeparator();
  parts_.addRecording(menu);
  menu->addSeparator();
  actions.add(menu, {"close", tr("&Close file"), tr("Close the file on show"), {QKeySequence::Close}, [this] { Q_EMIT closeRequested(); }});
  menu->addSeparator();
  actions.add(menu, {"quit", tr("&Quit"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Q)}, [this] { Q_EMIT quitRequested(); }});
}

void FileMenu::addDemos(QMenu* menu) {
  QMenu* demos = menu->addMenu(tr("Open a &demo"));
  demos->setEnabled(!parts_.demos.empty());
  for (const auto& path : parts_.demos) {
    const bool first = path == parts_.demos.front();
    const QString stem = toQString(path.stem());
    parts_.actions.add(demos, {first ? QStringLiteral("demo") : "demo." + stem, demoTitle(stem), tr("Open this bundled demo"), {},
                               [this, path] { Q_EMIT fileRequested(toQString(path)); }});
  }
}

void FileMenu::openDialog() {
  auto& settings = parts_.settings;
  const QStringList names = QFileDialog::getOpenFileNames(
      &window_, tr("Open recordings and videos"), settings.value("folder").toString(),
      tr("Sound and video (*.wav *.flac *.mp3 *.m4a *.aac *.ogg *.opus *.aiff *.aif *.wma *.mp4 *.mov *.mkv *.webm *.avi "
         "*.ogv *.m4v *.mpg *.ts);;All files (*)"));
  if (!names.isEmpty()) settings.setValue("folder", QFileInfo(names.first()).absolutePath());
  for (const QString& name : names) Q_EMIT fileRequested(name);
}

void FileMenu::refreshRecent() {
  recent_->clear();
  const auto& settings = parts_.settings;
  addRecent(settings.recentFiles(), &FileMenu::fileRequested);
  if (!settings.recentFiles().isEmpty() && !settings.recentProjects().isEmpty()) recent_->addSeparator();
  addRecent(settings.recentProjects(), &FileMenu::projectRequested);
  recent_->setToolTipsVisible(true);
  recent_->setEnabled(!recent_->isEmpty());
  if (recent_->isEmpty()) return;
  recent_->addSeparator();
  recent_->addAction(tr("Forget these"), this, [this] {
    parts_.settings.clearRecent();
    refreshRecent();
  });
}

void FileMenu::addRecent(const QStringList& paths, void (FileMenu::*wanted)(const QString&)) {
  for (const QString& path : paths) {
    QString name = fileName(toPath(path));
    QAction* action = recent_->addAction(name.replace('&', "&&"), this, [this, path, wanted] { Q_EMIT (this->*wanted)(path); });
    action->setToolTip(path);
    action->setStatusTip(path);
  }
}

}  // namespace chladni::ui
