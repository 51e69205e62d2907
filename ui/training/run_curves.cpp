#include "ui/training/run_curves.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/workspace/text.h"
#include "widgets/theme/class_colours.h"

namespace chladni::ui {
namespace {

using widgets::Curve;

constexpr double kLargestWeight = 0.999;
constexpr std::size_t kFewRuns = 3;  // of more, only the smoothed courses can be told apart
constexpr float kFaint = 0.28F;
constexpr double kUsualSteps = 200.0;  // points that a weight of smoothing is meant for: the same look for short and long runs

QColor faint(QColor colour) {
  colour.setAlphaF(kFaint);
  return colour;
}

// The values as they are, faint and without a name, under their smoothed course.
void addSmoothed(Curves& curves, const QString& name, const QColor& colour, const std::vector<double>& x, const std::vector<double>& y,
                 const CurveChoice& choice, bool dashed = false, bool showRaw = true) {
  if (std::all_of(y.begin(), y.end(), [](double value) { return std::isnan(value); })) return;
  const double weight = smoothingFor(choice, y.size());
  if (weight > 0.0 && showRaw) curves.push_back({{}, faint(colour), x, y, true, false});
  curves.push_back({name, colour, x, smoothed(y, weight), dashed, dashed});
}

// Epochs are few: as they are.
void addMeasured(Curves& curves, const QString& name, const QColor& colour, const runs::RunHistory& history, const std::vector<double>& y,
                 RunAxis axis, bool dashed) {
  if (std::all_of(y.begin(), y.end(), [](double value) { return std::isnan(value); })) return;
  curves.push_back({name, colour, epochAxis(history, axis), y, false, dashed});
}

bool isShare(const runs::NamedColumn& column) {
  return std::all_of(column.values.begin(), column.values.end(), [](double value) { return std::isnan(value) || (value >= 0.0 && value <= 1.0); });
}

QString spoken(const std::string& name) { return QString::fromStdString(name).replace('_', ' '); }

Curves oneColumnEach(const std::vector<ShownRun>& runs, const CurveChoice& choice, std::vector<double> runs::StepColumns::*column, const QString& single) {
  Curves curves;
  for (const auto& run : runs) {
    if (!run.history || run.history->steps.size() == 0) continue;
    curves.push_back({runs.size() == 1 ? single : run.name, run.colour, stepAxis(*run.history, choice.axis), run.history->steps.*column});
  }
  return curves;
}

}  // namespace

std::vector<double> stepAxis(const runs::RunHistory& history, RunAxis axis) {
  const auto& steps = history.steps;
  if (axis == RunAxis::steps) return steps.step;
  std::vector<double> x = axis == RunAxis::minutes ? steps.seconds : steps.step;
  const double scale = axis == RunAxis::minutes ? 60.0 : static_cast<double>(std::max<std::int64_t>(history.stepsPerEpoch, 1));
  for (double& value : x) value /= scale;
  return x;
}

std::vector<double> epochAxis(const runs::RunHistory& history, RunAxis axis) {
  const auto& epochs = history.epochs;
  if (axis == RunAxis::steps) return epochs.step;
  if (axis == RunAxis::epochs) return epochs.epoch;
  std::vector<double> x = epochs.seconds;
  for (double& value : x) value /= 60.0;
  return x;
}

double smoothingFor(const CurveChoice& choice, std::size_t points) {
  if (choice.smoothing <= 0.0) return 0.0;
  const double stretch = static_cast<double>(std::max<std::size_t>(points, 1)) / kUsualSteps;
  return std::min(std::pow(choice.smoothing, 1.0 / stretch), kLargestWeight);
}

std::vector<double> smoothed(const std::vector<double>& values, double weight) {
  if (weight <= 0.0) return values;
  std::vector<double> out(values.size());
  double mean = 0.0;
  double seen = 0.0;  // how much of the weights has been given, so that the first values are not pulled to 0
  for (std::size_t n = 0; n < values.size(); ++n) {
    if (std::isnan(values[n])) {
      out[n] = values[n];
      continue;
    }
    mean = weight * mean + (1.0 - weight) * values[n];
    seen = weight * seen + (1.0 - weight);
    out[n] = mean / seen;
  }
  return out;
}

Curves lossCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice) {
  Curves curves;
  for (const auto& run : runs) {
    if (!run.history) continue;
    const auto& history = *run.history;
    const auto x = stepAxis(history, choice.axis);
    const bool single = runs.size() == 1;
    addSmoothed(curves, single ? tr("training") : run.name, run.colour, x, history.steps.loss, choice, false, runs.size() <= kFewRuns);
    if (const auto* held = history.figure("loss"))
      addMeasured(curves, single ? tr("held out") : QString(), single ? widgets::seriesColour(1) : run.colour, history, held->values, choice.axis, !single);
    if (!single || history.steps.parts.size() < 2) continue;
    int next = 2;
    for (const auto& part : history.steps.parts) addSmoothed(curves, spoken(part.name), widgets::seriesColour(next++), x, part.values, choice, true, false);
  }
  return curves;
}

Curves figureCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice) {
  Curves curves;
  for (const auto& run : runs) {
    if (!run.history) continue;
    const auto& history = *run.history;
    if (runs.size() == 1) {
      int next = 0;
      const bool shares = std::any_of(history.epochs.figures.begin(), history.epochs.figures.end(), [](const auto& column) { return column.name != "loss" && isShare(column); });
      for (const auto& column : history.epochs.figures)
        if (column.name != "loss" && (isShare(column) || !shares)) addMeasured(curves, spoken(column.name), widgets::seriesColour(next++), history, column.values, choice.axis, false);
      continue;
    }
    const std::string wanted = choice.figure.isEmpty() ? history.metric : choice.figure.toStdString();
    if (const auto* column = history.figure(wanted)) addMeasured(curves, run.name, run.colour, history, column->values, choice.axis, false);
  }
  return curves;
}

Curves rateCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice) {
  return oneColumnEach(runs, choice, &runs::StepColumns::rate, tr("rate"));
}

Curves speedCurves(const std::vector<ShownRun>& runs, const CurveChoice& choice) {
  return oneColumnEach(runs, choice, &runs::StepColumns::samplesPerSecond, tr("examples per second"));
}

QStringList figuresOf(const std::vector<ShownRun>& runs) {
  QStringList names;
  for (const auto& run : runs) {
    if (!run.history) continue;
    for (const auto& column : run.history->epochs.figures) {
      const QString name = QString::fromStdString(column.name);
      if (name != QStringLiteral("loss") && !names.contains(name)) names << name;
    }
  }
  return names;
}

}  // namespace chladni::ui
