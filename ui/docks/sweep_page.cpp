#include "ui/docks/sweep_page.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <functional>
#include <map>

#include "widgets/plots/curve_plot.h"
#include "widgets/theme/quiet_label.h"
#include "widgets/theme/class_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {

using widgets::Curve;
namespace {

using Figure = std::function<double(const metrics::PaintingFigures&)>;
using Plane = std::function<const std::optional<metrics::PaintingFigures>&(const analysis::ClipPainting&)>;

// Mean over the seeds at every share.
Curve meanCurve(const QString& name, const QColor& colour, bool dashed, const std::vector<SweepPoint>& points, const Plane& plane, const Figure& figure) {
  std::map<double, std::pair<double, int>> sums;
  for (const SweepPoint& point : points) {
    const auto& figures = plane(point.painting);
    if (!figures || figures->hidden == 0) continue;
    auto& [sum, count] = sums[point.ratio];
    sum += figure(*figures);
    ++count;
  }
  Curve curve;
  curve.name = name;
  curve.colour = colour;
  curve.dashed = dashed;
  for (const auto& [ratio, sum] : sums) {
    curve.x.push_back(100.0 * ratio);
    curve.y.push_back(sum.first / sum.second);
  }
  return curve;
}

}  // namespace

SweepPage::SweepPage(RatioSweep& sweep, QWidget* parent) : QWidget(parent), sweep_(sweep) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  note_ = widgets::quietLabel(tr("How far off is the model when more and more is hidden? A model that has learnt stays below both guesses: the mean of what is "
                        "visible, and the nearest visible patch."), this);
  note_->setContentsMargins(12, 0, 12, 0);
  column->addWidget(note_);
  auto* line = new QHBoxLayout;
  line->setContentsMargins(12, 0, 12, 0);
  line->setSpacing(8);
  run_ = new QToolButton(this);
  run_->setObjectName("sweepRun");
  progress_ = new QProgressBar(this);
  progress_->setObjectName("sweepProgress");
  progress_->setTextVisible(false);
  progress_->setFixedHeight(4);
  line->addWidget(run_);
  line->addWidget(progress_, 1);
  line->addStretch(0);
  column->addLayout(line);
  plot_ = new widgets::CurvePlot(this);
  plot_->setObjectName("sweepPlot");
  plot_->setAccessibleName(tr("Error over the hidden share"));
  plot_->setAxes(tr("hidden, %"), tr("squared error"));
  column->addWidget(plot_, 1);
  connect(run_, &QToolButton::clicked, this, [this] {
    if (sweep_.running()) sweep_.cancel();
    else Q_EMIT wanted();
  });
  connect(plot_, &widgets::CurvePlot::valueUnderCursor, this, &SweepPage::valueUnderCursor);
  connect(&sweep_, &RatioSweep::changed, this, &SweepPage::refresh);
  connect(&sweep_, &RatioSweep::failed, this, [this](const QString& why) { plot_->setMessage(why); });
  refresh();
}

void SweepPage::setRatio(double ratio) { plot_->setMarker(100.0 * ratio, widgets::theme().accent); }

void SweepPage::setAble(bool able) {
  able_ = able;
  refresh();
}

void SweepPage::refresh() {
  run_->setText(sweep_.running() ? tr("Stop") : sweep_.done() > 0 ? tr("Again") : tr("Measure 5–95 %"));
  run_->setToolTip(tr("Paint this clip at many shares of hiding, %1 draws each").arg(RatioSweep::kSeeds));
  run_->setEnabled(able_ || sweep_.running());
  progress_->setRange(0, sweep_.total());
  progress_->setValue(sweep_.done());
  progress_->setVisible(sweep_.running());
  const auto& points = sweep_.points();
  if (points.empty()) {
    plot_->setCurves({});
    plot_->setMessage(sweep_.running() ? tr("Painting…") : tr("The curve appears here, point by point."));
    return;
  }
  const auto model = [](const metrics::PaintingFigures& f) { return f.model.error; };
  const auto mean = [](const metrics::PaintingFigures& f) { return f.meanPatch.error; };
  const auto nearest = [](const metrics::PaintingFigures& f) { return f.nearestPatch.error; };
  const Plane sound = [](const analysis::ClipPainting& p) -> const auto& { return p.sound; };
  const Plane picture = [](const analysis::ClipPainting& p) -> const auto& { return p.picture; };
  std::vector<Curve> curves;
  const bool heard = std::any_of(points.begin(), points.end(), [](const SweepPoint& p) { return p.painting.sound.has_value(); });
  const bool seen = std::any_of(points.begin(), points.end(), [](const SweepPoint& p) { return p.painting.picture.has_value(); });
  if (heard) {
    curves.push_back(meanCurve(seen ? tr("model, sound") : tr("model"), widgets::seriesColour(0), false, points, sound, model));
    curves.push_back(meanCurve(tr("mean of visible"), widgets::seriesColour(1), true, points, sound, mean));
    curves.push_back(meanCurve(tr("nearest visible"), widgets::seriesColour(2), true, points, sound, nearest));
  }
  if (seen) curves.push_back(meanCurve(tr("model, picture"), widgets::seriesColour(3), false, points, picture, model));
  plot_->setMessage({});
  plot_->setCurves(std::move(curves));
}

}  // namespace chladni::ui
