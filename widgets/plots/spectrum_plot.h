// SpectrumPlot: level over frequency of one moment (a column of a spectrogram), frequency logarithmic, with the note names
// under the pointer. Levels in decibels relative to a full-scale sine. GUI thread only.
#pragma once

#include <span>

#include "widgets/plots/curve_plot.h"

namespace chladni::widgets {

class SpectrumPlot : public CurvePlot {
  Q_OBJECT

 public:
  explicit SpectrumPlot(QWidget* parent = nullptr);

  // As many levels as frequencies, ascending; frequencies at or below 0 are left out. `name` says which moment it is.
  // Empty spans: a sentence says what would be here.
  void setSpectrum(std::span<const float> hertz, std::span<const float> decibels, const QString& name);
  // Lowest and highest level shown.
  void setRange(double bottomDb, double topDb) { setYLimits(std::pair(bottomDb, topDb)); }
  // "440 Hz · A4 +0 ct · −9.1 dB" of the frequency nearest to the pointer.
  [[nodiscard]] QString valueAt(const QPointF& position) const override;
};

}  // namespace chladni::widgets
