// RatioSweep: one clip painted at many shares of hiding, a question at a time so that other questions have their turns: how
// far off the model is at each, beside the two guesses that need no model. Stops when told, when another sweep begins, or at
// the first failure. GUI thread only; the controller outlives it.
#pragma once

#include <QObject>
#include <optional>
#include <vector>

#include "core/analysis/painting.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

struct SweepPoint {
  double ratio = 0.0;
  std::uint64_t seed = 0;
  analysis::ClipPainting painting;
};

struct SweepSetup {
  FileId file = 0;
  std::string model;
  double atSeconds = 0.0;
  inference::MaskRequest request;  // its ratio and seed are replaced
  std::optional<PictureSpec> pictures;
};

class RatioSweep : public QObject {
  Q_OBJECT

 public:
  static constexpr int kSeeds = 3;  // draws at each share

  RatioSweep(AnalysisController& analysis, QObject* parent);

  void start(SweepSetup setup);
  void cancel();
  // Stops, and drops what was measured.
  void forget();
  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] int done() const { return static_cast<int>(points_.size()); }
  [[nodiscard]] int total() const;
  [[nodiscard]] const std::vector<SweepPoint>& points() const { return points_; }

 Q_SIGNALS:
  void changed();
  void failed(const QString& why);

 private:
  void askNext();
  void accept(const Result<analysis::ClipPainting>& answer);

  AnalysisController& analysis_;
  SweepSetup setup_;
  bool running_ = false;
  std::uint64_t sweep_ = 0;  // number of the sweep under way
  std::vector<SweepPoint> points_;
  GuiPost post_;
};

// share of hiding in percent, seed, errors of model, mean and nearest patch; of the sound and of the picture. CSV.
QString sweepTable(const std::vector<SweepPoint>& points);

}  // namespace chladni::ui
