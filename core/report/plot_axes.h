// Axes of the plots of a report: round numbers, gridlines, words. Private to core/report.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/report/canvas.h"

namespace chladni::report {

inline constexpr double kLabelSize = 11.0;

// Multiples of 1, 2 or 5 times a power of ten (of 15, 30 or 60 s for times) within 0..last, `most` at most.
std::vector<double> roundSteps(double last, int most);
std::vector<double> timeSteps(double seconds, int most);

// The part of a plot of this height that data are drawn in: room at the left for labels and below for times.
Box dataBox(double width, double height);
// Where a time lies in it; `seconds` is its whole length.
double timeX(const Box& box, double at, double seconds);
// Times below the box, and a line under it.
void drawTimeAxis(Canvas& canvas, const Box& box, double seconds);
// A gridline at `y` with its label at the left.
void drawLevel(Canvas& canvas, const Box& box, double y, const std::string& label);

}  // namespace chladni::report
