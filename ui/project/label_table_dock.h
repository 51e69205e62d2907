// LabelTableDock: the labels of the active track as a table beside the lanes, to be read and edited. A row that is chosen is
// selected in the lane and asks for the playhead. GUI thread only.
#pragma once

#include <QAbstractTableModel>
#include <QDockWidget>
#include <memory>

#include "core/data/label.h"
#include "ui/project/label_controller.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QStackedWidget;
class QTableView;
QT_END_NAMESPACE

namespace chladni::ui {

class LabelTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { start, end, text, confidence, state, author, band, attributes, columns };

  explicit LabelTableModel(LabelController& labels, QObject* parent) : QAbstractTableModel(parent), labels_(labels) {}
  void setTrack(std::shared_ptr<const LabelTrack> track);
  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  // An edit goes to the project; what makes no sense is refused there, or here, and the table keeps what it showed.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  LabelController& labels_;
  std::shared_ptr<const LabelTrack> track_;
};

class LabelTableDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit LabelTableDock(LabelController& labels, QWidget* parent = nullptr);
  // The active track, as the lane shows it; null: none. Without labels `message` stands in its place.
  void show(std::shared_ptr<const LabelTrack> track, const QString& message);
  using QDockWidget::show;

 private:
  LabelController& labels_;
  LabelTableModel* model_;
  QTableView* table_;
  QLabel* message_;
  QStackedWidget* pages_;
};

}  // namespace chladni::ui
