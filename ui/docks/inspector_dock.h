// InspectorDock: what the chosen model is made of: its modules as a tree with shapes, numbers and operations, and how alike
// the places of its patches are to it. Read from the package by a worker when the dock is looked at. GUI thread only;
// destruction joins the worker.
#pragma once

#include <QDockWidget>
#include <memory>
#include <optional>

#include "core/analysis/model_anatomy.h"
#include "core/jobs/keyed_worker.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/bridge/gui_post.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QTreeWidget;
QT_END_NAMESPACE

namespace chladni::widgets {
class PositionView;
}

namespace chladni::ui {

class InspectorDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit InspectorDock(AnalysisController& analysis, QWidget* parent = nullptr);
  ~InspectorDock() override;

  [[nodiscard]] bool busy() const { return asked_ > answered_; }
  [[nodiscard]] const std::shared_ptr<const analysis::ModelAnatomy>& anatomy() const { return anatomy_; }
  [[nodiscard]] widgets::PositionView& positions() { return *positions_; }
  [[nodiscard]] QTreeWidget& tree() { return *tree_; }
  // Tensors with shapes, numbers and operations; cosines of the position table on show. CSV.
  [[nodiscard]] QString tensorTable() const;
  [[nodiscard]] QString positionTable() const;

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void build();
  void forget();
  void ask();
  void accept(const Result<analysis::ModelAnatomy>& anatomy);
  void fillTree();
  void showPositions(int index);

  AnalysisController& analysis_;
  QLabel* note_ = nullptr;
  QTreeWidget* tree_ = nullptr;
  QLabel* positionNote_ = nullptr;
  QComboBox* tables_ = nullptr;
  widgets::PositionView* positions_ = nullptr;
  std::string model_;  // of the anatomy, or of the one asked for
  std::shared_ptr<const analysis::ModelAnatomy> anatomy_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
  GuiPost post_;
  // last: joined before what it posts to dies
  std::unique_ptr<jobs::KeyedWorker<int, inference::ModelSpec>> worker_;
};

}  // namespace chladni::ui
