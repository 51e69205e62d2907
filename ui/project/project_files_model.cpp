#include "ui/project/project_files_model.h"

#include "ui/workspace/paths.h"

namespace chladni::ui {

namespace {
constexpr int kColumns = 3;

// Shapes, so that colour is never alone; the word is in the tool tip.
QString statusSign(store::FileStatus status) {
  switch (status) {
    case store::FileStatus::untouched: return QStringLiteral("○");
    case store::FileStatus::begun: return QStringLiteral("◐");
    case store::FileStatus::done: return QStringLiteral("●");
    case store::FileStatus::questionable: return QStringLiteral("?");
  }
  return {};
}

QString tagsOf(const store::ProjectFile& file) {
  QString tags;
  for (const std::string& tag : file.tags) tags += QStringLiteral("  #") + QString::fromStdString(tag);
  return tags;
}

// "12", or "12 + 3" while proposals wait.
QString labelsText(const store::ProjectFile& file) {
  const QString confirmed = QString::number(file.labels);
  return file.proposed == 0 ? confirmed : QStringLiteral("%1 + %2").arg(confirmed).arg(file.proposed);
}

QString labelsInWords(const store::ProjectFile& file) {
  const QString confirmed = ProjectFilesModel::tr("%n labels", nullptr, static_cast<int>(file.labels));
  return file.proposed == 0 ? confirmed : confirmed + ProjectFilesModel::tr(", %n proposals wait", nullptr, static_cast<int>(file.proposed));
}

}  // namespace

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
  if (files == files_) return;
  beginResetModel();
  files_ = std::move(files);
  endResetModel();
}

int ProjectFilesModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(files_.size()); }
int ProjectFilesModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant ProjectFilesModel::data(const QModelIndex& index, int role) const {
  const store::ProjectFile& one = file(index.row());
  if (role == Qt::ToolTipRole) return QStringLiteral("%1\n%2 · %3%4").arg(toQString(one.path), statusName(one.status), labelsInWords(one), tagsOf(one));
  if (role == Qt::AccessibleTextRole && index.column() == 0) return statusName(one.status);
  if (role == Qt::TextAlignmentRole && index.column() == 2) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (index.column()) {
    case 0: return statusSign(one.status);
    case 1: return fileName(one.path) + tagsOf(one);
    default: return labelsText(one);
  }
}

QVariant ProjectFilesModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return QStringList{QString(), tr("File"), tr("Labels")}.value(section);
}

}  // namespace chladni::ui
