// WaveformLane: peaks and, darker inside them, RMS of each channel, from pyramids that may still be filling; zoomed in further
// than their blocks, the samples themselves, from its provider. GUI thread only; pyramids are shared.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/data/min_max_pyramid.h"
#include "widgets/time_axis/lane.h"
#include "widgets/waveform/sample_provider.h"

namespace chladni::widgets {

class WaveformLane : public Lane {
  Q_OBJECT

 public:
  WaveformLane(TimeAxis& axis, std::unique_ptr<SampleProvider> samples, QWidget* parent);

  void setPeaks(std::vector<std::shared_ptr<const MinMaxPyramid>> channels, int rateHz);
  [[nodiscard]] QString valueAt(const QPointF& position) const override;
  // What was painted last waits for nothing.
  [[nodiscard]] bool idle() const { return samples_->idle(); }
  // The samples of all that is in view are there, and drawn.
  [[nodiscard]] bool showsSamples() const;

 Q_SIGNALS:
  void samplesReady();

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;

 private:
  // Loudest channel, over samples [start, end); empty when nothing of it is known.
  [[nodiscard]] std::optional<double> rms(std::int64_t start, std::int64_t end) const;

  // Samples in view; empty where the peaks are as good.
  [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> samplesInView() const;
  // Samples are drawn one by one.
  [[nodiscard]] bool apart() const;
  void wantSamples();
  [[nodiscard]] QString sampleText(double seconds) const;

  std::unique_ptr<SampleProvider> samples_;
  std::optional<std::pair<std::int64_t, std::int64_t>> wanted_;
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
