// The plot of a sweep: what is drawn where.
#include "core/report/line_panels.h"

#include <algorithm>

#include "tests/support/catch.h"

using namespace chladni;
using report::LinePanel;

namespace {

// Remembers what was drawn.
class Paper final : public report::Canvas {
 public:
  void line(std::span<const report::Point> points, const report::Stroke& stroke) override { lines.emplace_back(std::vector(points.begin(), points.end()), stroke); }
  void fill(std::span<const report::Point> outline, report::Ink ink) override { fills.emplace_back(std::vector(outline.begin(), outline.end()), ink); }
  void text(report::Point, const std::string& words, double, report::Ink, report::Align) override { texts.push_back(words); }
  void picture(const report::Box&, const VideoFrame&, bool) override {}
  std::vector<std::pair<std::vector<report::Point>, report::Stroke>> lines;
  std::vector<std::pair<std::vector<report::Point>, report::Ink>> fills;
  std::vector<std::string> texts;
  [[nodiscard]] bool says(const std::string& words) const { return std::find(texts.begin(), texts.end(), words) != texts.end(); }
};

LinePanel falling() {
  return {"seconds_per_epoch", "mask_ratio", {}, {{"this study", {{0.25, 4.0, 0.5}, {0.5, 3.0, 0.0}, {0.75, 1.0, 0.0}}, false, false}, {"published", {{0.05, 1500.0, 0.0}}, true, false}}};
}

}  // namespace

TEST_CASE("line panels: a falling figure falls on paper, deviations are bars, what was printed is dashed") {
  auto panel = falling();
  panel.series.pop_back();
  Paper paper;
  report::drawLinePanels(paper, {panel});
  CHECK(paper.says("seconds_per_epoch"));
  CHECK(paper.says("mask_ratio"));
  CHECK(paper.says("this study"));
  for (const char* tick : {"0.25", "0.5", "0.75"}) CHECK(paper.says(tick));
  const auto curve = std::find_if(paper.lines.begin(), paper.lines.end(), [](const auto& line) { return line.first.size() == 3; });
  REQUIRE(curve != paper.lines.end());
  CHECK(curve->first[0].x < curve->first[1].x);
  CHECK(curve->first[0].y < curve->first[2].y);  // y goes down the page
  const auto bar = std::find_if(paper.lines.begin(), paper.lines.end(), [&](const auto& line) {
    return line.first.size() == 2 && line.first[0].x == curve->first[0].x && line.first[0].x == line.first[1].x && line.first[0].y < curve->first[0].y && line.first[1].y > curve->first[0].y;
  });
  CHECK(bar != paper.lines.end());
  Paper both;
  report::drawLinePanels(both, {falling()});
  CHECK(std::any_of(both.lines.begin(), both.lines.end(), [](const auto& line) { return !line.second.dashes.empty(); }));
}

TEST_CASE("line panels: words stand at the bottom, a band lies around a course, and nothing at all is no trouble") {
  Paper paper;
  LinePanel words{"accuracy", "optimiser", {"adam", "adamw"}, {{"this study", {{0.0, 0.5, 0.0}, {1.0, 0.5, 0.0}}, false, false}}};
  LinePanel band{"accuracy, held out", "epoch", {}, {{"mean", {{1.0, 0.4, 0.1}, {2.0, 0.6, 0.1}}, false, true}}};
  report::drawLinePanels(paper, {words, band, {"nothing", "x", {}, {}}});
  CHECK(paper.says("adamw"));
  CHECK(std::any_of(paper.fills.begin(), paper.fills.end(), [](const auto& fill) { return fill.first.size() == 4 && fill.second == report::Ink::grid; }));
  const auto size = report::linePanelsSize({words, band});
  CHECK(size.height > 2 * 200.0);
}

TEST_CASE("line panels: the file stands alone and says what it shows") {
  const auto svg = report::linePanelsSvg({falling()});
  REQUIRE(svg);
  CHECK(svg->starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\""));
  CHECK(svg->find(".line.ink-first { stroke: var(--first); }") != std::string::npos);
  CHECK(svg->find("--first: #") != std::string::npos);
  CHECK(svg->find("aria-label=\"seconds_per_epoch against mask_ratio: this study 0.25: 4, 0.5: 3, 0.75: 1, published 0.05: 1500.\"") != std::string::npos);
  CHECK(std::count(svg->begin(), svg->end(), '<') == std::count(svg->begin(), svg->end(), '>'));
}
