#include "ui/project/project_files_model.h"

#include "ui/workspace/paths.h"

namespace chladni::ui {

namespace {
constexpr int kColumns = 4;
}

QString statusName(store::FileStatus status) {
  switch (status) {
    case store::FileStatus::untouched: return ProjectFilesModel::tr("untouched");
    case store::FileStatus::begun: return ProjectFilesModel::tr("begun");
    case store::FileStatus::done: return ProjectFilesModel::tr("done");
    case store::FileStatus::questionable: return ProjectFilesModel::tr("questionable");
  }
  return {};
}

void ProjectFilesModel::setFiles(std::vector<store::ProjectFile> files) {
  beginResetModel();
  files_ = std::move(files);
  endResetModel();
}

int ProjectFilesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(files_.size()); }
int ProjectFilesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ProjectFilesModel::data(const QModelIndex& index, int role) const {
  const store::ProjectFile& one = file(index.row());
  if (role == Qt::ToolTipRole) return toQString(one.path);
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case 0: return fileName(one.path);
    case 1: return statusName(one.status);
    case 2: return static_cast<qlonglong>(one.labels);
    default: break;
  }
  QStringList tags;
  for (const std::string& tag : one.tags) tags << QString::fromStdString(tag);
  return tags.join(QStringLiteral(", "));
}

QVariant ProjectFilesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return QStringList{tr("File"), tr("Status"), tr("Labels"), tr("Tags")}.value(section);
}

}  // namespace chladni::ui
