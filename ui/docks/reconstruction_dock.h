// ReconstructionDock: a part of the sound (and the picture) around the playhead is hidden from a masked autoencoder, and its
// painting of the hidden part is shown beside the truth. What is hidden is chosen with MaskControls, or painted by hand;
// every change asks anew, of waiting questions only the newest is kept. Hidden, it asks nothing. GUI thread only.
#pragma once

#include <QDockWidget>
#include <QTimer>
#include <functional>
#include <optional>

#include "ui/analysis/analysis_controller.h"
#include "ui/docks/reconstruction_pages.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
QT_END_NAMESPACE

namespace chladni::ui {

class MaskControls;
class RatioSweep;

class ReconstructionDock : public QDockWidget {
  Q_OBJECT

 public:
  ReconstructionDock(AnalysisController& analysis, QWidget* parent = nullptr);

  // Empty when no file is on show.
  void setFile(std::optional<FileId> file);
  void setPlayhead(double seconds, bool playing);
  // True for the model that paints while none was chosen here and the window's own does not paint.
  void setFirstChoice(std::function<bool(const inference::ModelSpec&)> first) { first_ = std::move(first); }
  // A request is waiting to be sent, or sounds are being made.
  [[nodiscard]] bool pending() const;
  [[nodiscard]] inference::MaskRequest request() const;
  [[nodiscard]] widgets::ReconstructionView& view() { return pages_->view(); }
  [[nodiscard]] const std::shared_ptr<const analysis::ReconstructedClip>& clip() const { return clip_; }
  [[nodiscard]] ListeningBar& listening() { return pages_->listening(); }
  [[nodiscard]] widgets::PatchStrips& strips() { return pages_->strips(); }
  [[nodiscard]] SweepPage& curve() { return pages_->curve(); }
  [[nodiscard]] RatioSweep& sweep() { return *sweep_; }
  [[nodiscard]] ReconstructionPages& pages() { return *pages_; }
  // The package that paints; empty when none can.
  [[nodiscard]] const inference::ModelSpec* model() const;

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void clipChanged();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void connectControls();
  void connectPages();
  void startSweep();
  void refreshModels();
  void refreshTexts();
  void askSoon();
  void ask();
  void accept(const ReconstructionAnswer& answer);
  void showClip();
  void refuse(const QString& why);
  void paintPatch(widgets::ReconstructionView::Plane plane, int row, int column, bool hide);
  void clearMask();
  [[nodiscard]] QString stateText() const;

  AnalysisController& analysis_;
  std::function<bool(const inference::ModelSpec&)> first_;
  RatioSweep* sweep_ = nullptr;
  ReconstructionPages* pages_ = nullptr;
  QComboBox* model_ = nullptr;
  MaskControls* controls_ = nullptr;
  QLabel* about_ = nullptr;  // what is to be seen here, until there is something
  QTimer soon_;
  std::optional<FileId> file_;
  double playhead_ = 0.0;
  bool playing_ = false;
  std::optional<double> askedAt_;  // playhead of the newest request
  std::vector<std::uint8_t> soundMask_;    // painted by hand; empty: drawn by the model
  std::vector<std::uint8_t> pictureMask_;
  std::shared_ptr<const analysis::ReconstructedClip> clip_;
  std::string clipModel_;
};

}  // namespace chladni::ui
