#include "widgets/plots/spectrum_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/time_axis/pitch_text.h"

namespace chladni::widgets {
namespace {

constexpr double kBottomDb = -100.0;
constexpr double kTopDb = 0.0;

}  // namespace

SpectrumPlot::SpectrumPlot(QWidget* parent) : CurvePlot(parent) {
  setAxes(tr("frequency, Hz"), tr("level, dB"));
  setXKind(XKind::logarithmic);
  setRange(kBottomDb, kTopDb);
  setSpectrum({}, {}, {});
}

void SpectrumPlot::setSpectrum(std::span<const float> hertz, std::span<const float> decibels, const QString& name) {
  Curve curve;
  curve.thin = true;  // a dense line
  curve.name = name;
  curve.colour = palette().color(QPalette::Highlight);
  for (std::size_t i = 0; i < std::min(hertz.size(), decibels.size()); ++i) {
    if (!(hertz[i] > 0.0F)) continue;
    curve.x.push_back(hertz[i]);
    curve.y.push_back(std::isfinite(decibels[i]) ? decibels[i] : std::numeric_limits<double>::quiet_NaN());
  }
  if (curve.x.empty()) {
    setCurves({});
    setMessage(tr("The spectrum at the pointer or playhead appears here."));
    return;
  }
  setMessage({});
  setCurves({std::move(curve)});
}

QString SpectrumPlot::valueAt(const QPointF& position) const {
  const auto at = coordinatesAt(position);
  if (!at) return {};
  const Curve& curve = curves().front();
  // The nearest on the logarithmic axis.
  const auto upper = std::lower_bound(curve.x.begin(), curve.x.end(), at->x());
  auto index = static_cast<std::size_t>(std::min(upper, curve.x.end() - 1) - curve.x.begin());
  if (index > 0 && at->x() / curve.x[index - 1] < curve.x[index] / at->x()) --index;
  QStringList parts = {frequencyText(curve.x[index])};
  if (const QString pitch = pitchText(curve.x[index]); !pitch.isEmpty()) parts << pitch;
  if (std::isfinite(curve.y[index])) {
    parts << tr("%1 dB").arg(QString::number(curve.y[index], 'f', 1).replace('-', QChar(0x2212)));
  }
  return parts.join(QStringLiteral(" · "));
}

}  // namespace chladni::widgets
