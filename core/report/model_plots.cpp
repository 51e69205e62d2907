// Probabilities over time and what every head attended to.
#include <algorithm>
#include <array>
#include <cmath>

#include "core/data/colormap.h"
#include "core/report/plot_axes.h"
#include "core/report/plots.h"

namespace chladni::report {

namespace {

constexpr double kCurvesHeight = 200.0;
constexpr double kLegendLine = 17.0;
constexpr double kGap = 4.0;
constexpr double kHeadLabels = 56.0;
constexpr double kMostCell = 130.0;

// Told apart without colour too.
const std::array<std::vector<double>, 5> kDashes{{{}, {7.0, 3.0}, {2.0, 3.0}, {9.0, 3.0, 2.0, 3.0}, {14.0, 4.0}}};

double middle(const Curves& curves, std::size_t point) { return 0.5 * (curves.start[point] + curves.end[point]); }

struct Cells {
  int layers = 0;
  int heads = 0;
  int rows = 0;  // patches
  int columns = 0;
  double width = 0.0;
  double height = 0.0;
};

bool ofPicture(const AttentionMap& map) { return map.grid.patches() == 0; }

Cells cellsOf(const ModelSection& model) {
  const AttentionMap& map = *model.attention;
  const PatchGrid& grid = ofPicture(map) ? map.picture : map.grid;
  Cells cells{static_cast<int>(map.weights.rows) / std::max(model.heads, 1), model.heads, grid.rows, grid.columns, 0.0, 0.0};
  cells.width = std::min(kMostCell, (kPlotWidth - kHeadLabels) / cells.heads - kGap);
  const double shape = static_cast<double>(cells.rows) / std::max(cells.columns, 1);
  cells.height = std::clamp(cells.width * shape, 0.25 * cells.width, 0.6 * cells.width);
  return cells;
}

// One head's weights over the patches, its largest the brightest; low frequencies below, the top of a picture above.
VideoFrame patchPicture(const AttentionMap& map, std::int64_t row, const Cells& cells) {
  const bool picture = ofPicture(map);
  const auto weights = map.weights.row(row).subspan(static_cast<std::size_t>(map.grid.leadingTokens));
  const auto patches = static_cast<std::size_t>(cells.rows) * static_cast<std::size_t>(cells.columns);
  const float most = std::max(*std::max_element(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(patches)), 1e-12F);
  VideoFrame out;
  out.width = cells.columns;
  out.height = cells.rows;
  for (int y = 0; y < cells.rows; ++y)
    for (int x = 0; x < cells.columns; ++x) {
      const int from = picture ? y : cells.rows - 1 - y;
      const Rgb colour = colourAt(Colormap::magma, weights[static_cast<std::size_t>(from * cells.columns + x)] / most);
      out.rgb.insert(out.rgb.end(), {colour.red, colour.green, colour.blue});
    }
  return out;
}

}  // namespace

PlotSize curvesSize(const ModelSection& model) {
  return {kPlotWidth, kCurvesHeight + kLegendLine * static_cast<double>(model.curves.names.size()) + 6.0};
}

void drawCurves(Canvas& canvas, const ModelSection& model, double seconds) {
  const Curves& curves = model.curves;
  const Box box = dataBox(kPlotWidth, kCurvesHeight);
  for (const int percent : {0, 25, 50, 75, 100})
    drawLevel(canvas, box, box.y + box.height * (1.0 - percent / 100.0), std::to_string(percent) + " %");
  for (std::size_t k = curves.names.size(); k-- > 0;) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < curves.start.size(); ++i) {
      const double y = box.y + box.height * (1.0 - std::clamp<double>(curves.p.row(static_cast<std::int64_t>(i))[k], 0.0, 1.0));
      // The first and the last window reach to the ends; between middles the line runs straight.
      if (i == 0) points.push_back({timeX(box, curves.start[i], seconds), y});
      points.push_back({timeX(box, middle(curves, i), seconds), y});
      if (i + 1 == curves.start.size()) points.push_back({timeX(box, curves.end[i], seconds), y});
    }
    canvas.line(points, {seriesInk(k), 2.0, kDashes[k % kDashes.size()]});
  }
  drawTimeAxis(canvas, box, seconds);
  for (std::size_t k = 0; k < curves.names.size(); ++k) {
    const double y = kCurvesHeight + kLegendLine * (static_cast<double>(k) + 0.7);
    canvas.line(std::array<Point, 2>{{{box.x, y - 4.0}, {box.x + 44.0, y - 4.0}}}, {seriesInk(k), 2.5, kDashes[k % kDashes.size()]});
    canvas.text({box.x + 54.0, y}, curves.names[k], 12.0, Ink::text, Align::start);
  }
}

std::string describeCurves(const ModelSection& model) {
  std::string text = "Probabilities.";
  const Curves& curves = model.curves;
  for (std::size_t k = 0; k < curves.names.size(); ++k) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < curves.start.size(); ++i)
      if (curves.p.row(static_cast<std::int64_t>(i))[k] > curves.p.row(static_cast<std::int64_t>(best))[k]) best = i;
    text += " " + curves.names[k] + ": at most " + percentText(curves.p.row(static_cast<std::int64_t>(best))[k]) + ", around " +
            timeText(std::round(middle(curves, best) * 10.0) / 10.0) + " s.";
  }
  return text;
}

PlotSize attentionSize(const ModelSection& model) {
  const Cells cells = cellsOf(model);
  return {kPlotWidth, 20.0 + cells.layers * (cells.height + kGap)};
}

void drawAttention(Canvas& canvas, const ModelSection& model) {
  const Cells cells = cellsOf(model);
  for (int head = 0; head < cells.heads; ++head)
    canvas.text({kHeadLabels + head * (cells.width + kGap) + cells.width / 2.0, 12.0},
                (cells.heads <= 6 ? "head " : "") + std::to_string(head), kLabelSize, Ink::faint, Align::middle);
  for (int layer = 0; layer < cells.layers; ++layer) {
    const double y = 20.0 + layer * (cells.height + kGap);
    canvas.text({kHeadLabels - 8.0, y + cells.height / 2.0 + 4.0}, "layer " + std::to_string(layer), kLabelSize, Ink::faint, Align::end);
    for (int head = 0; head < cells.heads; ++head)
      canvas.picture({kHeadLabels + head * (cells.width + kGap), y, cells.width, cells.height},
                     patchPicture(*model.attention, layer * cells.heads + head, cells), false);
  }
}

std::string describeAttention(const ModelSection& model) {
  const AttentionMap& map = *model.attention;
  const Cells cells = cellsOf(model);
  return "What the class token attended to in each of " + std::to_string(cells.layers) + " layers and " + std::to_string(cells.heads) +
         " heads, " + std::to_string(cells.columns) + " by " + std::to_string(cells.rows) + " patches of the stretch from " +
         timeText(map.span.start.seconds()) + " to " + timeText(map.span.end.seconds()) +
         (ofPicture(map) ? " s (of the video frame)." : " s: time to the right, high frequencies above; each map on its own scale.");
}

}  // namespace chladni::report
