#include "ui/workspace/workspace_settings.h"

#include <QCryptographicHash>

#include "ui/workspace/paths.h"

namespace chladni::ui {
namespace {

const QString kRecent = QStringLiteral("recentFiles");
const QString kRecentProjects = QStringLiteral("recentProjects");
const QString kViews = QStringLiteral("views");

// File names may hold anything; a settings key may not.
QString viewKey(const std::filesystem::path& file) {
  const QByteArray name = QByteArray::fromStdString(std::filesystem::absolute(file).native());
  return QString::fromLatin1(QCryptographicHash::hash(name, QCryptographicHash::Sha1).toHex().left(16));
}

}  // namespace

std::unique_ptr<WorkspaceSettings> WorkspaceSettings::ofUser() {
  auto store = std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope, "Chladni", "chladni");
  return std::unique_ptr<WorkspaceSettings>(new WorkspaceSettings(std::move(store)));
}

std::unique_ptr<WorkspaceSettings> WorkspaceSettings::inFile(const QString& path) {
  return std::unique_ptr<WorkspaceSettings>(
      new WorkspaceSettings(std::make_unique<QSettings>(path, QSettings::IniFormat)));
}

std::unique_ptr<WorkspaceSettings> WorkspaceSettings::inMemory() {
  return std::unique_ptr<WorkspaceSettings>(new WorkspaceSettings(nullptr));
}

QVariant WorkspaceSettings::value(const QString& key, const QVariant& fallback) const {
  return store_ ? store_->value(key, fallback) : memory_.value(key, fallback);
}

void WorkspaceSettings::setValue(const QString& key, const QVariant& value) {
  if (store_) {
    store_->setValue(key, value);
  } else {
    memory_.insert(key, value);
  }
}

void WorkspaceSettings::remove(const QString& key) {
  if (store_) {
    store_->remove(key);
  } else {
    memory_.remove(key);
  }
}

QStringList WorkspaceSettings::recentFiles() const { return value(kRecent).toStringList(); }

QStringList WorkspaceSettings::recentProjects() const { return value(kRecentProjects).toStringList(); }
void WorkspaceSettings::addRecentFile(const QString& path) { addRecent(kRecent, path); }
void WorkspaceSettings::addRecentProject(const QString& path) { addRecent(kRecentProjects, path); }

void WorkspaceSettings::addRecent(const QString& key, const QString& path) {
  QStringList paths = value(key).toStringList();
  if (!paths.isEmpty() && paths.first() == path) return;
  paths.removeAll(path);
  paths.prepend(path);
  while (paths.size() > kRecentFiles) paths.removeLast();
  setValue(key, paths);
}

void WorkspaceSettings::clearRecent() {
  for (const QString& key : {kRecent, kRecentProjects}) setValue(key, QStringList());
}

std::optional<FileView> WorkspaceSettings::view(const std::filesystem::path& file) const {
  // One list, oldest first: "key from to playhead".
  const QString prefix = viewKey(file) + ' ';
  for (const QString& line : value(kViews).toStringList()) {
    if (!line.startsWith(prefix)) continue;
    const QStringList parts = line.split(' ');
    if (parts.size() == 4) return FileView{parts[1].toDouble(), parts[2].toDouble(), parts[3].toDouble()};
  }
  return std::nullopt;
}

void WorkspaceSettings::setView(const std::filesystem::path& file, const FileView& view) {
  const QString key = viewKey(file);
  QStringList lines = value(kViews).toStringList();
  lines.removeIf([&](const QString& line) { return line.startsWith(key + ' '); });
  lines.append(QStringLiteral("%1 %2 %3 %4")
                   .arg(key)
                   .arg(view.from, 0, 'f', 6)
                   .arg(view.to, 0, 'f', 6)
                   .arg(view.playhead, 0, 'f', 6));
  while (lines.size() > kRememberedViews) lines.removeFirst();
  setValue(kViews, lines);
}

}  // namespace chladni::ui
