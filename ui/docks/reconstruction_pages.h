// ReconstructionPages: a reconstruction as pictures, as patches one after another, and as the curve over the share that is
// hidden; with its title, the patch under the cursor and what can be heard of it. Asks nothing of a model by itself.
// GUI thread only.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/analysis/reconstruction.h"
#include "core/inference/model_spec.h"
#include "widgets/reconstruction/patch_strips.h"
#include "widgets/reconstruction/reconstruction_view.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QStackedWidget;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class ListeningBar;
class RatioSweep;
class SweepPage;

class ReconstructionPages : public QWidget {
  Q_OBJECT

 public:
  enum class Page { pictures, strips, curve };

  ReconstructionPages(RatioSweep& sweep, QWidget* parent);

  [[nodiscard]] widgets::ReconstructionView& view() { return *view_; }
  [[nodiscard]] widgets::PatchStrips& strips() { return *strips_; }
  [[nodiscard]] SweepPage& curve() { return *curve_; }
  [[nodiscard]] ListeningBar& listening() { return *listening_; }
  [[nodiscard]] const ListeningBar& listening() const { return *listening_; }

  // What is to be seen here.
  [[nodiscard]] static QString explanation();
  void showPage(Page page);
  // `seed` draws the order of the shuffled patches, as it did for the model.
  void showClip(const std::shared_ptr<const analysis::ReconstructedClip>& clip, const inference::ModelSpec& spec, std::uint64_t seed);
  // Instead of a clip.
  void setMessage(const QString& text);

 Q_SIGNALS:
  void pageChanged(chladni::ui::ReconstructionPages::Page page);
  // Empty when the pointer leaves.
  void valueUnderCursor(const QString& text);

 private:
  QWidget* buildButtons();
  void connectCursor();
  void tellModel(const analysis::ReconstructedClip& clip, const inference::ModelSpec& spec);
  void refreshTitle();

  QStackedWidget* pages_;
  widgets::ReconstructionView* view_;
  widgets::PatchStrips* strips_;
  SweepPage* curve_;
  ListeningBar* listening_;
  QLabel* title_;
  QLabel* patch_;
  std::vector<QToolButton*> buttons_;  // in the order of Page
  bool clip_ = false;
};

}  // namespace chladni::ui
