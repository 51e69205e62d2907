// Times as a ruler prints them, and the steps between its marks. Pure functions; any thread.
#pragma once

#include <QString>

namespace chladni::widgets {

// "0:05", "1:02:03", with as many decimals as a step of `stepSeconds` needs: "0:05.250".
QString rulerText(double seconds, double stepSeconds);
// 1, 2, 5, 10, 15, 30 ... : the smallest such step of which at most `wanted` fit into the span.
double rulerStep(double spanSeconds, int wanted);

}  // namespace chladni::widgets
