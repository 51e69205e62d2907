// From a study to curves and rows: a figure over the swept field, published values beside, and the course of each
// combination as the mean over its folds with a band of their deviation. Pure functions.
#pragma once

#include <QStringList>
#include <filesystem>
#include <vector>

#include "core/runs/study_reader.h"
#include "ui/training/run_curves.h"

namespace chladni::ui {

// The figures of a study, those asked about first at the beginning.
QStringList studyFigures(const training::StudyTable& table);

// A figure over the first swept field, a line for each combination of the others; of folds alone, over the folds.
struct SweepPicture {
  QString x;
  QStringList words;  // the values of the field where they are no numbers
  Curves curves;
};
SweepPicture sweepPicture(const runs::StudyReading& study, const QString& figure);

// A line of the table: ours, a fold of ours, or what was printed of the same value.
struct StudyLine {
  bool published = false;
  QStringList values;  // of the swept fields
  QString origin;
  QStringList figures;  // as text, in the order of studyFigures()
  std::filesystem::path model;  // of a run of this line that has ended; empty: none
};
std::vector<StudyLine> studyLines(const runs::StudyReading& study);

// "mask ratio 0.5"; of folds alone "mean of the folds".
QString pointName(const training::Study& study, std::size_t point);

// The members of a study that have said something, as runs.
std::vector<ShownRun> runsOf(const runs::StudyReading& study);
Curves studyLossCurves(const runs::StudyReading& study, const CurveChoice& choice);
// The chosen figure of the held-out part; empty: what the runs call better.
Curves studyFigureCurves(const runs::StudyReading& study, const CurveChoice& choice);
Curves studyRateCurves(const runs::StudyReading& study, const CurveChoice& choice);
Curves studySpeedCurves(const runs::StudyReading& study, const CurveChoice& choice);

// Mean and deviation of lines over a common x, where at least half of them reach: between their points they are straight.
struct MeanLine {
  std::vector<double> x, mean, deviation;  // no deviation of one line
};
using Line = std::pair<std::vector<double>, std::vector<double>>;  // x ascending, y
MeanLine meanOf(const std::vector<Line>& lines);

}  // namespace chladni::ui
