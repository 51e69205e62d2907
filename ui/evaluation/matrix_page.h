// MatrixPage: who is taken for whom in a report, and the clips behind a cell. GUI thread only.
#pragma once

#include <QSplitter>
#include <memory>

#include "ui/evaluation/report.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QListWidget;
class QListWidgetItem;
QT_END_NAMESPACE

namespace chladni::widgets {
class ConfusionView;
}

namespace chladni::ui {

class MatrixPage : public QSplitter {
  Q_OBJECT

 public:
  explicit MatrixPage(QWidget* parent = nullptr);

  void setReport(std::shared_ptr<const EvaluationReport> report);
  void showClips(int truth, int predicted);
  [[nodiscard]] widgets::ConfusionView& view() { return *matrix_; }

 Q_SIGNALS:
  // Seconds; the whole recording when to is not above from.
  void openRequested(const QString& path, double from, double to);
  void valueUnderCursor(const QString& text);
  void complained(const QString& why);

 private:
  QWidget* makeMatrix();
  QWidget* makeClips();
  void open(const QListWidgetItem& clip);
  void exportMatrix();

  std::shared_ptr<const EvaluationReport> report_;
  widgets::ConfusionView* matrix_ = nullptr;
  QLabel* matrixNote_ = nullptr;
  QLabel* clipsTitle_ = nullptr;
  QListWidget* clips_ = nullptr;
};

}  // namespace chladni::ui
