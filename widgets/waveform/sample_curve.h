// Draws samples: one bar from the lowest to the highest a device pixel, with their RMS as paintPeaks has it, where they are close; a line through them, with a
// dot each, where they are apart. Pure painting; GUI thread.
#pragma once

#include <QPainter>
#include <cstdint>
#include <span>

namespace chladni::widgets {

// `samples` begin with sample `first` of the file and hold what [from, to) seconds need as far as the file goes. `gain` as for
// paintPeaks.
void paintSamples(QPainter& painter, const QRect& area, std::span<const float> samples, std::int64_t first, int rateHz, double from,
                  double to, double gain);

}  // namespace chladni::widgets
