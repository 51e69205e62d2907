// WorkspaceSettings: what the window remembers between starts: layout, theme, keys, recent files, the last model, and
// the visible stretch and playhead of each file. Writing fails silently where there is no home folder; then nothing is
// remembered. inMemory() remembers nothing on purpose (pictures, tests). GUI thread only.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>
#include <QVariant>
#include <filesystem>
#include <memory>
#include <optional>

namespace chladni::ui {

struct FileView {
  double from = 0.0;  // seconds of media
  double to = 0.0;
  double playhead = 0.0;
};

class WorkspaceSettings {
 public:
  static constexpr int kRecentFiles = 12;
  static constexpr int kRememberedViews = 300;

  static std::unique_ptr<WorkspaceSettings> ofUser();
  static std::unique_ptr<WorkspaceSettings> inFile(const QString& path);
  static std::unique_ptr<WorkspaceSettings> inMemory();

  [[nodiscard]] QVariant value(const QString& key, const QVariant& fallback = {}) const;
  void setValue(const QString& key, const QVariant& value);
  void remove(const QString& key);

  // Newest first; files that have gone are still listed, opening them says so.
  [[nodiscard]] QStringList recentFiles() const;
  void addRecentFile(const QString& path);
  [[nodiscard]] QStringList recentProjects() const;
  void addRecentProject(const QString& path);
  void clearRecent();  // of both kinds

  [[nodiscard]] std::optional<FileView> view(const std::filesystem::path& file) const;
  void setView(const std::filesystem::path& file, const FileView& view);

 private:
  void addRecent(const QString& key, const QString& path);
  explicit WorkspaceSettings(std::unique_ptr<QSettings> store) : store_(std::move(store)) {}
  std::unique_ptr<QSettings> store_;  // null: in memory
  QVariantHash memory_;
};

}  // namespace chladni::ui
