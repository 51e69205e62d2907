#include "ui/docks/ratio_sweep.h"
#include "ui/workspace/text.h"

#include <array>

namespace chladni::ui {
namespace {

const std::string kSlot = "sweep";
constexpr std::array kRatios = {0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95};

QString cells(const std::optional<metrics::PaintingFigures>& figures) {
  if (!figures || figures->hidden == 0) return QStringLiteral(",,,");
  return QStringLiteral(",%1,%2,%3").arg(figures->model.error).arg(figures->meanPatch.error).arg(figures->nearestPatch.error);
}

}  // namespace

RatioSweep::RatioSweep(AnalysisController& analysis, QObject* parent) : QObject(parent), analysis_(analysis), post_(this) {
  connect(&analysis_, &AnalysisController::cancelled, this, &RatioSweep::cancel);
}

int RatioSweep::total() const { return static_cast<int>(kRatios.size()) * kSeeds; }

void RatioSweep::start(SweepSetup setup) {
  cancel();
  setup_ = std::move(setup);
  setup_.request.soundMask.clear();
  setup_.request.pictureMask.clear();
  points_.clear();
  running_ = true;
  askNext();
  Q_EMIT changed();
}

void RatioSweep::cancel() {
  ++sweep_;
  if (!running_) return;
  running_ = false;
  analysis_.cancelSlot(kSlot);
  Q_EMIT changed();
}

void RatioSweep::forget() {
  cancel();
  if (points_.empty()) return;
  points_.clear();
  Q_EMIT changed();
}

// Every share once before any is drawn again: the whole curve is there early.
void RatioSweep::askNext() {
  const auto step = points_.size();
  const double ratio = kRatios[step % kRatios.size()];
  setup_.request.soundRatio = setup_.request.pictureRatio = ratio;
  setup_.request.seed = step / kRatios.size();
  const bool asked = analysis_.paint(kSlot, setup_.file, setup_.model, setup_.atSeconds, setup_.request, analysis::PatchStatistics::truth,
                                     [this, post = post_, sweep = sweep_, pictures = setup_.pictures](const auto& answer) {
                                       // The figures cost more than the window should wait for.
                                       auto figures = answer ? Result<analysis::ClipPainting>(analysis::paintingOf((*answer)->result, pictures))
                                                             : fail(answer.error());
                                       post([this, sweep, figures] {
                                         if (running_ && sweep_ == sweep) accept(figures);
                                       });
                                     });
  if (!asked) running_ = false;
}

void RatioSweep::accept(const Result<analysis::ClipPainting>& answer) {
  if (!answer) {
    running_ = false;
    Q_EMIT changed();
    Q_EMIT failed(messageText(answer.error()));
    return;
  }
  points_.push_back({setup_.request.soundRatio, setup_.request.seed, *answer});
  running_ = done() < total();
  if (running_) askNext();
  Q_EMIT changed();
}

QString sweepTable(const std::vector<SweepPoint>& points) {
  if (points.empty()) return {};
  QString text = QStringLiteral("hidden %,seed,sound error,sound mean patch,sound nearest patch,picture error,picture mean patch,picture nearest patch\n");
  for (const SweepPoint& point : points)
    text += QStringLiteral("%1,%2").arg(100.0 * point.ratio).arg(point.seed) + cells(point.painting.sound) + cells(point.painting.picture) + '\n';
  return text;
}

}  // namespace chladni::ui
