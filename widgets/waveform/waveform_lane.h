// WaveformLane: peaks and, darker inside them, RMS of every channel, from pyramids that may still be filling. Zoomed in
// below a pyramid's block it asks a reader for samples, if it has one. GUI thread only; the pyramids are shared.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/data/min_max_pyramid.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

// Samples [start, start + count) of a channel, at once or not at all: it must not decode. When they come later, the owner
// calls refresh().
using SampleReader = std::function<std::vector<float>(int channel, std::int64_t start, std::int64_t count)>;
using Peaks = std::shared_ptr<const MinMaxPyramid>;

class WaveformLane : public Lane {
  Q_OBJECT

 public:
  WaveformLane(TimeAxis& axis, QWidget* parent);

  // One pyramid a channel; `channels` says it in words: "stereo".
  void setPeaks(std::vector<Peaks> peaks, int rateHz, const QString& channels);
  void setPeaks(Peaks peaks, int rateHz, const QString& channels);
  void setSampleReader(SampleReader reader);
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  [[nodiscard]] QStringList headerLines() const override;

 private:
  bool paintSamples(QPainter& painter, const QRect& area, int channel);
  [[nodiscard]] float loudness(std::int64_t start, std::int64_t end) const;

  std::vector<Peaks> peaks_;
  SampleReader reader_;
  int rate_ = 0;
  QString channels_;
};

}  // namespace chladni::widgets
