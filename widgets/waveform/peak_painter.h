// Painting of peaks and samples, shared by lane and overview. GUI thread only.
#pragma once

#include <QPainter>
#include <span>

#include "core/data/min_max_pyramid.h"

namespace chladni::widgets {

// Draws [from, to) seconds of the peaks into `area`: one column per device pixel, RMS inside.
void paintPeaks(QPainter& painter, const QRect& area, const MinMaxPyramid& peaks, int rateHz, double from, double to);
// Summaries of equal stretches, one a device pixel from the left of `area`.
void paintSummaries(QPainter& painter, const QRect& area, std::span<const PeakSummary> columns);
// A line through single samples; samples[0] lies at x `left`, each next `step` further. Points when they are far apart.
void paintSampleLine(QPainter& painter, const QRect& area, std::span<const float> samples, double left, double step);

}  // namespace chladni::widgets
