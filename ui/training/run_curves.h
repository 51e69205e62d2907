// From what runs said to curves: axis, smoothing, which figures, and a colour for each run. Pure functions.
#pragma once

#include <QColor>
#include <QString>
#include <memory>
#include <vector>

#include "core/runs/run_history.h"
#include "widgets/plots/curve_plot.h"

namespace chladni::ui {

enum class RunAxis { steps, minutes, epochs };

struct ShownRun {
  QString name;
  QColor colour;
  std::shared_ptr<const runs::RunHistory> history;
};

struct CurveChoice {
  RunAxis axis = RunAxis::steps;
  double smoothing = 0.6;  // 0 (none) .. below 1, the weight of what came before
  QString figure;          // of several runs this one is compared; empty: what each calls better
};

// A moving average that starts at the first value; a value that is no number stays a gap.
std::vector<double> smoothed(const std::vector<double>& values, double weight);

// Where the steps or epochs of a run stand on the chosen axis, and the weight of smoothing for so many points.
std::vector<double> stepAxis(const runs::RunHistory& history, RunAxis axis);
std::vector<double> epochAxis(const runs::RunHistory& history, RunAxis axis);
double smoothingFor(const CurveChoice& choice, std::size_t points);

using Curves = std::vector<widgets::Curve>;
// One run: its loss, the parts of it, and the held-out loss. Several: the loss of each, held out dashed.
Curves lossCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice);
// One run: every figure between 0 and 1. Several: the chosen one.
Curves figureCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice);
Curves rateCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice);
Curves speedCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice);
// The names of all figures that any of the runs has, the held-out loss left out.
QStringList figuresOf(const std::vector<ShownRun>& runs);

}  // namespace chladni::ui
