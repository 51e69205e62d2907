#include "widgets/plots/course_plot.h"

#include <algorithm>
#include <cmath>

#include "widgets/time_axis/clock_text.h"

namespace chladni::widgets {
namespace {

double centreOf(const TimeRange& window) { return (window.start.seconds() + window.end.seconds()) / 2.0; }

std::size_t windowsOf(const Prediction& prediction) {
  return std::min(prediction.windows.size(), static_cast<std::size_t>(std::max<std::int64_t>(0, prediction.scores.rows)));
}

std::vector<float> peaksOf(const Prediction& prediction) {
  std::vector<float> peaks(std::min(prediction.classes.size(), static_cast<std::size_t>(prediction.scores.columns)), 0.0F);
  for (std::size_t w = 0; w < windowsOf(prediction); ++w) {
    const auto row = prediction.scores.row(static_cast<std::int64_t>(w));
    for (std::size_t c = 0; c < peaks.size(); ++c) peaks[c] = std::max(peaks[c], row[c]);
  }
  return peaks;
}

}  // namespace

CoursePlot::CoursePlot(ClassColour colourOf, ClassName nameOf, QWidget* parent)
    : CurvePlot(parent), colourOf_(std::move(colourOf)), nameOf_(std::move(nameOf)) {
  setAxes(tr("time"), tr("probability"));
  setXKind(XKind::time);
  setYLimits(std::pair(0.0, 1.0));
  setLegendAbove();
  setPrediction(nullptr);
}

void CoursePlot::setPrediction(std::shared_ptr<const Prediction> prediction, int classes) {
  if (!prediction || windowsOf(*prediction) == 0) {
    setCurves({});
    setMessage(tr("When the model has listened, the probabilities of the strongest classes run over time here."));
    return;
  }
  std::vector<Curve> curves;
  for (const ClassScore& one : topScores(peaksOf(*prediction), classes)) {
    Curve curve;
    curve.name = nameOf_(prediction->classes[static_cast<std::size_t>(one.index)]);
    curve.colour = colourOf_(curve.name);
    for (std::size_t w = 0; w < windowsOf(*prediction); ++w) {
      curve.x.push_back(centreOf(prediction->windows[w]));
      curve.y.push_back(prediction->scores.at(static_cast<std::int64_t>(w), one.index));
    }
    curves.push_back(std::move(curve));
  }
  setMessage({});
  setCurves(std::move(curves));
}

QString CoursePlot::valueAt(const QPointF& position) const {
  const auto at = coordinatesAt(position);
  if (!at || curves().front().x.empty()) return {};
  const std::vector<double>& times = curves().front().x;
  const auto nearest = static_cast<std::size_t>(
      std::min_element(times.begin(), times.end(), [&](double a, double b) { return std::abs(a - at->x()) < std::abs(b - at->x()); }) - times.begin());
  QStringList parts = {clockText(times[nearest], 1)};
  for (const Curve& curve : curves()) parts << QStringLiteral("%1 %2").arg(curve.name).arg(curve.y[nearest], 0, 'f', 2);
  return parts.join(QStringLiteral(" · "));
}

}  // namespace chladni::widgets
