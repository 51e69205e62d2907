// ReconstructionDock: a part of the sound (and the picture) around the playhead is hidden from a masked autoencoder, and its
// painting of the hidden part is shown beside the truth. What is hidden is chosen with MaskControls, or painted by hand;
// every change asks anew, of waiting questions only the newest is kept. Hidden, it asks nothing. GUI thread only.
#pragma once

#include <QDockWidget>
#include <QTimer>
#include <optional>

#include "ui/analysis/analysis_controller.h"
#include "widgets/reconstruction/patch_strips.h"
#include "widgets/reconstruction/reconstruction_view.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class ListeningBar;
class MaskControls;
class RatioSweep;
class SweepPage;

class ReconstructionDock : public QDockWidget {
  Q_OBJECT

 public:
  ReconstructionDock(AnalysisController& analysis, QWidget* parent = nullptr);

  // Empty when no file is on show.
  void setFile(std::optional<FileId> file);
  void setPlayhead(double seconds, bool playing);
  // A request is waiting to be sent, or sounds are being made.
  [[nodiscard]] bool pending() const;
  [[nodiscard]] inference::MaskRequest request() const;
  [[nodiscard]] widgets::ReconstructionView& view() { return *view_; }
  [[nodiscard]] const std::shared_ptr<const analysis::ReconstructedClip>& clip() const { return clip_; }
  [[nodiscard]] ListeningBar& listening() { return *listening_; }
  [[nodiscard]] widgets::PatchStrips& strips() { return *strips_; }
  [[nodiscard]] SweepPage& curve() { return *curve_; }
  [[nodiscard]] RatioSweep& sweep() { return *sweep_; }
  enum class Page { pictures, strips, curve };
  void showPage(Page page);
  // The package that paints; empty when none can.
  [[nodiscard]] const inference::ModelSpec* model() const;

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void clipChanged();

 protected:
  void showEvent(QShowEvent* event) override;

 private:
  void connectControls();
  QWidget* buildPageButtons(QWidget* parent);
  void startSweep();
  void refreshModels();
  void refreshTexts();
  void askSoon();
  void ask();
  void accept(const ReconstructionAnswer& answer);
  void showClip();
  void tellModel(const inference::ModelSpec& spec);
  void refuse(const QString& why);
  void paintPatch(widgets::ReconstructionView::Plane plane, int row, int column, bool hide);
  void clearMask();
  [[nodiscard]] QString stateText() const;

  AnalysisController& analysis_;
  widgets::ReconstructionView* view_;
  widgets::PatchStrips* strips_;
  RatioSweep* sweep_;
  SweepPage* curve_;
  QStackedWidget* pages_;
  std::vector<QToolButton*> pageButtons_;  // in the order of Page
  QComboBox* model_ = nullptr;
  MaskControls* controls_ = nullptr;
  QLabel* about_ = nullptr;  // what is to be seen here, until there is something
  QLabel* title_ = nullptr;
  QLabel* patch_ = nullptr;
  ListeningBar* listening_ = nullptr;
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
