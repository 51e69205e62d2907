// FrequencyAxis: the axis over the picture of a spectrogram: hertz, notes with the keys of a piano, pitch classes, or the numbers
// of coefficients. For one painting: borrows painter and scale. GUI thread only.
#pragma once

#include <QCoreApplication>
#include <QPainter>

#include "widgets/spectrogram/frequency_scale.h"
#include "widgets/spectrogram/spectrogram_views.h"

namespace chladni::widgets {

class FrequencyAxis {
  Q_DECLARE_TR_FUNCTIONS(FrequencyAxis)

 public:
  // `bins`: rows of the spectrogram.
  FrequencyAxis(QPainter& painter, const QRect& area, const FrequencyScale& scale, int bins)
      : painter_(painter), area_(area), scale_(scale), bins_(bins) {}

  // In the painter's font; `notes`: keys instead of hertz.
  void paint(SpectrogramView view, bool notes);
  // Where in `area` a share of its height lies, from below.
  [[nodiscard]] static double yOf(const QRect& area, double share) { return area.bottom() + 1 - share * area.height(); }

 private:
  [[nodiscard]] double yAt(double hertz) const { return yOf(area_, scale_.shareOf(hertz)); }
  void paintMark(double left, double y, const QString& text);
  void paintRowNumbers();
  void paintPitchClasses();
  void paintFrequencies(bool linear);
  void paintPiano();

  QPainter& painter_;
  QRect area_;
  const FrequencyScale& scale_;
  int bins_;
};

}  // namespace chladni::widgets
