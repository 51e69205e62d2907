// File names between the two worlds: Qt's UTF-16 strings and the bytes that the file system knows. Names that are not
// valid UTF-8 survive opening by dialog or argument; only their display uses replacement characters.
#pragma once

#include <QDir>
#include <QFile>
#include <QString>
#include <filesystem>

namespace chladni::ui {

inline std::filesystem::path toPath(const QString& name) { return QFile::encodeName(name).toStdString(); }
inline QString toQString(const std::filesystem::path& path) {
  return QFile::decodeName(QByteArray::fromStdString(path.native()));
}
inline QString fileName(const std::filesystem::path& path) {
  const QString name = toQString(path.filename());
  return name.isEmpty() ? toQString(path) : name;
}

}  // namespace chladni::ui
