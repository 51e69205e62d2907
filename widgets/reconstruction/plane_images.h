// Pictures of the planes of a reconstruction, one pixel a value. Tables are [column of time, bin], drawn with low bins at the
// bottom; colour planes are [y, x * 3 + channel] in a model's normalised units. Pure functions, any thread.
#pragma once

#include <QColor>
#include <QImage>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/data/matrix.h"
#include "core/data/picture_spec.h"

namespace chladni::widgets {

inline const QColor kHiddenColour(128, 128, 128);

// Smallest and largest finite value, never equal.
std::pair<float, float> valueSpan(const Matrix& table);
QImage tableImage(const Matrix& table, std::int64_t columns, float low, float high);
QImage maskedTableImage(const Matrix& table, const std::vector<std::uint8_t>& hidden, std::int64_t columns, float low, float high);
// a - b, diverging about 0: blue below, red above, full at `reach`.
QImage differenceImage(const Matrix& a, const Matrix& b, std::int64_t columns, float reach);
QImage colourImage(const Matrix& plane, const PictureSpec& spec);
QImage maskedColourImage(const Matrix& plane, const std::vector<std::uint8_t>& hidden, const PictureSpec& spec);

// One row each, from the lowest to the highest colour.
QImage magnitudeRamp();
QImage differenceRamp();

}  // namespace chladni::widgets
