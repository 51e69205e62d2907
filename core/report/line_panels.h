// Line panels: figures against a few values (numbers or words), one panel a figure, one line a series, with bars or bands
// for deviations; as a standalone SVG. What a sweep or a cross-validation is shown with. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/report/plots.h"

namespace chladni::report {

struct LinePoint {
  double x = 0.0, y = 0.0;
  double deviation = 0.0;  // 0: none is drawn
};

struct LineSeries {
  std::string name;
  std::vector<LinePoint> points;  // by rising x
  bool apart = false;             // drawn dashed with open ends: not ours
  bool band = false;              // deviations as a band along the line, else as bars
};

struct LinePanel {
  std::string title;                    // what is at the left
  std::string xTitle;
  std::vector<std::string> categories;  // words at x = 0, 1, ...; empty: x are numbers
  std::vector<LineSeries> series;
};

PlotSize linePanelsSize(const std::vector<LinePanel>& panels);
void drawLinePanels(Canvas& canvas, const std::vector<LinePanel>& panels);
std::string describeLinePanels(const std::vector<LinePanel>& panels);
// A file of its own, with its colours.
Result<std::string> linePanelsSvg(const std::vector<LinePanel>& panels);

}  // namespace chladni::report
