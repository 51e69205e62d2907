// The files of a project as a table: sign of the status, name with tags, number of labels. GUI thread only.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "core/store/project.h"

namespace chladni::ui {

class ProjectFilesModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;
  void setFiles(std::vector<store::ProjectFile> files);
  [[nodiscard]] const store::ProjectFile& file(int row) const { return files_[static_cast<std::size_t>(row)]; }

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::vector<store::ProjectFile> files_;
};

// In the user's language.
QString statusName(store::FileStatus status);

}  // namespace chladni::ui
