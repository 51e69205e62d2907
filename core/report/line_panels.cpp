#include "core/report/line_panels.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "core/report/html_style.h"
#include "core/report/plot_axes.h"
#include "core/report/svg_canvas.h"

namespace chladni::report {

namespace {

constexpr double kTitle = 22.0;
constexpr double kData = 170.0;    // height of the part that data are drawn in, with its axis
constexpr double kXTitle = 16.0;
constexpr double kLegendLine = 17.0;
constexpr double kGap = 14.0;
constexpr double kMark = 2.6;
constexpr int kMostLevels = 5;
constexpr std::size_t kMostTicks = 12;

std::string numberText(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

double heightOf(const LinePanel& panel) {
  return kTitle + kData + kXTitle + kLegendLine * static_cast<double>(panel.series.size()) + kGap;
}

struct Range {
  double least = 0.0, most = 1.0;
  void widen() {
    if (most - least < 1e-12 * std::max(1.0, std::abs(most))) {
      const double room = most == 0.0 ? 1.0 : 0.1 * std::abs(most);
      least -= room;
      most += room;
    }
  }
  [[nodiscard]] double share(double value) const { return (value - least) / (most - least); }
};

template <class Of>
Range rangeOf(const LinePanel& panel, Of of) {
  Range range{1e300, -1e300};
  for (const auto& series : panel.series)
    for (const auto& point : series.points) {
      const auto [least, most] = of(point);
      range.least = std::min(range.least, least);
      range.most = std::max(range.most, most);
    }
  if (range.least > range.most) range = {0.0, 1.0};
  range.widen();
  return range;
}

// Round values within a range.
std::vector<double> levelsOf(const Range& range) {
  const auto steps = roundSteps(range.most - range.least, kMostLevels);
  const double step = steps.size() > 1 ? steps[1] : range.most - range.least;
  std::vector<double> levels;
  for (double level = std::ceil(range.least / step) * step; level <= range.most + 1e-9 * step; level += step) levels.push_back(std::abs(level) < 1e-12 * step ? 0.0 : level);
  return levels;
}

// Where x values are named: words, or the values that occur, or round ones when there are many.
std::vector<std::pair<double, std::string>> ticksOf(const LinePanel& panel, const Range& range) {
  std::vector<std::pair<double, std::string>> ticks;
  for (std::size_t n = 0; n < panel.categories.size(); ++n) ticks.emplace_back(static_cast<double>(n), panel.categories[n]);
  if (!ticks.empty()) return ticks;
  std::vector<double> values;
  for (const auto& series : panel.series)
    for (const auto& point : series.points) values.push_back(point.x);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  if (values.size() > kMostTicks) values = levelsOf(range);
  for (const double value : values) ticks.emplace_back(value, numberText(value));
  return ticks;
}

class PanelDrawing {
 public:
  PanelDrawing(Canvas& canvas, const LinePanel& panel, double top)
      : canvas_(canvas), panel_(panel), top_(top), box_(dataBox(kPlotWidth, kData)),
        xs_(rangeOf(panel, [](const LinePoint& point) { return std::pair(point.x, point.x); })),
        ys_(rangeOf(panel, [](const LinePoint& point) { return std::pair(point.y - point.deviation, point.y + point.deviation); })) {
    box_.y += top + kTitle;
    if (!panel.categories.empty()) xs_ = {-0.5, static_cast<double>(panel.categories.size()) - 0.5};
  }

  void draw() {
    canvas_.text({box_.x, top_ + kTitle - 6.0}, panel_.title, kLabelSize + 1.0, Ink::text, Align::start);
    for (const double level : levelsOf(ys_)) drawLevel(canvas_, box_, y(level), numberText(level));
    drawXAxis();
    for (std::size_t n = 0; n < panel_.series.size(); ++n) drawSeries(panel_.series[n], n);
  }

 private:
  [[nodiscard]] double x(double value) const { return box_.x + box_.width * (0.03 + 0.94 * xs_.share(value)); }
  [[nodiscard]] double y(double value) const { return box_.y + box_.height * (0.95 - 0.9 * ys_.share(value)); }

  void drawXAxis() {
    const double floor = box_.y + box_.height;
    canvas_.line(std::array<Point, 2>{{{box_.x, floor}, {box_.x + box_.width, floor}}}, {Ink::faint, 1.0, {}});
    for (const auto& [value, name] : ticksOf(panel_, xs_)) {
      canvas_.line(std::array<Point, 2>{{{x(value), floor}, {x(value), floor + 4.0}}}, {Ink::faint, 1.0, {}});
      canvas_.text({x(value), floor + 17.0}, name, kLabelSize, Ink::faint, Align::middle);
    }
    canvas_.text({box_.x + box_.width / 2.0, floor + 17.0 + kXTitle}, panel_.xTitle, kLabelSize, Ink::faint, Align::middle);
  }

  void drawSeries(const LineSeries& series, std::size_t index) {
    const auto ink = seriesInk(index);
    const Stroke stroke{ink, 2.0, series.apart ? std::vector<double>{6.0, 4.0} : std::vector<double>{}};
    std::vector<Point> line, upper, lower;
    for (const auto& point : series.points) {
      line.push_back({x(point.x), y(point.y)});
      upper.push_back({x(point.x), y(point.y + point.deviation)});
      lower.push_back({x(point.x), y(point.y - point.deviation)});
    }
    if (series.band && line.size() > 1) {
      auto outline = upper;
      outline.insert(outline.end(), lower.rbegin(), lower.rend());
      canvas_.fill(outline, Ink::grid);
    }
    for (std::size_t n = 0; n < line.size() && !series.band; ++n)
      if (series.points[n].deviation > 0.0) canvas_.line(std::array<Point, 2>{upper[n], lower[n]}, {ink, 1.0, {}});
    if (line.size() > 1) canvas_.line(line, stroke);
    for (const auto& at : line) {
      const std::array<Point, 5> square{{{at.x - kMark, at.y - kMark}, {at.x + kMark, at.y - kMark}, {at.x + kMark, at.y + kMark}, {at.x - kMark, at.y + kMark}, {at.x - kMark, at.y - kMark}}};
      if (series.apart) canvas_.line(square, {ink, 1.2, {}});
      else canvas_.fill(square, ink);
    }
    const double base = box_.y + box_.height + 17.0 + kXTitle + kLegendLine * static_cast<double>(index + 1);
    canvas_.line(std::array<Point, 2>{{{box_.x, base - 4.0}, {box_.x + 26.0, base - 4.0}}}, stroke);
    canvas_.text({box_.x + 34.0, base}, series.name, kLabelSize, Ink::text, Align::start);
  }

  Canvas& canvas_;
  const LinePanel& panel_;
  const double top_;
  Box box_;
  Range xs_, ys_;
};

}  // namespace

PlotSize linePanelsSize(const std::vector<LinePanel>& panels) {
  double height = kGap;
  for (const auto& panel : panels) height += heightOf(panel);
  return {kPlotWidth, height};
}

void drawLinePanels(Canvas& canvas, const std::vector<LinePanel>& panels) {
  double top = 0.0;
  for (const auto& panel : panels) {
    PanelDrawing(canvas, panel, top).draw();
    top += heightOf(panel);
  }
}

std::string describeLinePanels(const std::vector<LinePanel>& panels) {
  std::string text;
  for (const auto& panel : panels) {
    text += (text.empty() ? "" : " ") + panel.title + " against " + panel.xTitle + ":";
    for (const auto& series : panel.series) {
      text += " " + series.name;
      for (const auto& point : series.points) {
        const auto place = static_cast<std::size_t>(std::max(0.0, point.x));
        text += " " + (panel.categories.empty() ? numberText(point.x) : panel.categories[std::min(place, panel.categories.size() - 1)]) + ": " + numberText(point.y) + ",";
      }
    }
    text.back() = '.';
  }
  return text;
}

Result<std::string> linePanelsSvg(const std::vector<LinePanel>& panels) {
  const auto size = linePanelsSize(panels);
  SvgCanvas canvas(size, describeLinePanels(panels));
  drawLinePanels(canvas, panels);
  auto element = canvas.take();
  if (!element) return element;
  const std::string open = "<svg ";
  std::string style = std::string(kHtmlStyle);
  const auto body = style.find("* { box-sizing");
  const auto lines = style.find(".line.ink-text");
  // A picture of its own has a page of its own colour.
  style = style.substr(0, body) + "svg { background: var(--page); font-family: \"DejaVu Sans\", sans-serif; }\n.line { fill: none; stroke-linejoin: round; }\n" + style.substr(lines);
  const auto rest = element->substr(element->find(open) + open.size());
  const auto close = rest.find(">\n");
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + numberText(size.width) + "\" height=\"" + numberText(size.height) + "\" " + rest.substr(0, close + 2) +
         "<style>\n" + style + "</style>\n" + rest.substr(close + 2);
}

}  // namespace chladni::report
