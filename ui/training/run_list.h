// RunList: the list of runs: name, phase, course and progress of each, newest first. What is selected is shown; with
// Ctrl and Shift several, whose curves then lie over each other in the colours of their marks. GUI thread only.
#pragma once

#include <QAbstractListModel>
#include <QListView>
#include <filesystem>
#include <vector>

#include "core/runs/run_summary.h"

namespace chladni::ui {

class RunListModel : public QAbstractListModel {
  Q_OBJECT

 public:
  enum Role { colourRole = Qt::UserRole, folderRole };
  using QAbstractListModel::QAbstractListModel;

  // Rows move and change in place, so that selection and scroll position stay.
  void setRuns(const std::vector<runs::RunSummary>& runs);
  void setColours(const std::vector<std::pair<QString, QColor>>& byFolder);
  [[nodiscard]] const runs::RunSummary& run(int row) const { return runs_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] int rowOf(const QString& folder) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  std::vector<runs::RunSummary> runs_;
  std::vector<std::pair<QString, QColor>> colours_;
};

class RunList : public QListView {
  Q_OBJECT

 public:
  explicit RunList(QWidget* parent = nullptr);

  void setRuns(const std::vector<runs::RunSummary>& runs);
  // Folders, in the order of the list.
  [[nodiscard]] QStringList selectedRuns() const;
  void selectRun(const QString& folder);
  void setColours(const std::vector<std::pair<QString, QColor>>& byFolder) { model_->setColours(byFolder); }

 Q_SIGNALS:
  void selectionChangedByHand();
  void removeRequested();

 protected:
  void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  RunListModel* model_;
};

}  // namespace chladni::ui
