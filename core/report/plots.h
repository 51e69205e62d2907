// The plots of a report, drawn on any canvas of the width given; each says how high it will be and what it shows, in
// words, for who cannot see it. Pure; any thread.
#pragma once

#include <string>

#include "core/report/canvas.h"
#include "core/report/report.h"

namespace chladni::report {

struct PlotSize {
  double width = 0.0;
  double height = 0.0;
};

inline constexpr double kPlotWidth = 720.0;

PlotSize waveformSize();
void drawWaveform(Canvas& canvas, const FileSection& file);
std::string describeWaveform(const FileSection& file);

PlotSize spectrogramSize();
void drawSpectrogram(Canvas& canvas, const FileSection& file);
std::string describeSpectrogram(const FileSection& file);

PlotSize curvesSize(const ModelSection& model);
void drawCurves(Canvas& canvas, const ModelSection& model, double seconds);
std::string describeCurves(const ModelSection& model);

PlotSize attentionSize(const ModelSection& model);
void drawAttention(Canvas& canvas, const ModelSection& model);
std::string describeAttention(const ModelSection& model);

// "1:02.50" from an hour's length on with hours; a fraction only where there is one.
std::string timeText(double seconds);
std::string percentText(double share);  // "93.1 %"

}  // namespace chladni::report
