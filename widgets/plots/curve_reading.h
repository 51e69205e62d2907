// What can be read off curves without drawing them: their extent, the point near a place, the table of their numbers. Points
// whose y is no finite number are passed over. Plain values; any thread.
#pragma once

#include <QStringList>
#include <optional>
#include <vector>

#include "widgets/plots/curve_plot.h"

namespace chladni::widgets {

struct CurveExtent {
  double left = 0.0, right = 1.0;
  double low = 0.0, high = 1.0;  // with the bands
};

// On a logarithmic axis only what is above zero counts. Without any point: 0 to 1, from 0.1 where logarithmic.
CurveExtent extentOf(const std::vector<Curve>& curves, bool logarithmic);

// Index of the point whose x is nearest; of curves with ascending x only points about there are looked at.
std::optional<std::size_t> pointNear(const Curve& curve, double x, bool ascending);

QString curveNumber(double value);
// The word that stands at x, else the number.
QString curveWord(const QStringList& words, double x);

struct CurveWords {
  QString x, y;         // of the axes
  QStringList ticks;    // in place of the numbers 0, 1, ... of x; may be empty
};
// What every curve with a name says near x, in one line, the place of the nearest point first; empty where none says anything.
// `ascending`: of each curve, its x.
QString curveLine(const std::vector<Curve>& curves, const std::vector<bool>& ascending, double x, const CurveWords& words);

// CSV with a head: one row a point of every curve, its deviation too where any curve has one.
QString curveTable(const std::vector<Curve>& curves, const CurveWords& words);

}  // namespace chladni::widgets
