// LabelTableDock: the labels of the active track as a table beside the lanes. A row that is chosen is selected in the lane
// and asks for the playhead. GUI thread only.
#pragma once

#include <QAbstractTableModel>
#include <QDockWidget>
#include <memory>

#include "core/data/label.h"
#include "ui/project/label_controller.h"

QT_BEGIN_NAMESPACE
class QTableView;
QT_END_NAMESPACE

namespace chladni::ui {

class LabelTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  using QAbstractTableModel::QAbstractTableModel;
  void setTrack(std::shared_ptr<const LabelTrack> track);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::shared_ptr<const LabelTrack> track_;
};

class LabelTableDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit LabelTableDock(LabelController& labels, QWidget* parent = nullptr);
  // The active track, as the lane shows it; null: none.
  void show(std::shared_ptr<const LabelTrack> track);
  using QDockWidget::show;

 private:
  LabelController& labels_;
  LabelTableModel* model_;
  QTableView* table_;
};

}  // namespace chladni::ui
