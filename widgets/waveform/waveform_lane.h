// WaveformLane: peaks and, darker inside them, RMS of each channel, from pyramids that may still be filling. Never touches
// samples. GUI thread only; pyramids are shared.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/data/min_max_pyramid.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class WaveformLane : public Lane {
  Q_OBJECT

 public:
  WaveformLane(TimeAxis& axis, QWidget* parent);

  void setPeaks(std::vector<std::shared_ptr<const MinMaxPyramid>> channels, int rateHz);
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;

 private:
  // Loudest channel, over samples [start, end); empty when nothing of it is known.
  [[nodiscard]] std::optional<double> rms(std::int64_t start, std::int64_t end) const;

  std::vector<std::shared_ptr<const MinMaxPyramid>> channels_;
  int rate_ = 0;
};

// Draws [from, to) seconds of the peaks into `area`: one column per device pixel.
// `gain` stretches amplitudes; what then passes full scale is cut off.
void paintPeaks(QPainter& painter, const QRect& area, const MinMaxPyramid& peaks, int rateHz, double from, double to,
                double gain);
// 1 for sound that uses the scale, else the power of two that makes a quiet recording visible.
double displayGain(const std::vector<std::shared_ptr<const MinMaxPyramid>>& channels);

// "-12.3 dB" of an amplitude, "silence" below -120.
QString decibelText(double amplitude);

}  // namespace chladni::widgets
