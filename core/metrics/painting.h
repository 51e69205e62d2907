// How well hidden patches were painted, against the two things that need no model: the mean of the patches that could be
// seen, and a copy of the nearest one. Tables are [patch, value], patches row by row of a grid of so many columns;
// hidden[patch] is 1 where the model could not see. Errors are means over hidden patches of squared differences, in the
// square of the tables' unit; ratios in dB of peak^2 over error. Pure; any thread. Nothing is said (hidden is 0) when
// nothing was hidden or nothing could be seen.
// Source of the first comparison: He et al., "Masked Autoencoders", 2022; the second is ours.
#pragma once

#include <cstdint>
#include <span>

#include "core/data/matrix.h"

namespace chladni::metrics {

struct PaintingError {
  double error = 0.0;
  double peakRatio = 0.0;  // dB
};

struct PaintingFigures {
  std::int64_t hidden = 0;
  PaintingError model;
  PaintingError meanPatch;     // every hidden patch is the mean of the visible ones, value by value
  PaintingError nearestPatch;  // the visible patch at the smallest distance on the grid; of several the first
};

// Preconditions: tables of one size, one mark for each row, columns divide the rows, peak > 0.
PaintingFigures paintingFigures(const Matrix& truth, const Matrix& painted, std::span<const std::uint8_t> hidden,
                                std::int64_t columns, double peak);

// Largest minus smallest value; 1 for a constant table.
double valueSpan(const Matrix& table);

}  // namespace chladni::metrics
